"""What another package brings: the package of docs/how-to/extend.md, built as a wheel and put where packages are."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "extend.md"
SRT = "1\n00:00:01,000 --> 00:00:04,000\nAda Moreau opened the bridge.\n\n2\n00:01:02,000 --> 00:01:04,000\nNobody <i>else</i> spoke.\n"
ARTICLE = """\
---
title: "{title}"
date: 2016-05-30
status: published
source: {{{publisher}url: https://example.org/bridge}}
timeline:
  - {{date: 2016-05-29, text: "The bridge <opens>", quote: "opened the bridge"}}
---
The mayor opened the bridge on Sunday.
"""


def packed(folder: Path, files: dict[str, str]) -> Path:
    """The folder that a package was installed to, from its wheel."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(folder / "site")
    return folder / "site"


def documented() -> dict[str, str]:
    """The package of the page: each file by the name that the words before it say, and pyproject.toml."""
    text = PAGE.read_text("utf-8")
    modules = dict(re.findall(r"`(dossier_[\w/.]+)`:\n\n```\w+\n(.*?)```", text, re.DOTALL))
    (project,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    return {**modules, "pyproject.toml": project}


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    pytest.importorskip("hatchling")
    return packed(tmp_path_factory.mktemp("newsroom"), documented())


@pytest.fixture
def repo(tmp_path) -> Path:
    root = tmp_path / "repo"
    for name in ("seeds", "content/articles/2016", "content/entities", "content/dossiers"):
        (root / name).mkdir(parents=True)
    config = "site_name: T\nsite_url: https://site.test/\ntheme: {name: material}\ndocs_dir: content\nplugins: [dossier]\n"
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    put(root, publisher="publisher: The Paper, ")
    return root


def put(repo: Path, title: str = "A bridge opens", publisher: str = "") -> None:
    text = ARTICLE.format(title=title, publisher=publisher)
    (repo / "content/articles/2016/bridge.md").write_text(text, encoding="utf-8")


def dossier(repo: Path, path: Path | None, *words: object) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
    command = [sys.executable, "-m", "dossierkit", "-C", str(repo), *map(str, words)]
    return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_format_of_another_package_is_added_and_updated(installed, repo, tmp_path):
    (tmp_path / "The opening.srt").write_text(SRT, encoding="utf-8")
    without = dossier(repo, None, "add", tmp_path / "The opening.srt")
    assert without.returncode == 2
    assert "files of the kind `.srt` are not read" in without.stderr
    done = dossier(repo, installed, "add", tmp_path / "The opening.srt")
    assert done.returncode == 0, done.stderr
    page = (repo / "content/articles/undated/the-opening.md").read_text("utf-8")
    assert 'pages: "00:00@0 00:01@25"' in page
    assert page.endswith("Ada Moreau opened the bridge.\n\nNobody &lt;i>else&lt;/i> spoke.\n")
    assert dossier(repo, installed, "update").returncode == 0
    assert (repo / "content/articles/undated/the-opening.md").read_text("utf-8") == page


def test_an_export_and_a_citation_style_of_another_package_are_on_the_site(installed, repo):
    built = dossier(repo, installed, "build", "--strict")
    assert built.returncode == 0, built.stderr
    wanted = (
        "* 2016-05-29: <nowiki>The bridge &lt;opens></nowiki><ref><nowiki>A bridge opens</nowiki></ref>\n"
    )
    assert (repo / "site/data/timeline.wiki").read_text("utf-8") == wanted
    assert "The timeline in wikitext" in (repo / "site/data/index.html").read_text("utf-8")
    article = (repo / "site/articles/2016/bridge/index.html").read_text("utf-8")
    assert "The Paper (2016) A bridge opens. https://example.org/bridge" in article
    assert dossier(repo, installed, "export", "wikitext").stdout == wanted
    assert dossier(repo, None, "export", "wikitext").returncode == 2
    assert dossier(repo, None, "build", "--strict").returncode == 0
    assert not (repo / "site/data/timeline.wiki").exists()
    again = (repo / "site/articles/2016/bridge/index.html").read_text("utf-8")
    assert "Harvard" not in again, "what was kept was made with the package"


def test_a_check_of_another_package_is_reported_selected_described_and_let_pass(installed, repo):
    put(repo)
    found = dossier(repo, installed, "check")
    line = "content/articles/2016/bridge.md:5:9: NEWS1 no publisher is named: write it under `source`"
    assert found.stdout.splitlines()[0] == line
    assert "0 errors, 1 warning" in found.stderr
    assert "NEWS1" in dossier(repo, installed, "check", "--select", "NEWS1").stdout
    assert "NEWS1" not in dossier(repo, installed, "check", "--ignore", "NEWS").stdout
    (run,) = json.loads(dossier(repo, installed, "check", "--format", "sarif").stdout)["runs"]
    rule = next(one for one in run["tool"]["driver"]["rules"] if one["id"] == "NEWS1")
    assert rule["shortDescription"]["text"] == "An article without a publisher"
    assert rule["defaultConfiguration"]["level"] == "warning"
    assert "NEWS1" not in dossier(repo, None, "check").stdout, "what was kept was found with the package"
    page = repo / "content/articles/2016/bridge.md"
    waiver = "# dossier: ignore NEWS1 -- it is a leaflet\nsource:"
    page.write_text(page.read_text("utf-8").replace("source:", waiver), encoding="utf-8")
    passed = dossier(repo, installed, "check")
    assert "NEWS1" not in passed.stdout
    assert "1 ignored with a reason" in passed.stderr


SWEDISH = {
    "id": "1",
    "lang": "sv",
    "published": "1961-09-19",
    "text": "Den 18 september 1961 omkom generalsekreterare Dag Hammarskjöld nära Ndola. Han föddes i Jönköping.",
}


def extracted(repo: Path, path: Path | None) -> dict[str, list[dict[str, object]]]:
    (repo / "in.jsonl").write_text(json.dumps(SWEDISH), encoding="utf-8")
    done = dossier(repo, path, "extract", "--jsonl", repo / "in.jsonl", "--out", repo / "out.jsonl")
    assert done.returncode == 0, done.stderr
    return json.loads((repo / "out.jsonl").read_text("utf-8"))


def names_in(found: dict[str, list[dict[str, object]]]) -> list[tuple[object, object]]:
    return [(one["text"], one["type"]) for one in found["entities"]]


NAMED = [("Dag Hammarskjöld", "person"), ("Jönköping", "place")]


def test_a_language_of_another_package_is_extracted_by_its_rules(installed, repo):
    found = extracted(repo, installed)
    assert names_in(found) == NAMED
    assert [one["edtf"] for one in found["timexes"]] == ["1961-09-18"]
    assert names_in(extracted(repo, None)) != NAMED, "the rules add nothing to what the network finds"


def test_a_language_is_one_folder_among_those_that_are_built_in(repo, tmp_path):
    folder = tmp_path / "languages/sv"
    for name, text in documented().items():
        if name.startswith("dossier_swedish/"):
            (folder / Path(name).name).parent.mkdir(parents=True, exist_ok=True)
            (folder / Path(name).name).write_text(text, encoding="utf-8")
    added = f"import dossierkit.extract.languages as found\nfound.__path__.append({str(folder.parent)!r})\n"
    (tmp_path / "sitecustomize.py").write_text(added, encoding="utf-8")
    assert names_in(extracted(repo, tmp_path)) == NAMED


def test_findings_are_not_taken_from_before_a_language_came(installed, repo):
    source = repo / "ndola.txt"
    source.write_text(f"Ndola\n\n{SWEDISH['text']}\n", encoding="utf-8")
    added = dossier(repo, None, "add", source, "--lang", "sv", "--date", "1961-09-19")
    assert added.returncode == 0, added.stderr
    proposal = repo / "seeds/ndola.suggested.yml"
    assert "after the title" not in proposal.read_text("utf-8")
    updated = dossier(repo, installed, "update")
    assert updated.returncode == 0, updated.stderr
    assert "after the title “generalsekreterare”" in proposal.read_text("utf-8")


WRONG = {
    "english": ('"dossierkit.languages"]\nen = "wrong:NAME"', "brings `en`, which is built in"),
    "code": ('"dossierkit.checks"]\nD201 = "wrong:CHECK"', "brings `D201`, which is built in"),
    "own code": ('"dossierkit.checks"]\nD999 = "wrong:CHECK"', "the check `D999` has no code of its own"),
    "kind": ('"dossierkit.checks"]\nNEWS1 = "wrong:NAME"', "is to be Check and is str"),
    "failing": ('"dossierkit.checks"]\nNEWS1 = "wrong:CHECK"', "the check NEWS1 failed: ZeroDivisionError"),
    "format": ('"dossierkit.exports"]\ncsv = "wrong:NAME"', "brings `csv`, which is built in"),
    "text": ('"dossierkit.readers"]\ntxt = "wrong:NAME"', "brings `txt`, which is built in"),
    "pdf": ('"dossierkit.readers"]\npdf = "wrong:NAME"', "brings `pdf`, which is built in"),
    "reader": ('"dossierkit.readers"]\nbrk = "wrong:NAME"', "has no `read`"),
    "import": (
        '"dossierkit.readers"]\nbrk = "missing:READER"',
        "of the package wrong cannot be loaded (ModuleNotFoundError",
    ),
    "value": (
        '"dossierkit.checks"]\nNEWS1 = "wrong:MISSING"',
        "of the package wrong cannot be loaded (AttributeError",
    ),
    "stopping": ('"dossierkit.checks"]\nNEWS1 = "wrong:STOPS"', "the check NEWS1 failed: RuntimeError"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_used_of_a_package_is_said_and_nothing_is_made(case, repo, tmp_path):
    points, message = WRONG[case]
    folder = tmp_path / "wrong-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: wrong\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(f"[{points.replace(chr(34), '', 2)}\n".replace('"', ""))
    module = 'from dossierkit.check.codes import Check\nNAME = "x"\nCHECK = Check("t", "t", lambda page: [1 / 0])\n'
    module += "def stop(page):\n    raise RuntimeError\nSTOPS = Check('t', 't', stop)\n"
    (tmp_path / "wrong.py").write_text(module)
    (repo / "in.jsonl").write_text('{"id": "1", "text": "Nobody."}\n', encoding="utf-8")
    for name in ("in.txt", "in.brk"):
        (repo / name).write_text("A title\n\nNobody spoke.\n", encoding="utf-8")
    commands = {
        "format": ["build"],
        "text": ["add", repo / "in.txt"],
        "pdf": ["add", repo / "in.txt"],
        "reader": ["add", repo / "in.brk"],
        "import": ["add", repo / "in.brk"],
        "english": ["extract", "--jsonl", repo / "in.jsonl", "--out", repo / "out"],
    }
    done = dossier(repo, tmp_path, *commands.get(case, ["check"]))
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (repo / "site").exists()
