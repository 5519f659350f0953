"""One small round of data for the schema's examples: a reading, a block, a thread, its comments."""

_API = "https://read.example.org/api/v1"
_SITE = "https://read.example.org"

READING = {
    "slug": "on-lamps",
    "title": "On lamps",
    "subtitle": "A short talk",
    "contributors": [{"name": "Ada Lind", "role": "speaker"}],
    "source": "Evening lectures, third series",
    "published": "May 1911",
    "language": "en",
    "direction": "ltr",
    "rights": "Public domain",
    "visibility": "public",
    "edition": {"number": 1, "created_at": "2026-03-01T09:00:00Z", "paragraphs": 42, "words": 5120},
    "counts": {"threads": 3, "comments": 17},
    "created_at": "2026-03-01T09:00:00Z",
    "updated_at": "2026-03-01T09:00:00Z",
    "links": {
        "self": f"{_API}/readings/on-lamps/",
        "page": f"{_SITE}/readings/on-lamps/",
        "blocks": f"{_API}/readings/on-lamps/blocks/",
        "editions": f"{_API}/readings/on-lamps/editions/",
        "threads": f"{_API}/readings/on-lamps/threads/",
    },
}

EDITION = {
    "number": 1,
    "is_current": True,
    "created_at": "2026-03-01T09:00:00Z",
    "paragraphs": 42,
    "words": 5120,
    "links": {"reading": f"{_API}/readings/on-lamps/", "blocks": f"{_API}/readings/on-lamps/blocks/?edition=1"},
}

BLOCK = {
    "address": "k7m2q@1",
    "key": "k7m2q",
    "number": 12,
    "edition": 1,
    "is_current": True,
    "kind": "paragraph",
    "level": None,
    "label": "",
    "marker": "",
    "text": "A lamp is a promise to the evening.",
    "html": "A lamp is a promise to the evening.",
    "marks": [{"label": "1", "at": 19, "note": "r4t8x"}],
    "spans": [],
    "head": None,
    "image": None,
    "language": "en",
    "direction": "ltr",
    "links": {
        "self": f"{_API}/readings/on-lamps/blocks/k7m2q@1/",
        "page": f"{_SITE}/readings/on-lamps/k7m2q@1",
        "reading": f"{_API}/readings/on-lamps/",
        "threads": f"{_API}/readings/on-lamps/threads/?address=k7m2q",
    },
}

COMMENT = {
    "token": "n4kq8wz2vmtc",
    "thread": "x7c2h9rdpk3f",
    "parent": None,
    "depth": 0,
    "author": {"name": "Rosa Vidal"},
    "status": "visible",
    "source": "A promise to *whom*?",
    "html": "<p>A promise to <em>whom</em>?</p>\n",
    "version": 1,
    "created_at": "2026-03-02T18:30:00Z",
    "edited_at": None,
    "links": {
        "self": f"{_API}/comments/n4kq8wz2vmtc/",
        "page": f"{_SITE}/comments/n4kq8wz2vmtc/",
        "thread": f"{_API}/threads/x7c2h9rdpk3f/",
        "revisions": f"{_API}/comments/n4kq8wz2vmtc/revisions/",
    },
}

REPLY = COMMENT | {
    "token": "b3xw6tq9hjmd",
    "parent": "n4kq8wz2vmtc",
    "depth": 1,
    "author": {"name": "Jonas Weil"},
    "source": "To whoever is still out.",
    "html": "<p>To whoever is still out.</p>\n",
    "created_at": "2026-03-02T18:41:00Z",
    "links": {
        "self": f"{_API}/comments/b3xw6tq9hjmd/",
        "page": f"{_SITE}/comments/b3xw6tq9hjmd/",
        "thread": f"{_API}/threads/x7c2h9rdpk3f/",
        "revisions": f"{_API}/comments/b3xw6tq9hjmd/revisions/",
    },
}

THREAD = {
    "token": "x7c2h9rdpk3f",
    "reading": "on-lamps",
    "anchor": {"key": "k7m2q", "edition": 1, "number": 12, "start": None, "end": None, "quote": None},
    "state": "open",
    "comment_count": 2,
    "first_comment": COMMENT,
    "created_at": "2026-03-02T18:30:00Z",
    "links": {
        "self": f"{_API}/threads/x7c2h9rdpk3f/",
        "page": f"{_SITE}/threads/x7c2h9rdpk3f/",
        "comments": f"{_API}/threads/x7c2h9rdpk3f/comments/",
        "block": f"{_API}/readings/on-lamps/blocks/k7m2q@1/",
        "reading": f"{_API}/readings/on-lamps/",
    },
}

REVISION = {
    "number": 1,
    "source": "A promise to who?",
    "html": "<p>A promise to who?</p>\n",
    "written_at": "2026-03-02T18:30:00Z",
}

SERIES = {
    "slug": "evenings-with-lamps",
    "title": "Evenings with lamps",
    "description": "For the dark months.",
    "entry_count": 2,
    "created_by": {"name": "Rosa Vidal"},
    "version": 3,
    "created_at": "2026-03-04T20:00:00Z",
    "updated_at": "2026-03-04T20:10:00Z",
    "links": {
        "self": f"{_API}/series/evenings-with-lamps/",
        "page": f"{_SITE}/series/evenings-with-lamps/",
        "entries": f"{_API}/series/evenings-with-lamps/entries/",
    },
}

ENTRY = {
    "number": 1,
    "reading": "on-lamps",
    "title": "On lamps",
    "address": "1-12",
    "words": 1460,
    "note": "Before dark.",
    "links": {
        "page": f"{_SITE}/readings/on-lamps/1-12",
        "reading": f"{_API}/readings/on-lamps/",
        "blocks": f"{_API}/readings/on-lamps/blocks/1-12/",
    },
}

ACTION = {
    "id": 7,
    "kind": "hide",
    "moderator": {"name": "Noor Haddad"},
    "reason": "A private address was in it.",
    "reading": "on-lamps",
    "thread": "x7c2h9rdpk3f",
    "comment": "b3xw6tq9hjmd",
    "created_at": "2026-03-03T07:15:00Z",
    "links": {
        "page": f"{_SITE}/comments/b3xw6tq9hjmd/",
        "thread": f"{_API}/threads/x7c2h9rdpk3f/",
        "comment": f"{_API}/comments/b3xw6tq9hjmd/",
    },
}

ME = {"name": "Rosa Vidal", "is_moderator": False, "signed_in_by": "token"}

ROOT = {
    "name": "Colloquy",
    "version": "1",
    "links": {
        "self": f"{_API}/",
        "me": f"{_API}/me/",
        "readings": f"{_API}/readings/",
        "imports": f"{_API}/imports/",
        "series": f"{_API}/series/",
        "moderation": f"{_API}/moderation/actions/",
        "schema": f"{_SITE}/api/schema/",
        "docs": f"{_SITE}/api/docs/",
    },
}

IMPORT = {
    "token": "w7k2mqz4n9tc",
    "name": "ferry.docx",
    "state": "ready",
    "progress": {"stage": "", "done": 0, "total": 0},
    "error": "",
    "works": [
        {
            "title": "The last ferry",
            "draft": "h3zq8v2nk5wd",
            "reading": None,
            "links": {"page": f"{_SITE}/imports/drafts/h3zq8v2nk5wd/", "reading": None},
        }
    ],
    "created_at": "2026-03-01T09:00:00Z",
    "updated_at": "2026-03-01T09:00:04Z",
    "links": {"self": f"{_API}/imports/w7k2mqz4n9tc/", "page": f"{_SITE}/imports/w7k2mqz4n9tc/"},
}
