"""The door for ASGI servers: `granian --interface asgi config.asgi:application`."""

import os
import warnings

from django.core.asgi import get_asgi_application

# Static files are read from disk in one go: they are small, and a proxy or the browser's cache serves most of them.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_asgi_application()
