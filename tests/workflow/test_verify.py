"""`dossier verify`: what is proved, what is not, and what to do."""

from __future__ import annotations

import hashlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossierkit.cli import main

SEED = b"A\n\nThe talks opened on Friday.\n"
PAGE = """\
---
title: A
source: {file: seeds/a.txt, sha256: %s}
timeline:
  - {text: Opens, quote: opened on Friday}
---

The talks opened on Friday.
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [dossier]\n", encoding="utf-8"
    )
    (tmp_path / "seeds").mkdir()
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "seeds" / "a.txt").write_bytes(SEED)
    write(tmp_path, PAGE % hashlib.sha256(SEED).hexdigest())
    return tmp_path


def write(root, text):
    (root / "content" / "articles" / "a.md").write_text(text, encoding="utf-8")


def page(root):
    return (root / "content" / "articles" / "a.md").read_text(encoding="utf-8")


def verify(root):
    return CliRunner().invoke(main, ["-C", str(root), "verify"])


def test_all_holds(root):
    result = verify(root)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 quote of 1 article and 1 source: all are right\n"


def test_a_seed_that_changed(root):
    (root / "seeds" / "a.txt").write_bytes(SEED + b"\n")
    result = verify(root)
    assert result.exit_code == 1
    assert "content/articles/a.md:3:37: D601 seeds/a.txt is not what was added" in result.stdout
    assert "Bring it back from git" in result.stdout


def test_a_seed_that_is_gone(root):
    (root / "seeds" / "a.txt").unlink()
    result = verify(root)
    assert (result.exit_code, " D602 " in result.stdout) == (1, True)


FORM = """
  file: "seeds/b b.txt"
  sha256: "%s"
  earlier:
    - file: seeds/a.txt
      sha256: "%s\""""
WITHDRAWN = """\
---
title: A
source: {file: seeds/a.txt, sha256: %s}
status: withdrawn
withdrawn: {date: 2020-01-01, reason: Its author took it back.}
---
"""


def test_the_source_of_a_withdrawn_page_is_verified_as_long_as_it_stays(root):
    write(root, WITHDRAWN % hashlib.sha256(SEED).hexdigest())
    assert verify(root).stderr == "0 quotes of 0 articles and 1 source: all are right\n"
    (root / "seeds" / "a.txt").write_bytes(SEED + b"\n")
    result = verify(root)
    assert (result.exit_code, " D601 seeds/a.txt is not what was added" in result.stdout) == (1, True)
    (root / "seeds" / "a.txt").unlink()
    result = verify(root)
    assert (result.exit_code, " D602 " in result.stdout) == (1, True)
    write(root, WITHDRAWN.replace("source: {file: seeds/a.txt, sha256: %s}\n", ""))
    assert verify(root).exit_code == 0


def test_earlier_editions_count_as_sources(root):
    sha256 = hashlib.sha256(SEED).hexdigest()
    (root / "seeds" / "b.txt").write_bytes(SEED)
    earlier = f", earlier: [{{file: seeds/b.txt, sha256: {sha256}}}]}}"
    write(root, (PAGE % sha256).replace("}\ntimeline", f"{earlier}\ntimeline"))
    assert verify(root).stderr == "1 quote of 1 article and 2 sources: all are right\n"


DOCS = Path(__file__).parents[2] / "docs" / "how-to" / "verify-a-site.md"


@pytest.mark.parametrize("page", [PAGE, WITHDRAWN, PAGE.replace("{file: seeds/a.txt, sha256: %s}", FORM)])
def test_sources_can_be_verified_without_the_program_as_the_documentation_says(root, page):
    (line,) = (
        line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("find content")
    )
    sha256 = hashlib.sha256(SEED).hexdigest()
    write(root, page.replace("%s", sha256))
    (root / "seeds" / "b b.txt").write_bytes(SEED)

    def check():
        return subprocess.run(["bash", "-c", line], cwd=root, capture_output=True, text=True, check=False)

    assert (check().returncode, check().stdout) == (0, "")
    (root / "seeds" / "a.txt").write_bytes(SEED + b"\n")
    assert (check().returncode, check().stdout) == (1, "seeds/a.txt: FAILED\n")


