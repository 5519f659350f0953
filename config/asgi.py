"""The door for ASGI servers: `granian --interface asgi config.asgi:application`."""

import os
import warnings

from django.core.asgi import get_asgi_application

from common.body_limit import BodyLimit

# Static files are read from disk in one go: they are small, and a proxy or the browser's cache serves most of them.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = BodyLimit(
    get_asgi_application(),  # type: ignore[arg-type]  # its types are narrower than ASGI's
    2_000_000,
    larger=[("/imports/", 210_000_000), ("/api/v1/imports/", 60_000_000)],  # four books at once, or one
)
