"""Texts: readings, their editions and blocks, addresses, importing."""

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "readings"
