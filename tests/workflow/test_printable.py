"""Nothing that others wrote acts on a terminal or commands a CI service; arguments that no page could hold are refused."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.check.formats import show
from dossierkit.check.report import Checked, Report
from dossierkit.check.terminal import coloured, plain_lines
from dossierkit.cli import main
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.text.printable import printable, printable_json, printable_lines, signs

NASTY = "\x1b[2J\x1b]0;x\x07\u202eabc\u2066\x9b31m\r\n::error file=x::y\n##[error]z\udcff\x00\x7f"
POSIX = pytest.mark.skipif(sys.platform != "linux", reason="names of files may be any bytes")


@pytest.fixture
def root(tmp_path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\nextra: {dossier: {names: none}}\n", encoding="utf-8")
    return folder


def acting(text: str) -> list[str]:
    kinds = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return [char for char in text if unicodedata.category(char) in kinds and char not in "\n\u200c\u200d"]


def commands(text: str) -> list[str]:
    return [
        line
        for line in text.splitlines()
        if line.strip().startswith("::") or "##[" in line or "##vso[" in line
    ]


@given(st.text(st.characters()))
def test_what_is_printed_acts_in_no_way(text):
    for shown in (printable(text), signs(text)):
        assert acting(shown) == []
        assert "\n" not in shown
        assert commands(shown) == []
    assert len(signs(text)) == len(text)
    assert acting(printable_lines(text)) == []
    assert commands(printable_lines(text)) == []
    assert printable(printable(text)) == printable(text)


@given(st.text(st.characters()))
def test_json_says_the_same(text):
    for value in (text, f"##[{text}", f"::{text}"):
        shown = printable_json({"a": value})
        assert acting(shown) == []
        assert commands(shown) == []
        assert json.loads(shown) == {"a": value}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("محمد می\u200cخواهم é", "محمد می\u200cخواهم é"),
        ("a\x1b[0m", "a\\x1b[0m"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("a\udcffb", "a\\xffb"),
        ("a\udd00b", "a\\udd00b"),
        ("\u202ex", "\\u202ex"),
        ("\U000e0001", "\\U000e0001"),
        ("::error::x", "\\x3a:error::x"),
        ("  ::error::x", "  \\x3a:error::x"),
        ("a::b", "a::b"),
        ("x ##[group]", "x \\x23#[group]"),
    ],
)
def test_characters_are_shown_as_their_escapes(text, shown):
    assert printable(text) == shown


@pytest.mark.parametrize("form", ["github", "json", "sarif"])
def test_no_format_of_a_report_passes_anything_on(form):
    problem = Diagnostic(f"content/{NASTY},a:b%.md", 1, 1, "D101", f"::warning::{NASTY}")
    shown = show(Report((Checked(problem),), (), {problem.path: f"::error::{NASTY}"}), form)
    assert acting(shown) == []
    if form == "github":
        assert shown.count("\n") == 0
        place = shown.removeprefix("::error file=").partition(",line=")[0]
        assert place.endswith("%2Ca%3Ab%25.md")
        assert "%0A" in place
    else:
        json.loads(shown)
        assert commands(shown) == []
    shown.encode()


def test_no_line_of_a_report_for_people_passes_anything_on():
    problem = Diagnostic(f"{NASTY}.md", 1, 1, "D101", NASTY)
    report = Report((Checked(problem),), (), {problem.path: f"::error::{NASTY}".replace("\n", " ")})
    for line in [*plain_lines(report), *(text.plain for text in coloured(report))]:
        assert acting(line) == []
        assert commands(line) == []
        assert "\n" not in line


@POSIX
def test_names_of_files_are_shown_with_escapes_by_the_command(root, tmp_path):
    names = [
        b"::error::a\x1b[31m.txt",
        b"b\n::error::c.txt",
        b"d\xff.txt",
        "e\u202e.txt".encode(),
        b"missing\n::error::.txt",
    ]
    for name in names[:-1]:
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_bytes(b"\x89PNG\r\n")
    done = subprocess.run(
        [sys.executable, "-m", "dossierkit", "-C", str(root), "add", *names],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    said = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == 2, said
    assert acting(said) == []
    assert commands(said) == []
    assert "\\x1b[31m.txt:0:0: D401 is a picture" in said
    assert "d\\xff.txt:0:0: D401" in said


@POSIX
def test_a_file_whose_name_is_not_utf_8_gets_a_name_that_is(root, tmp_path):
    source = os.fsencode(tmp_path) + b"/talks\xff-\x1b[1m.txt"
    Path(os.fsdecode(source)).write_text("Talks open\n\nMona Example met Karl Sample.\n", encoding="utf-8")
    command = [sys.executable, "-m", "dossierkit", "-C", str(root), "add", source]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert acting((done.stdout + done.stderr).decode("utf-8")) == []
    for file in root.rglob("*"):
        assert str(file).encode("utf-8")
        if file.is_file() and ".dossier" not in file.parts:
            file.read_text(encoding="utf-8")


@POSIX
@pytest.mark.parametrize(
    "option", ["--publisher", "--url", "--date", "--author", "--title", "--lang", "--slug", "--encoding"]
)
@pytest.mark.parametrize(
    ("value", "why"),
    [
        (b"The\xffPaper", "is not UTF-8"),
        (b"The\x1b[31mPaper", "contains a control character"),
        (b"The\nPaper", "contains a control character"),
        ("The\u202ePaper".encode(), "changes the writing direction"),
    ],
)
def test_values_that_no_page_can_hold_are_refused(root, tmp_path, option, value, why):
    source = tmp_path / "a.txt"
    source.write_text("Talks open\n\nMona Example met Karl Sample.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["-C", str(root), "add", str(source), option, os.fsdecode(value)])
    assert result.exit_code == 2
    assert f"Error: {option[2:]}: `The" in result.output
    assert why in result.output
    assert acting(result.output) == []
    assert not (root / "seeds").exists()


@POSIX
@pytest.mark.parametrize(
    "args",
    [
        ["init", "new\udcff"],
        ["init", "new", "--name", "a\udcffb"],
        ["merge", "a\udcff", "b"],
        ["withdraw", "a\udcff", "--reason", "x"],
        ["split", "a", "--into", "b", "--title", "c\x1b", "--articles", "d"],
        ["bad\x1b[31m\n::error::x"],
        ["add", "--bad\x1b\n::error::x"],
        ["build", "--engine", "a\n::error::x\udcff"],
        ["serve", "--address", "a\udcff"],
    ],
)
def test_no_argument_of_any_command_passes_anything_on(root, args):
    result = CliRunner().invoke(main, ["-C", str(root), *args])
    assert result.exit_code == 2, result.output
    assert acting(result.output) == []
    assert commands(result.output) == []
    assert not any(name.name.startswith("new") for name in root.iterdir())


def test_everything_that_commands_say_passes_the_one_place():
    package = Path(__file__).parents[2] / "scripts" / "dossierkit"
    # A report in a format for programs; messages of click's own; the trace that was asked for; what fails before MkDocs has begun: each
    # made printable there.
    own = {
        "workflow/say.py": 2,
        "workflow/check.py": 1,
        "parallel/executor.py": 1,
        "parallel/fence.py": 1,
        "build/plugin_fault.py": 1,
    }
    found = {}
    says = {"print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write"}
    texts = {file: file.read_text("utf-8") for file in package.rglob("*.py")}
    for file, text in texts.items():
        if not any(word in text for word in ("print", "click", "stdout", "stderr")):
            continue
        calls = [
            node
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Call) and ast.unparse(node.func) in says
        ]
        if calls:
            found[file.relative_to(package).as_posix()] = len(calls)
    assert found == own
