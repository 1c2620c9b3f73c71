"""`comeback method check`."""

from __future__ import annotations

import argparse

from comeback.method import check
from comeback.method.loading import BUILT_IN


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    return check.run(parser.parse_args(arguments))


def test_the_built_in_sheet_is_whole_and_counted(capsys):
    assert run() == 0
    out, err = capsys.readouterr()
    assert "edition 1" in out
    assert "5 phases, 9 steps, 33 lines, 10 gates" in out
    assert out.count("\n") == 1
    assert err == ""


def test_a_sheet_that_is_not_whole_gives_its_mistakes_on_stderr(capsys, tmp_path):
    path = tmp_path / "mine.yaml"
    text = BUILT_IN.read_text(encoding="utf-8").replace("guards: [close]", "guards: [shut]")
    path.write_text(text, encoding="utf-8")
    assert run(str(path)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{path}:")
    assert "unknown line or act 'shut'" in err


def test_a_file_that_is_not_there_is_said_in_one_sentence(capsys, tmp_path):
    assert run(str(tmp_path / "nothing.yaml")) == 1
    assert "nothing.yaml" in capsys.readouterr().err
