"""`comeback restore FILE`: put a backup in place of what is there.

Everything is verified before anything is touched; what was there is kept aside, and its names are printed.
"""

from __future__ import annotations

import argparse
import fcntl
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from comeback.cases import triggers
from comeback.config import archive, places, standing
from comeback.config.archive import Unfit
from comeback.config.backup import copies
from comeback.registers import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("file", type=Path, help="a file that `comeback backup` wrote")


def run(options: argparse.Namespace) -> int:
    """0 and what was kept aside on stdout; 1 and the reason on stderr, then nothing was touched."""
    try:
        with _alone():
            kept = restore(options.file)
    except Unfit as error:
        print(f"comeback restore: {error}", file=sys.stderr)
        return 1
    print(f"restored {options.file}")
    for what, name in kept.items():
        print(f"the {what} of before: {name}")
    print("Everybody signs in anew. Start with bin/run, or run `comeback django migrate` first.", file=sys.stderr)
    return 0


def restore(source: Path) -> dict[str, str]:
    """Verify, then swap database and media; gives where the old ones are kept. Raises Unfit."""
    stamp = f"{clock.now():%Y%m%dt%H%M%S}"
    places.var().mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=places.var()) as folder:
        manifest = archive.unpack(source, Path(folder))
        _check_fits(manifest)
        with copies().staged(Path(folder) / archive.DATABASE, stamp) as name:
            with standing.pointed_at(name):
                _check_says_the_same(manifest)
                triggers.install()
                Session.objects.all().delete()  # whoever was signed in then need not be now
            kept = {"database": copies().swap(name, stamp), "media": _swap_media(Path(folder) / archive.MEDIA, stamp)}
    (places.var() / "prepared").unlink(missing_ok=True)
    return {what: name for what, name in kept.items() if name}


def _check_fits(manifest: dict[str, Any]) -> None:
    if manifest["engine"] != connection.vendor:
        raise Unfit(f"the backup is of {manifest['engine']}, this installation runs on {connection.vendor}")
    unknown = set(manifest["migrations"]) - standing.known_migrations()
    if unknown:
        raise Unfit(f"the backup is of another version ({manifest['version']}): {', '.join(sorted(unknown)[:5])}")


def _check_says_the_same(manifest: dict[str, Any]) -> None:
    said = standing.described()
    differing = [name for name, value in said.items() if manifest[name] != value]
    if differing:
        raise Unfit(f"the database is not what its manifest says: {', '.join(differing)} differ")


def _swap_media(staged: Path, stamp: str) -> str:
    place = Path(settings.MEDIA_ROOT)
    aside = place.with_name(f"{place.name}.before-{stamp}")
    staged.mkdir(exist_ok=True)
    kept = ""
    if place.exists():
        place.rename(aside)
        kept = str(aside)
    shutil.move(staged, place)
    return kept


@contextmanager
def _alone() -> Iterator[None]:
    """No `bin/run` prepares the database meanwhile, and no second restore begins."""
    places.var().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (places.var() / "start.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unfit("Comeback is being started or restored at this moment") from None
        yield
