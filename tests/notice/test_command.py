"""`duban notice read FILE` for people and for programs."""

import argparse
import json
from pathlib import Path

import pytest

from bot.commands import notice as command

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "notice.docx"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    args = parser.parse_args(["notice", "read", *words])
    code: int = args.run(args)
    return code


def test_the_summary_shows_what_to_check_first(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(str(EXAMPLE)) == 0
    shown = capfd.readouterr().out
    assert "任务 82 项" in shown
    assert "2023-03-16" in shown
    assert "第 11 行" in shown


def test_the_json_is_whole_and_alone_on_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(str(EXAMPLE), "--json", "--lang", "en") == 0
    assert len(json.loads(capfd.readouterr().out)["tasks"]) == 82


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_unreadable_file_is_explained_on_stderr_with_exit_code_2(
    lang: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, data in (("a.txt", b""), ("a.pdf", b"%PDF-1"), ("a.docx", b"x")):
        (tmp_path / name).write_bytes(data)
        assert run(str(tmp_path / name), "--lang", lang, "--json") == 2
        shown = capfd.readouterr()
        assert shown.out == ""
        assert shown.err.strip()
    assert run(str(tmp_path / "nothing.txt"), "--lang", lang) == 2
