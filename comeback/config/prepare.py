"""Bring the database up to this version; on the very first start load the demo dealership. Called by `bin/run`."""

import argparse
import os
import sys

from comeback.config import cli, places, translations


def main() -> int:
    """Exit 0 when everything is ready to be served."""
    parser = argparse.ArgumentParser(prog="python -m comeback.config.prepare")
    parser.add_argument("--empty", action="store_true", help="no demo dealership, now and later")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comeback.config.settings")
    _say("compiling translations")
    translations.compile_all()
    _say("preparing the database")
    migrate()
    return _demo(keep_empty=options.empty)


def migrate() -> None:
    """All tables, and the one that the cache needs."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _demo(*, keep_empty: bool) -> int:
    from django.contrib.auth import get_user_model

    empty = places.var() / "empty"
    if keep_empty:
        empty.touch()
    if empty.exists() or get_user_model().objects.exists():
        return 0
    _say("loading the demo dealership")
    return cli.main(["demo"])


def _say(message: str) -> None:
    print(f"run: {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
