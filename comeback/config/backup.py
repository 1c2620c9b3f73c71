"""`comeback backup FILE`: database and media in one verified file, while everything goes on running.

The secret is left out: nothing that is stored needs it, and a backup that is stolen should not sign anybody in.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db import connection

from comeback import __version__
from comeback.config import archive, postgresql_copies, sqlite_copies
from comeback.registers import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")


def run(options: argparse.Namespace) -> int:
    """0 and one line on stdout (file, size, hash of the whole) when the backup was written and read back."""
    try:
        manifest, digest = back_up(options.file)
    except archive.Unfit as error:
        print(f"comeback backup: {error}", file=sys.stderr)
        return 1
    for place in manifest["breaks"]:
        print(f"comeback backup: the journal does not hold at {place}; `comeback doctor` says more", file=sys.stderr)
    print(f"{options.file}\t{options.file.stat().st_size} bytes\tsha256 {digest}")
    return 0


def back_up(target: Path) -> tuple[dict[str, Any], str]:
    """Write the backup and read it back; gives its manifest and hash. Raises Unfit."""
    if target.exists():
        raise archive.Unfit(f"{target} exists already; a backup never replaces a file")
    if not target.parent.is_dir():
        raise archive.Unfit(f"there is no folder {target.parent}")
    with (
        tempfile.TemporaryDirectory(prefix=".comeback-backup-", dir=target.parent) as folder,
        copies().dumped(Path(folder)) as (dump, said),
    ):
        # The database first: media are written before the rows that name them and are never changed.
        manifest = {"version": __version__, "made_at": clock.now().isoformat(), **said}
        digest = archive.write(target, manifest, [(archive.DATABASE, dump), *media()])
    try:
        archive.unpack(target, None)
    except archive.Unfit:
        target.unlink()
        raise
    return manifest, digest


def copies() -> ModuleType:
    """How databases of this kind are copied and swapped."""
    return postgresql_copies if connection.vendor == "postgresql" else sqlite_copies


def media() -> Iterator[tuple[str, Path]]:
    """Every stored file under its name in the backup."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{archive.MEDIA}/{path.relative_to(root).as_posix()}", path
