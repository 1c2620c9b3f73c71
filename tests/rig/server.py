"""The application on a free port, in threads of the test process (so that a test may shift its clock)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test.testcases import LiveServerThread


@contextmanager
def serve() -> Iterator[str]:
    """Yields the address, without a slash at its end."""
    server = LiveServerThread("127.0.0.1", _whole_application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()


def _whole_application(_media: Any) -> WSGIHandler:
    # Static files come through WhiteNoise as in production, and media are never served by address.
    return WSGIHandler()
