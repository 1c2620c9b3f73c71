"""The command over whole files, and how well it judges."""

import argparse
import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from comeback.recognition import detect

DATA = Path(__file__).parent / "data"
OPEN = Path(__file__).resolve().parents[3] / "shared" / "data" / "open"


class Figures(NamedTuple):
    """Of one labelled set: comebacks found with the right order, comeback verdicts that are not wrong, share of ask."""

    recall: float
    precision: float
    asked: float


def run(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    parser = argparse.ArgumentParser()
    detect.add_arguments(parser)
    files = ["--history", str(folder / "history.csv"), "--bookings", str(folder / "bookings.csv")]
    code = detect.run(parser.parse_args([*files, *more]))
    out, err = capsys.readouterr()
    return code, out, err


def figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> Figures:
    answers = list(csv.DictReader(io.StringIO(run(folder, capsys)[1])))
    with open(folder / "labels.csv", encoding="utf-8-sig") as file:
        labels = {row["booking_no"]: row for row in csv.DictReader(file)}
    truth = [(answer, labels[answer["booking_no"]]) for answer in answers]
    comebacks = [(answer, label) for answer, label in truth if label["label"] == "comeback"]
    found = [a for a, x in comebacks if a["verdict"] != "new" and a["order_no"] == x["order_no"]]
    said = [label["label"] for answer, label in truth if answer["verdict"] == "comeback"]
    asked = sum(answer["verdict"] == "ask" for answer in answers)
    right = sum(label in {"comeback", "ask"} for label in said)
    return Figures(len(found) / len(comebacks), right / len(said), asked / len(answers))


def test_one_row_a_booking(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(DATA, capsys)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert tuple(rows[0]) == detect.COLUMNS
    assert len(rows) == 202
    assert err == ""


def test_json_holds_the_same_and_more(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(DATA, capsys, "--format", "json", "--language", "fr")
    answers = json.loads(out)
    assert len(answers) == 202
    assert {"nature", "safety", "edition", "car"} <= answers[0].keys()


def test_bad_rows_are_reported_and_the_good_ones_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "history.csv").write_text("order_no,opened_at,plate,complaint\n1,2025-05-12,А123ВС77,стук\n,2025,,\n")
    (tmp_path / "bookings.csv").write_text("booking_no,requested_at,plate,text\n7,2025-05-20,А123ВС77,стучит\n8,,,\n")
    code, out, err = run(tmp_path, capsys, "--language", "en")
    assert code == 0
    assert out.splitlines()[1].startswith("7,comeback,60,1,")
    assert "history.csv: row 3" in err
    assert "bookings.csv: row 3" in err


@pytest.mark.parametrize(
    ("language", "why"), [("en", "is missing"), ("ru", "нет нужного столбца"), ("fr", "il manque")]
)
def test_a_file_that_cannot_be_read_fails_with_one(
    language: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "history.csv").write_text("nothing,of,this\n")
    (tmp_path / "bookings.csv").write_text("")
    code, out, err = run(tmp_path, capsys, "--language", language)
    assert (code, out) == (1, "")
    assert "history.csv" in err
    assert why in err


def test_weights_that_are_none_are_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "weights.yaml"
    wrong.write_text("edition: 2\n")
    assert run(DATA, capsys, "--weights", str(wrong))[0] == 2


def test_another_edition_can_be_tried(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = (Path(detect.__file__).parent / "weights.yaml").read_text().replace("edition: 2", "edition: 7")
    (tmp_path / "weights.yaml").write_text(own)
    _, out, _ = run(DATA, capsys, "--format", "json", "--weights", str(tmp_path / "weights.yaml"))
    assert json.loads(out)[0]["edition"] == 7


def test_it_judges_its_own_sample_well(capsys: pytest.CaptureFixture[str]) -> None:
    recall, precision, asked = figures(DATA, capsys)
    assert recall >= 0.95
    assert precision >= 0.9
    assert asked <= 0.15


@pytest.mark.skipif(not OPEN.is_dir(), reason="needs the shared examples")
def test_it_judges_the_open_sample_well(capsys: pytest.CaptureFixture[str]) -> None:
    recall, precision, asked = figures(OPEN, capsys)
    assert recall >= 0.95
    assert precision >= 0.9
    assert asked <= 0.15


def test_it_is_quick_to_import_and_needs_no_django() -> None:
    script = (
        "import sys, time; start = time.perf_counter(); import comeback.recognition, comeback.recognition.detect;"
        "print(time.perf_counter() - start, *[m for m in ('django', 'openpyxl', 'phonenumbers') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seconds, *loaded = result.stdout.split()
    assert loaded == []
    assert float(seconds) < 0.6  # 0.1 s on a quiet machine; the bench measures it properly
