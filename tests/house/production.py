"""Runs a management command, or with `--run` any other, under the settings of a site in production.

`python -m tests.house.production check --deploy`
"""

import os
import subprocess
import sys
import tempfile


def main() -> int:
    """Returns the exit code of the command."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "SECRET_KEY": "Zk3vQm8sXw1LrTn6YbHc9JpDf4GaUe7iRo2KtBxVhMyNqWzSjC5EgPlAdFu0OI",
            "SITE_URL": "https://read.example.org",
            "DATABASE_URL": f"sqlite:///{folder}/production.sqlite3",
            "DATA_DIR": folder,
        }
        command = sys.argv[2:] if sys.argv[1] == "--run" else [sys.executable, "manage.py", *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
