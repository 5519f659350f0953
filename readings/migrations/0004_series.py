"""Series: syllabuses of readings."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.tokens


class Migration(migrations.Migration):
    dependencies = [
        ("readings", "0003_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The series' name in addresses; never changes.",
                        max_length=80,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("description", models.TextField(blank=True, max_length=5000, verbose_name="description")),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1, help_text="Counts every change, of its words or its entries."
                    ),
                ),
                (
                    "submission",
                    models.CharField(
                        editable=False,
                        help_text="Names the act of making it, so that it is done once.",
                        max_length=220,
                        null=True,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        help_text="Null where the operator made it from the command line.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="series",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SeriesEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token",
                    models.CharField(default=common.tokens.new_token, editable=False, max_length=12, unique=True),
                ),
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Order in the series. Has gaps, where entries were taken out; people see a running number."
                    ),
                ),
                (
                    "words",
                    models.PositiveIntegerField(
                        help_text="Of the range, when it was chosen; null: those of the whole reading as it is.",
                        null=True,
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                (
                    "removed_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When it was taken out. The last one taken out can be put back.",
                        null=True,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        help_text="Where the range begins; null: the whole.",
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="readings.block",
                    ),
                ),
                (
                    "last",
                    models.ForeignKey(
                        help_text="Where the range ends.",
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="readings.block",
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="series_entries",
                        to="readings.reading",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="readings.series"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series entries",
                "ordering": ["series", "position"],
            },
        ),
        migrations.AddIndex(
            model_name="series",
            index=models.Index(fields=["title", "id"], name="series_by_title"),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="series_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(fields=("created_by", "submission"), name="a_series_is_made_once"),
        ),
        migrations.AddConstraint(
            model_name="seriesentry",
            constraint=models.UniqueConstraint(fields=("series", "position"), name="series_position_is_taken_once"),
        ),
        migrations.AddConstraint(
            model_name="seriesentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first__isnull", True), ("last__isnull", True), ("words__isnull", True)),
                    models.Q(("first__isnull", False), ("last__isnull", False), ("words__isnull", False)),
                    _connector="OR",
                ),
                name="a_range_has_both_ends",
            ),
        ),
    ]
