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


TABLE = "| 序号 | 任务 | 挂点所 | 包抓所 | 责任单位 |\n|---|---|---|---|---|\n| 1 | 修路。 | 区财政局 | 区水利局 | 区交通局 |\n"


def test_what_a_column_holds_is_said_as_an_option(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(TABLE, encoding="utf-8")
    assert run(str(tmp_path / "a.md"), "--json", "--column", "挂点所=co", "--column", "包抓所=牵头单位") == 0
    found = json.loads(capfd.readouterr().out)
    (task,) = found["tasks"]
    assert (task["lead"], set(task["co"])) == (["区水利局"], {"区交通局", "区财政局"})
    assert [(column["name"], column["role"]) for column in found["columns"]] == [("挂点所", "co"), ("包抓所", "lead")]


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        (["挂点所"], "--column 表头=含义"),
        (["挂点所=随便"], "随便"),
        (["没有的列=co"], "没有“没有的列”这一列"),
        (["挂点所=lead", "包抓所=lead"], "已经是这个含义"),
        (["挂点所=due"], "没有一格能这样读"),
    ],
)
def test_a_column_that_is_not_there_or_cannot_hold_that_is_refused(
    given: list[str], hint: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text(TABLE, encoding="utf-8")
    options = [word for each in given for word in ("--column", each)]
    assert run(str(tmp_path / "a.md"), *options) == 2
    shown = capfd.readouterr()
    assert shown.out == "" and hint in shown.err
