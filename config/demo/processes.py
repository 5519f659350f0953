"""The demo's processes: the server and the task worker, started together and stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

BASE_DIR = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds a server may take to answer for the first time. A slow machine needs some; a broken one never gets there."""


class CannotStart(Exception):
    """The demo cannot run here. The message says why and what to do."""


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one within a hundred; any free one for 0. Raises CannotStart."""
    for port in [0] if wanted == 0 else range(wanted, min(wanted + 100, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise CannotStart(f"No free port from {wanted} on. Choose another: make demo DEMO_ARGS='--port 9000'.")


def run(port: int, environment: dict[str, str], ready: Callable[[], None]) -> None:
    """Run the server and the worker until somebody stops them, or one of them stops by itself (CannotStart)."""
    granian = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)]
    worker = [sys.executable, "manage.py", "db_worker", "--interval", "0.3", "--no-startup-delay"]
    commands = {
        "server": [*granian, "--no-ws", "--log-level", "warning", "config.asgi:application"],
        "task worker": [*worker, "--queue-name", "default"],
        "import worker": [*worker, "--queue-name", "imports"],
    }
    for number in (signal.SIGTERM, signal.SIGINT):  # also where a shell started us with Ctrl-C switched off
        signal.signal(number, _interrupt)
    children = {
        name: subprocess.Popen(
            command, cwd=BASE_DIR, env=environment, start_new_session=True, preexec_fn=_end_with_parent
        )
        for name, command in commands.items()
    }
    try:
        _wait_for_answer(port, children)
        ready()
        while True:
            _check(children)
            time.sleep(0.3)
    except KeyboardInterrupt:
        pass
    finally:
        _stop(children)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end_with_parent() -> None:
    """Linux ends a child whose parent is gone, however it went. Elsewhere only an orderly end takes the children along."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _wait_for_answer(port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever http_proxy says
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        _check(children)
        try:
            directly.open(f"http://127.0.0.1:{port}/readings/", timeout=PATIENCE).close()
            return
        except OSError:
            time.sleep(0.1)
    raise CannotStart(f"The server did not answer on port {port} within {PATIENCE} seconds.")


def _check(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise CannotStart(
                f"The {name} stopped by itself (exit code {child.returncode}); what it printed above says why."
            )


def _stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask all to stop, wait a little, then insist."""
    for child in children.values():
        _signal(child, signal.SIGTERM)
    until = time.monotonic() + 8
    for child in children.values():
        try:
            child.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            _signal(child, signal.SIGKILL)
            child.wait()


def _signal(child: subprocess.Popen[bytes], number: int) -> None:
    """Signal a child and whatever it started; each child leads a group of its own."""
    if child.poll() is None:
        os.killpg(child.pid, number)
