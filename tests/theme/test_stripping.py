"""Style sheets and scripts are served without comments and blank lines, and with the same meaning."""

from __future__ import annotations

import re
import shutil

import pytest

from dossierkit.store.packaged import packaged_templates
from dossierkit.theme.stripping import FOLDER, PARTS, SCRIPT, join_scripts, strip_files, stripped

ASSETS = packaged_templates() / FOLDER
OURS = sorted(file for file in ASSETS.rglob("*") if file.suffix in {".css", ".js"})


def test_comments_indentation_and_blank_lines_go_and_rules_are_joined():
    css = "/* A\n   long one. */\n\n.a {\n  /* why */\n  color: red; /* beside */\n}\n"
    assert stripped("a.css", css) == ".a {color:red; /* beside */\n}"
    script = '// Why.\nconst a = "// kept";\n\n  /* and\n  why */\n  b(a); // beside\n'
    assert stripped("a.js", script) == 'const a = "// kept";\nb(a); // beside\n'


def test_what_a_rule_says_is_left_as_it_is():
    css = '@media print {\n  .a:hover,\n  .b > a {\n    --dk-x: "a: b";\n    margin: 0 1px;\n  }\n}\n'
    assert stripped("a.css", css) == '@media print {.a:hover,.b > a {--dk-x:"a: b";margin:0 1px;}}'


def test_style_sheets_are_served_whole_and_their_parts_are_not(tmp_path):
    shutil.copytree(ASSETS, tmp_path / FOLDER)
    strip_files(tmp_path)
    assert not (tmp_path / PARTS).exists()
    served = (tmp_path / FOLDER / "shell.css").read_text(encoding="utf-8")
    assert "@import" not in served
    for part in (ASSETS / "parts").iterdir():
        text = part.read_text(encoding="utf-8").replace('url("../', 'url("')  # one folder further down
        assert stripped(part.name, text) in served
    both = [(tmp_path / FOLDER / name).read_text(encoding="utf-8") for name in ("shell.css", "dossier.css")]
    assert both[0].endswith(both[1])


def test_a_licence_stays():
    assert stripped("a.css", "/*! MIT */\n.a {}\n") == "/*! MIT */\n.a {}"


def test_what_begins_like_a_comment_of_a_script_stays_in_a_style_sheet():
    assert stripped("a.css", "//a\n.b {}\n") == "//a\n.b {}"


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_every_text_in_our_files_stands_on_one_line(file):
    """What stripping rests on: nothing that begins a line stands in a text."""
    text = file.read_text(encoding="utf-8")
    left = stripped(file.name, text)
    if file.suffix == ".js":
        assert not [line for line in left.splitlines() if line.count("`") % 2]
    assert not re.search(r"^\s*/\*(?!!)", left, re.MULTILINE)
    assert len(left) < len(text)


def test_the_script_of_all_pages_has_what_it_names_in_it(tmp_path):
    shutil.copytree(ASSETS, tmp_path / FOLDER)
    strip_files(tmp_path)
    (tmp_path / FOLDER / "cite.js").write_text("window.own = true;", encoding="utf-8")
    join_scripts(tmp_path)
    script = (tmp_path / SCRIPT).read_text(encoding="utf-8")
    assert "@import" not in script
    for name in ("dossier.js", "cite.js", "card.js"):
        assert (tmp_path / FOLDER / name).read_text(encoding="utf-8").rstrip() in script
