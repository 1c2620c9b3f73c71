"""The file of a backup: a zip whose manifest holds the hash of every member, closed by the hash of the whole.

The last 64 bytes (of the zip's comment) are the SHA-256 of everything before them: one changed byte anywhere shows.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

FORMAT = "comeback-backup-1"
MANIFEST = "manifest.json"
DATABASE = "database"
MEDIA = "media"
CHUNK = 1024 * 1024
SEALED_BY = b"sha256:"
DIGITS = 64


class Unfit(Exception):
    """The backup, or what it is to replace, cannot be used; the sentence says why."""


def write(target: Path, manifest: dict[str, Any], members: Iterable[tuple[str, Path]]) -> str:
    """Write a backup, whole or not at all; gives its hash. Readable by its owner only."""
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            hashes = {name: _add(archive, name, path) for name, path in members}
            text = json.dumps({"format": FORMAT, **manifest, "files": hashes}, indent=1, sort_keys=True)
            archive.writestr(MANIFEST, text)
            archive.comment = SEALED_BY + b"0" * DIGITS
        digest = _close(draft)
        os.link(draft, target)  # never over a file that is there
    except FileExistsError:
        raise Unfit(f"{target} exists already; a backup never replaces a file") from None
    finally:
        draft.unlink(missing_ok=True)
    return digest


def unpack(source: Path, into: Path | None) -> dict[str, Any]:
    """Verify every byte and unpack below an empty folder (None: verify only); gives the manifest. Raises Unfit."""
    try:
        _check_whole(source)
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive)
            if into:
                _check_room(manifest, into)
            for name, expected in manifest["files"].items():
                _unpack(archive, name, expected, into)
    except (zipfile.BadZipFile, zlib.error, OSError, KeyError, ValueError) as error:
        raise Unfit(f"{source} cannot be read as a backup: {error}") from None
    return manifest


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file, archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
        for chunk in _chunks(file):
            digest.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return {"sha256": digest.hexdigest(), "size": size}


def _close(draft: Path) -> str:
    digest = _hash_but_last(draft)
    with draft.open("r+b") as file:
        file.seek(-DIGITS, os.SEEK_END)
        file.write(digest.encode())
        file.flush()
        os.fsync(file.fileno())
    return digest


def _check_whole(source: Path) -> None:
    size = source.stat().st_size
    with source.open("rb") as file:
        file.seek(max(0, size - DIGITS - len(SEALED_BY)))
        end = file.read()
    if not end.startswith(SEALED_BY):
        raise ValueError("it has no end, or is no backup of Comeback")
    if end[len(SEALED_BY) :].decode("ascii", "replace") != _hash_but_last(source):
        raise ValueError("it is not what was written: its hash differs")


def _hash_but_last(path: Path) -> str:
    digest = hashlib.sha256()
    left = path.stat().st_size - DIGITS
    with path.open("rb") as file:
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
    return digest.hexdigest()


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        raise ValueError(f"format {manifest.get('format')!r}, this version reads {FORMAT}")
    names = archive.namelist()
    if sorted(names) != sorted([MANIFEST, *manifest["files"]]):
        raise ValueError("its files are not those of its manifest")
    for name in manifest["files"]:
        parts = PurePosixPath(name).parts
        if parts[0] not in (DATABASE, MEDIA) or ".." in parts or "\\" in name:
            raise ValueError(f"{name!r} has no place in a backup")
    return manifest


def _check_room(manifest: dict[str, Any], into: Path) -> None:
    wanted = sum(entry["size"] for entry in manifest["files"].values())
    free = shutil.disk_usage(into).free
    if wanted > free:
        raise ValueError(f"{wanted} bytes are needed on the disk, {free} are free")


def _unpack(archive: zipfile.ZipFile, name: str, expected: dict[str, Any], into: Path | None) -> None:
    target = into / name if into else Path(os.devnull)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    with archive.open(name) as member, open(target, "wb", opener=_private) as file:
        for chunk in _chunks(member):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        if into:
            os.fsync(file.fileno())
    if {"sha256": digest.hexdigest(), "size": size} != expected:
        raise ValueError(f"{name} is not what was backed up")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _chunks(file: BinaryIO | Any) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
