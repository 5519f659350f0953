"""People: accounts, names, signing up and in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
