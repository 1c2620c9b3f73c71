"""`comeback serve`: the pages and the API, by gunicorn with threads."""

import argparse
import os
import sys
from pathlib import Path

from comeback.config import places, port


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Address, size and certificate of the server."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--threads", type=int, default=4, help="threads of each process (4)")
    parser.add_argument("--tls", nargs=2, type=Path, metavar=("CERT", "KEY"), help="serve HTTPS with this certificate")


def run(options: argparse.Namespace) -> int:
    """Become gunicorn; returns only when it cannot."""
    complaint = port.taken(options.port, options.host)
    if complaint:
        print(complaint, file=sys.stderr)
        return 1
    if options.tls:
        os.environ["COMEBACK_TLS"] = "own"
    os.chdir(places.ROOT)
    sys.stdout.flush()
    return os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *_arguments(options)])


def _arguments(options: argparse.Namespace) -> list[str]:
    host = f"[{options.host}]" if ":" in options.host else options.host
    tls = [f"--certfile={options.tls[0].resolve()}", f"--keyfile={options.tls[1].resolve()}"] if options.tls else []
    return [
        "comeback.config.wsgi:application",
        f"--bind={host}:{options.port}",
        "--worker-class=gthread",
        f"--workers={options.workers}",
        f"--threads={options.threads}",
        "--preload",
        "--no-control-socket",
        "--timeout=60",
        "--graceful-timeout=10",
        "--log-level=warning",
        *tls,
    ]
