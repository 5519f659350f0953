"""Readings, their editions, and the blocks that can be talked about.

A Block is a permanent name (its key); what it says in one edition is a BlockText. Editions and what they hold are
written once. See docs/architecture.md for a drawing.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.append_only import AppendOnly, AppendOnlyQuerySet
from readings.addresses import Address
from readings.kinds import NUMBERED, Kind
from readings.languages import direction_of
from readings.querysets import BlockTextQuerySet, ImageQuerySet, ReadingQuerySet


class Reading(models.Model):
    """A work as a library has it. Its text is in its editions."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("everyone")
        MEMBERS = "members", _("members")

    slug = models.SlugField(
        _("slug"), max_length=80, unique=True, help_text=_("The reading's name in addresses; never changes.")
    )
    title = models.CharField(_("title"), max_length=500)
    subtitle = models.CharField(_("subtitle"), max_length=1000, blank=True)
    source = models.CharField(
        _("source"), max_length=500, blank=True, help_text=_("Where the text was first published.")
    )
    published = models.CharField(
        _("date"), max_length=100, blank=True, help_text=_("The date as the source prints it.")
    )
    language = models.CharField(_("language"), max_length=35, default="en", help_text=_("BCP 47, such as en or ar."))
    rights = models.CharField(_("rights"), max_length=500, blank=True)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    current = models.ForeignKey(
        "Edition", models.PROTECT, null=True, editable=False, related_name="+", help_text=_("The newest edition.")
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        indexes: ClassVar = [models.Index(fields=["title", "id"], name="readings_by_title")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=["public", "members"]), name="reading_visibility_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="reading_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("readings:room", args=[self.slug])

    def url_of(self, address: Address | str | int) -> str:
        """The page of a place in this reading."""
        return reverse("readings:place", args=[self.slug, str(address)])

    @property
    def direction(self) -> str:
        """ "rtl" or "ltr", after the script of the reading's language."""
        return direction_of(self.language)


class Contribution(models.Model):
    """A person's part in a reading."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        EDITOR = "editor", _("editor")
        TRANSLATOR = "translator", _("translator")
        SPEAKER = "speaker", _("speaker")
        ILLUSTRATOR = "illustrator", _("illustrator")

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="contributions")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.AUTHOR)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "position"], name="contribution_position_is_taken_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Original(AppendOnly):
    """A file somebody brought, kept as it came so that any import can be checked and done again."""

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    file = models.FileField(upload_to="%Y/%m/", max_length=255)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Image(AppendOnly):
    """A picture in a text, made anew by the importer: WebP, and nothing of the file that came but what one sees."""

    name = models.CharField(max_length=64, unique=True, help_text="SHA-256 of its bytes.")
    file = models.FileField(upload_to="pictures/", max_length=255)
    size = models.PositiveIntegerField(help_text="Bytes.")
    width = models.PositiveIntegerField(help_text="Pixels.")
    height = models.PositiveIntegerField(help_text="Pixels.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name[:12]

    def get_absolute_url(self) -> str:
        return reverse("readings-pictures:picture", args=[self.name])


class Edition(AppendOnly):
    """One immutable state of a reading's text."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    original = models.ForeignKey(Original, models.PROTECT, null=True, related_name="editions")
    importer = models.PositiveIntegerField(help_text="Version of the importer that structured the text.")
    dropped = models.JSONField(default=list, help_text="What the importer left out: text, reason, lines.")
    doubts = models.JSONField(
        default=list, help_text="What the importer was not sure of: code, message, key, confidence."
    )
    decisions = models.JSONField(
        default=list, help_text="What a person decided otherwise than the importer, step by step."
    )
    paragraphs = models.PositiveIntegerField(help_text="How many blocks carry a number.")
    words = models.PositiveIntegerField(help_text="Words of the body; for scripts without spaces, characters halved.")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["reading", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "number"], name="edition_number_is_taken_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="editions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.reading} @{self.number}"


class Block(models.Model):
    """One addressable unit of a reading, for ever: a key that is never used again for another text."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="blocks")
    key = models.CharField(max_length=24)
    born_in = models.ForeignKey(Edition, models.PROTECT, related_name="born")
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="predecessors",
        help_text="The block it was merged into, if it was.",
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["reading", "key"], name="key_is_never_used_again")]

    def __str__(self) -> str:
        return self.key


class BlockText(AppendOnly):
    """A block as it stands in one edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="texts")
    block = models.ForeignKey(Block, models.CASCADE, related_name="texts")
    position = models.PositiveIntegerField(help_text="Order in the edition, from 0.")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    number = models.PositiveIntegerField(null=True, help_text="The ¶ number people cite.")
    level = models.PositiveSmallIntegerField(null=True, help_text="Headings: 1 to 6. List items: how deep.")
    label = models.CharField(max_length=20, blank=True, help_text="Footnotes: their own mark.")
    marker = models.CharField(max_length=20, blank=True, help_text="List items: the sign before them.")
    text = models.TextField(help_text="Normalised; all positions count its code points.")
    html = models.TextField(help_text="Cleaned when it was written, note marks linked.")
    marks = models.JSONField(default=list, help_text="Note marks: label, at, and the key of the note or null.")
    spans = models.JSONField(default=list, help_text="Runs set apart: start, end, style, and of links href.")
    head = models.PositiveSmallIntegerField(null=True, help_text="Tables: how many rows at the top name the columns.")
    image = models.ForeignKey(
        Image, models.PROTECT, null=True, related_name="texts", help_text="Figures: what is to be seen."
    )
    language = models.CharField(max_length=35)
    direction = models.CharField(max_length=3, choices=[("ltr", "ltr"), ("rtl", "rtl")])

    objects = BlockTextQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["edition", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "position"], name="position_is_taken_once"),
            models.UniqueConstraint(fields=["edition", "block"], name="block_stands_once_in_an_edition"),
            models.UniqueConstraint(
                fields=["edition", "number"], condition=models.Q(number__isnull=False), name="number_is_given_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Kind]), name="block_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(number__isnull=True) | models.Q(kind__in=sorted(NUMBERED)),
                name="only_body_blocks_are_numbered",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["heading", "list_item"], level__isnull=False, level__gte=1, level__lte=6)
                | (~models.Q(kind="heading") & models.Q(level__isnull=True)),
                name="headings_have_a_level_and_list_items_can",
            ),
        ]

    def __str__(self) -> str:
        return f"¶{self.number}" if self.number else self.block.key

    @property
    def key(self) -> str:
        """The permanent key of the block."""
        return self.block.key

    @property
    def place(self) -> str:
        """The shortest address in the current edition: its number, or its key where it has none."""
        return str(self.number or self.block.key)


from readings.models_imports import Draft, Import  # noqa: E402  # they stand on the models above
from readings.models_series import Series, SeriesEntry  # noqa: E402

__all__ = [
    "Block",
    "BlockText",
    "Contribution",
    "Draft",
    "Edition",
    "Image",
    "Import",
    "Original",
    "Reading",
    "Series",
    "SeriesEntry",
]