def test_a_quote_that_does_not_stand(root):
    write(root, page(root).replace("The talks opened", "The talks began"))
    result = verify(root)
    assert (result.exit_code, "a.md:5:26: D201" in result.stdout) == (1, True)
    assert ": 1 is wrong" in result.stderr


def test_a_page_that_cannot_be_read_proves_nothing(root):
    write(root, "no front matter\n")
    result = verify(root)
    assert (result.exit_code, " D101 " in result.stdout) == (1, True)


def test_other_problems_are_not_its_business(root):
    write(root, page(root).replace("title: A", "title: A\ntags: [x, x]\nentities: [nobody]"))
    assert verify(root).exit_code == 0


def test_what_was_let_pass_is_named(root):
    text = page(root).replace("  - {text", "  # dossier: ignore D201 -- the paper took it offline\n  - {text")
    write(root, text.replace("The talks opened", "The talks began"))
    result = verify(root)
    assert result.exit_code == 0
    assert "let pass: content/articles/a.md:6:26: D201" in result.stdout
    assert "the paper took it offline" in result.stdout


def test_a_quote_that_only_the_page_has_is_told_and_does_not_fail(root):
    seed = b"A\n\nThe talks began on Friday.\n"
    (root / "seeds" / "a.txt").write_bytes(seed)
    write(root, PAGE % hashlib.sha256(seed).hexdigest())
    result = verify(root)
    assert result.exit_code == 0
    assert (
        "D605 the quote “opened on Friday” is in the page, but not in its source seeds/a.txt" in result.output
    )
    assert (
        "all quotes are in their pages, and all sources as they were added; 1 quote is not in the source"
        in result.output
    )


def test_a_text_that_says_something_else_than_its_source_is_told_and_does_not_fail(root):
    write(root, page(root) + "\n## Heading\n\nNobody  came.\n")
    result = verify(root)
    assert result.exit_code == 0
    assert (
        "content/articles/a.md:8:1: D609 2 lines of its text differ from its source seeds/a.txt, first “Heading”"
        in result.output
    )
    assert result.stderr.endswith("; the text of 1 article differs from the source\n")


def test_a_quote_whose_page_lost_half_of_a_compound_or_a_negation_is_told(root):
    seed = b"A\n\nNobody said that 5\xe2\x80\x9310 people were killed, the court found.\n"
    (root / "seeds" / "a.txt").write_bytes(seed)
    said = PAGE.replace("opened on Friday", "10 people were killed").replace(
        "The talks 10 people were killed.", "10 people were killed"
    )
    write(root, said % hashlib.sha256(seed).hexdigest())
    result = verify(root)
    assert "D605 the quote “10 people were killed” is in the page" in result.output
    assert "which has “5–10 people were killed”" in result.output
    assert "D609 1 line of its text differs" in result.output


def test_white_space_and_markdown_are_no_difference(root):
    write(root, page(root).replace("talks opened on Friday.\n", "**talks**  opened\non Friday.\n"))
    assert verify(root).stderr.endswith("all are right\n")


def test_a_source_that_cannot_be_read_here_is_told(root):
    (root / "seeds" / "a.pdf").write_bytes(b"%PDF-1.4 cut off")
    write(root, PAGE.replace("a.txt", "a.pdf") % hashlib.sha256(b"%PDF-1.4 cut off").hexdigest())
    result = verify(root)
    assert result.exit_code == 0
    assert "D606" in result.output


def test_a_terminal_shows_how_far_the_sources_are_read(root):
    second = root / "content" / "articles" / "b.md"
    second.write_text(PAGE % hashlib.sha256(SEED).hexdigest(), encoding="utf-8")
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "dossierkit", "-C", root, "verify"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=end, env={**os.environ, "TERM": "xterm"}):
        os.close(end)
        shown = b""
        try:
            while read := os.read(terminal, 4096):
                shown += read
        except OSError:  # Linux says so that the other end is closed
            pass
    os.close(terminal)
    assert b"Reading sources" in shown
    assert b"2/2" in shown
