"""Fills an empty site with the sample texts, people and threads of fixtures/, through the same services people use."""

import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.people import create_member
from discussions.models import Comment, Thread
from discussions.services import edit_comment, open_thread, post_comment, remove_comment
from moderation.models import Mandate
from moderation.services import hide_comment, lock_thread
from readings.editions import Metadata
from readings.importing.library import find_sources, import_sources
from readings.models import BlockText, Reading
from readings.series import add_entry, create_series

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

PASSWORD = "reading-together"  # noqa: S105 - printed for everyone who starts the demo
"""Of every sample member."""

Say = Callable[[str], None]
Said = dict[str, Any]
"""A comment in threads.json: by, body, days_ago, replies, and perhaps removed, hidden, edited_from."""


class BrokenSamples(Exception):
    """The fixtures do not fit together. A fault in this project, not in the machine."""


def load_samples(say: Say) -> bool:
    """Load the samples, if the site has no reading yet; whether it did. All or nothing: an interrupted start begins anew."""
    if Reading.objects.exists():
        return False
    with transaction.atomic():
        people = _people()
        say(f"{len(people)} people")
        for outcome in import_sources(find_sources([FIXTURES / "readings" / "manifest.json"], Metadata())):
            if outcome.status == "failed":
                raise BrokenSamples(f"{outcome.file}: {outcome.error}")
            say(", ".join(reading.title for reading in outcome.readings))
        threads = json.loads((FIXTURES / "threads.json").read_text())
        moderator = next(user for user in people.values() if Mandate.objects.filter(user=user).exists())
        for thread in threads:
            _thread(thread, people, moderator)
        say(f"{len(threads)} threads with {Comment.objects.count()} comments")
        series = json.loads((FIXTURES / "series.json").read_text())
        for syllabus in series:
            _series(syllabus, people)
        say(f"{len(series)} series")
    return True


def _people() -> dict[str, User]:
    people = {}
    for person in json.loads((FIXTURES / "people.json").read_text()):
        user = create_member(email=person["email"], name=person["name"], password=PASSWORD)
        if person["role"] == "moderator":
            Mandate.objects.create(user=user)
        people[user.email] = user
    return people


def _series(described: dict[str, Any], people: dict[str, User]) -> None:
    maker = people[described["by"]]
    series = create_series(maker=maker, title=described["title"], description=described["description"])
    for entry in described["entries"]:
        reading = Reading.objects.select_related("current").get(slug=entry["reading"])
        add_entry(editor=maker, series=series, reading=reading, address=entry["address"], note=entry["note"])


def _thread(described: Said, people: dict[str, User], moderator: User) -> None:
    first, *others = described["comments"]
    thread = open_thread(author=people[first["by"]], text=_paragraph(described), source=_first_wording(first))
    made = [(thread.comments.get(), first)]
    made += _replies(thread, made[0][0], first, people)
    for said in others:
        made += _post(thread, None, said, people)
    for comment, said in made:
        _what_became_of(comment, said, moderator)
    _date_back(thread, made)
    if described.get("locked"):
        lock_thread(moderator=moderator, thread=thread, reason=described["locked"])


def _paragraph(described: Said) -> BlockText:
    texts = BlockText.objects.select_related("block").filter(edition__reading__slug=described["reading"])
    found: BlockText | None = texts.filter(text__startswith=described["starts"].lstrip("•* ")).first()
    if found is None:
        raise BrokenSamples(f"No paragraph of {described['reading']} begins with: {described['starts']}")
    return found


def _post(
    thread: Thread, parent: Comment | None, said: Said, people: dict[str, User]
) -> Iterator[tuple[Comment, Said]]:
    comment = post_comment(author=people[said["by"]], thread=thread, parent=parent, source=_first_wording(said))
    yield comment, said
    yield from _replies(thread, comment, said, people)


def _replies(thread: Thread, comment: Comment, said: Said, people: dict[str, User]) -> Iterator[tuple[Comment, Said]]:
    for reply in said.get("replies", ()):
        yield from _post(thread, comment, reply, people)


def _first_wording(said: Said) -> str:
    return str(said.get("edited_from") or said["body"])


def _what_became_of(comment: Comment, said: Said, moderator: User) -> None:
    if said.get("edited_from"):
        edit_comment(editor=comment.author, comment=comment, source=said["body"])
    if said.get("hidden"):
        hide_comment(moderator=moderator, comment=comment, reason=said["hidden"])
    if said.get("removed"):
        remove_comment(remover=comment.author, comment=comment)


def _date_back(thread: Thread, made: list[tuple[Comment, Said]]) -> None:
    """A conversation that took days, though it was loaded in a second. Revisions, never changed, keep the time of loading."""
    now = timezone.now()
    for comment, said in made:
        when = now - datetime.timedelta(days=said["days_ago"])
        Comment.objects.filter(pk=comment.pk).update(created_at=when)
        if said.get("edited_from"):
            Comment.objects.filter(pk=comment.pk).update(edited_at=when + datetime.timedelta(minutes=20))
    Thread.objects.filter(pk=thread.pk).update(created_at=now - datetime.timedelta(days=made[0][1]["days_ago"]))
