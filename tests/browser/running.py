"""The demo as a person starts it, in a folder of its own, for tests and pictures; and the browser that looks at it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_ADDRESS = re.compile(r"Colloquy is at\s+(http://\S+?)/\s")


def find_chromium() -> str | None:
    """The browser on this machine, or None."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next(filter(None, (shutil.which(name) for name in names if name)), None)


@contextmanager
def demo(data: Path | None = None, **environment: str) -> Iterator[str]:
    """Run `manage.py demo` with its data in this or a temporary folder; gives the site's address, without a slash."""
    with tempfile.TemporaryDirectory(prefix="colloquy-demo-") as temporary:
        folder = str(data or temporary)
        unset = ("SECRET_KEY", "DATABASE_URL", "SITE_URL", "DATA_DIR", "TASKS_IMMEDIATE")
        inherited = {name: value for name, value in os.environ.items() if name not in unset}
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", "0"],
            cwd=ROOT,
            env=inherited | {"DATA_DIR": folder, "API_WRITE_RATE": "100000/min"} | environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        try:
            printed = ""
            for line in process.stdout:
                printed += line
                if found := _ADDRESS.search(line):
                    break
            else:
                raise RuntimeError(f"The demo did not start:\n{printed}")
            yield found[1]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
            process.stdout.close()
