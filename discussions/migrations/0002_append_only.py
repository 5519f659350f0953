"""The database itself keeps the promise that these rows are never changed once they are written."""

from django.db import migrations

from common.append_only import Forbid


class Migration(migrations.Migration):
    dependencies = [("discussions", "0001_initial")]

    operations = [
        Forbid("Revision", ["UPDATE"]),
    ]
