"""How long pages take and how many queries they ask: `python -m bench.pages`.

Makes a database of its own in a temporary folder (or uses DATABASE_URL, whose contents it adds to), with a reading of 1,000
paragraphs and a thread of 500 comments, and prints the median of 15 requests for each page, rendered in this process.
"""

import os
import statistics
import tempfile
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

PARAGRAPHS, COMMENTS, RUNS = 1_000, 500, 15


def main() -> None:
    """Set up, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {
            "SECRET_KEY": "bench" * 12,
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "ERROR",
        }
        import django

        django.setup()
        _measure()


def _measure() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    call_command("migrate", verbosity=0)
    paths, member = _fill()
    member_client, visitor = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    member_client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    print(f"{'page':<44}{'who':<9}{'queries':>8}{'ms':>8}{'KB':>8}")
    for name, path in paths.items():
        for who, client in (("visitor", visitor), ("member", member_client)):
            with CaptureQueriesContext(connection) as queries:
                size = len(client.get(path).content)
                asked = len(queries)
            times = []
            for _ in range(RUNS):
                start = time.perf_counter()
                client.get(path)
                times.append(time.perf_counter() - start)
            print(f"{name:<44}{who:<9}{asked:>8}{statistics.median(times) * 1000:>8.0f}{size / 1024:>8.0f}")


def _fill() -> tuple[dict[str, str], "User"]:
    """The sample, and the pages to measure by name."""
    from accounts.people import create_member
    from common.tokens import new_token
    from discussions.models import Comment
    from discussions.services import open_thread, post_comment
    from readings.editions import create_reading
    from readings.importing.document import DraftBlock, Work
    from readings.kinds import Kind
    from readings.models import BlockText

    sentence = (
        "A circle that meets for the third time has a problem it did not have at the first: it knows who will speak. "
    )
    blocks = [DraftBlock(Kind.PARAGRAPH, f"{number}. {sentence * 4}".strip()) for number in range(PARAGRAPHS)]
    reading = create_reading(work=Work("A long reading", blocks))
    member = create_member(email=f"{new_token()}@example.org", name="Bea Bench")
    text = BlockText.objects.select_related("block").get(edition=reading.current_id, number=7)
    thread = open_thread(author=member, text=text, source="Is that so?")
    parents = list(thread.comments.all())
    while len(parents) < COMMENTS:
        answered: Comment = parents[len(parents) * 2 // 3]
        parents.append(
            post_comment(author=member, thread=thread, parent=answered, source=f"*Comment* {len(parents)}. {sentence}")
        )
    room = reading.get_absolute_url()
    return {
        "list of readings": "/readings/",
        f"reading of {PARAGRAPHS} paragraphs": room,
        f"paragraph with a thread of {COMMENTS} comments": f"{room}7",
        f"thread of {COMMENTS} comments": thread.get_absolute_url(),
    }, member


if __name__ == "__main__":
    main()
