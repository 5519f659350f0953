"""The demo's settings, made before Django reads any. Plain Python: manage.py calls it for `manage.py demo`."""

import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]


def prepare() -> None:
    """Put the demo's settings into the environment, keeping what the operator has set. Makes the data folder."""
    data = Path(os.environ.setdefault("DATA_DIR", str(BASE_DIR / "data"))).resolve()
    data.mkdir(parents=True, exist_ok=True)
    os.environ["DEMO"] = "1"
    os.environ.pop("TASKS_IMMEDIATE", None)  # the demo has a worker
    os.environ.setdefault("SECRET_KEY", _kept_secret(data / "secret-key"))


def _kept_secret(path: Path) -> str:
    """The secret of earlier starts, or a new one that only this user can read."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        secret = secrets.token_urlsafe(50)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secret)
        return secret
