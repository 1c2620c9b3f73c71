"""Backup and restore: one file, verified to the last byte; what was there is kept; a bad file changes nothing."""

import json
import os
import sqlite3
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, connections

from comeback.cases import journal, seals, triggers
from comeback.cases.models import JournalEntry
from comeback.config import archive, places, restore
from comeback.config.backup import back_up
from comeback.config.cli import main
from comeback.registers.models import Group, Site
from tests.cast import moscow

NOW = moscow(2, 10)
only_on_sqlite = pytest.mark.skipif("postgresql" in os.environ.get("DATABASE_URL", ""), reason="about a file of SQLite")


@pytest.fixture
def dealership(committed_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with one entry in its journal and one stored file."""
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "var/media")
    monkeypatch.setenv("COMEBACK_VAR", str(tmp_path / "var"))
    (tmp_path / "var/media/prints").mkdir(parents=True)
    (tmp_path / "var/media/prints/card.pdf").write_bytes(b"%PDF first")
    site = Site.objects.create(group=Group.objects.create(name="Авто-Север"), code="MSK", name="Москва")
    journal.append(seals.stream_of(site), command="test", at=NOW, now=NOW, site=site, content={"word": "слово"})
    return site


@pytest.fixture
def file(dealership: Site, tmp_path: Path) -> Path:
    target = tmp_path / "backup.zip"
    back_up(target)
    return target


@pytest.fixture(autouse=True)
def _nothing_is_left_on_the_server() -> object:
    yield
    if connection.vendor == "postgresql":
        with suppress(Exception):
            _drop_the_kept_ones()


def _drop_the_kept_ones() -> None:
    before = connections["default"].settings_dict["NAME"]
    connections["default"].settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '_(before|restoring)_'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{name}"')
    connection.close()
    connections["default"].settings_dict["NAME"] = before


def test_what_was_backed_up_comes_back_and_what_was_there_is_kept(
    file: Path, dealership: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    dealership.name = "Переписано"
    dealership.save(update_fields=["name"])
    Session.objects.create(session_key="x", session_data="", expire_date=NOW)
    media = Path(settings.MEDIA_ROOT) / "prints/card.pdf"
    media.write_bytes(b"%PDF second")
    (places.var() / "prepared").write_text("of the other database")
    assert main(["restore", str(file)]) == 0
    said = capsys.readouterr().out
    assert Site.objects.get().name == "Москва"
    assert list(journal.breaks()) == []
    assert triggers.missing() == []
    assert not Session.objects.exists()
    assert media.read_bytes() == b"%PDF first"
    assert not (places.var() / "prepared").exists()
    assert said.startswith(f"restored {file}\nthe database of before: ")
    (kept,) = places.var().glob("media.before-*")
    assert (kept / "prints/card.pdf").read_bytes() == b"%PDF second"


def test_the_old_database_is_whole_where_it_was_put_aside(file: Path, dealership: Site) -> None:
    Site.objects.update(name="Потом")
    kept = restore.restore(file)["database"]
    with restore.standing.pointed_at(kept):
        assert Site.objects.get().name == "Потом"


def test_a_backup_is_made_while_somebody_writes(dealership: Site, tmp_path: Path) -> None:
    connections["default"].ensure_connection()
    manifest, _ = back_up(tmp_path / "live.zip")
    Group.objects.create(name="Другая")
    assert manifest["heads"] == {f"site:{dealership.pk}": [1, JournalEntry.objects.get().hash]}
    assert manifest["breaks"] == []


def test_the_file_is_for_its_owner_only_and_holds_no_secret(file: Path) -> None:
    assert file.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(file) as members:
        assert sorted(members.namelist()) == ["database", "manifest.json", "media/prints/card.pdf"]


def test_a_backup_never_replaces_a_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    assert main(["backup", str(file)]) == 1
    assert "exists already" in capsys.readouterr().err
    assert file.read_bytes() == before


@pytest.mark.parametrize("where", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.9999])
def test_one_changed_byte_anywhere_is_refused_and_nothing_is_touched(
    file: Path, where: float, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(file.read_bytes())
    data[int(len(data) * where)] ^= 1
    assert refused(file, bytes(data), capsys)


@pytest.mark.parametrize("length", [0, 10, 500, -1, -64])
def test_a_file_that_was_cut_off_is_refused(file: Path, length: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(file, file.read_bytes()[:length], capsys)


def test_a_file_that_was_lengthened_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(file, file.read_bytes() + b"more", capsys)


def test_a_file_that_is_no_backup_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(file, b"order_no;vin\n" * 100, capsys)


def refused(file: Path, data: bytes, capsys: pytest.CaptureFixture[str]) -> bool:
    file.write_bytes(data)
    Site.objects.update(name="Сейчас")
    assert main(["restore", str(file)]) == 1
    assert "cannot be read as a backup" in capsys.readouterr().err
    assert [path.name for path in places.var().iterdir()] == ["media", "start.lock"]
    return Site.objects.get().name == "Сейчас"


@pytest.mark.parametrize("name", ["media/../../secret", "../secret", "database/../../x", "elsewhere/x"])
def test_a_file_with_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "inside"
    inside.write_text("x")
    archive.write(tmp_path / "bad.zip", {}, [(name, inside)])
    with pytest.raises(archive.Unfit, match="no place in a backup"):
        archive.unpack(tmp_path / "bad.zip", tmp_path)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"heads": {"site:1": [2, "0" * 64]}}, "heads differ"),
        ({"schema": "0" * 64}, "schema differ"),
        ({"migrations": ["cases.9999_from_the_future"]}, "of another version"),
        ({"engine": "oracle"}, "the backup is of oracle"),
    ],
)
def test_a_database_that_is_not_what_its_manifest_says_is_refused(
    file: Path, tmp_path: Path, change: dict[str, object], why: str
) -> None:
    forged = tmp_path / "forged.zip"
    into = tmp_path / "into"
    into.mkdir()
    manifest = archive.unpack(file, into) | change
    archive.write(forged, manifest, [("database", into / "database")])
    Site.objects.update(name="Сейчас")
    with pytest.raises(archive.Unfit, match=why):
        restore.restore(forged)
    assert Site.objects.get().name == "Сейчас"


@only_on_sqlite
def test_a_journal_that_was_changed_inside_the_backup_is_refused(dealership: Site, file: Path, tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    manifest = archive.unpack(file, into)
    with closing(sqlite3.connect(into / "database")) as database, database:
        database.execute("UPDATE cases_journaldetail SET content = ?", [json.dumps({"word": "иное"})])
    archive.write(tmp_path / "forged.zip", manifest, [("database", into / "database")])
    with pytest.raises(archive.Unfit, match="breaks differ"):
        restore.restore(tmp_path / "forged.zip")


def test_a_backup_that_holds_a_broken_journal_says_so_and_can_still_be_restored(
    dealership: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    detail = JournalEntry.objects.get().detail
    detail.content = {"word": "подчищено"}
    detail.save(update_fields=["content"])
    assert main(["backup", str(tmp_path / "b.zip")]) == 0
    assert f"the journal does not hold at site:{dealership.pk} 1" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "b.zip")]) == 0


def test_a_database_in_use_is_not_replaced(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Site.objects.update(name="Сейчас")
    settings_of = connections["default"].settings_dict
    if connection.vendor == "sqlite":
        other = sqlite3.connect(settings_of["NAME"])
        other.execute("SELECT count(*) FROM registers_site").fetchone()
    else:
        other = connections["default"].copy()
        other.ensure_connection()
    assert main(["restore", str(file)]) == 1
    assert "in use" in capsys.readouterr().err
    other.close()
    assert Site.objects.get().name == "Сейчас"
    assert main(["restore", str(file)]) == 0


@only_on_sqlite
def test_a_restore_that_finds_no_database_makes_one(file: Path) -> None:
    connection.close()
    Path(connections["default"].settings_dict["NAME"]).unlink()
    assert "database" not in restore.restore(file)
    assert Site.objects.get().name == "Москва"


@only_on_sqlite
def test_a_broken_database_is_put_aside_as_it_is(file: Path) -> None:
    connection.close()
    place = Path(connections["default"].settings_dict["NAME"])
    place.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    kept = restore.restore(file)["database"]
    assert Path(kept).read_bytes().endswith(b"\xff")
    assert Site.objects.get().name == "Москва"
