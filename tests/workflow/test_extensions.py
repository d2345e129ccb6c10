"""What another package brings: the package of docs/how-to/extend.md, built as a wheel and put where packages are."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.support import process

from dossierkit import __version__
from dossierkit.extract import languages

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "extend.md"
SBV = "0:00:01.000,0:00:04.000\nAda Moreau opened the bridge.\n\n0:01:02.000,0:01:04.000\nNobody <i>else</i> spoke.\n"
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
    config = "site_name: T\nsite_url: https://site.test/\ntheme: {name: material}\ndocs_dir: content\nplugins: [dossier]\nnav: [index.md]\n"
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    put(root, publisher="publisher: The Paper, ")
    return root


def put(repo: Path, title: str = "A bridge opens", publisher: str = "") -> None:
    text = ARTICLE.format(title=title, publisher=publisher)
    (repo / "content/articles/2016/bridge.md").write_text(text, encoding="utf-8")


def dossier(
    repo: Path, path: Path | None, *words: object, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command where the packages of a folder are installed too."""
    return process.dossier(*words, cwd=repo, **environment, **({"PYTHONPATH": str(path)} if path else {}))


def test_a_format_of_another_package_is_added_and_updated(installed, repo, tmp_path):
    (tmp_path / "The opening.sbv").write_text(SBV, encoding="utf-8")
    without = dossier(repo, None, "add", tmp_path / "The opening.sbv")
    assert without.returncode == 2
    assert "is of the kind `.sbv`, which nothing here reads: install the package that does" in without.stderr
    done = dossier(repo, installed, "add", tmp_path / "The opening.sbv")
    assert done.returncode == 0, done.stderr
    page = (repo / "content/articles/undated/the-opening.md").read_text("utf-8")
    assert 'pages: "0:00@0 0:01@25"' in page
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


def test_a_language_is_one_folder_among_those_that_are_built_in(repo, tmp_path, monkeypatch):
    folder = tmp_path / "languages/sv"
    for name, text in documented().items():
        if name.startswith("dossier_swedish/"):
            (folder / Path(name).name).parent.mkdir(parents=True, exist_ok=True)
            (folder / Path(name).name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(folder.parent)])
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


def bring(folder: Path, points: str, module: str, more: str = "") -> None:
    """Install a package `wrong` with one module into a folder. `more`: further lines of its metadata."""
    about = folder / "wrong-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: wrong\nVersion: 1.0\n{more}")
    (about / "entry_points.txt").write_text(points)
    (folder / "wrong.py").write_text(module)


WRONG = {
    "english": ('"dossierkit.languages"]\nen = "wrong:NAME"', "brings `en`, which is built in"),
    "code": ('"dossierkit.checks"]\nD201 = "wrong:CHECK"', "brings `D201`, which is built in"),
    "own code": (
        '"dossierkit.checks"]\nD999 = "wrong:CHECK"',
        "the check `D999` of wrong 1.0 (wrong:CHECK) has no code of its own",
    ),
    "kind": ('"dossierkit.checks"]\nNEWS1 = "wrong:NAME"', "is to be Check and is str"),
    "format": ('"dossierkit.exports"]\ncsv = "wrong:NAME"', "brings `csv`, which is built in"),
    "text": ('"dossierkit.readers"]\ntxt = "wrong:NAME"', "brings `txt`, which is built in"),
    "pdf": ('"dossierkit.readers"]\npdf = "wrong:NAME"', "brings `pdf`, which is built in"),
    "reader": ('"dossierkit.readers"]\nbrk = "wrong:NAME"', "has no `read`"),
    "import": (
        '"dossierkit.readers"]\nbrk = "missing:READER"',
        "the reader `brk` of wrong 1.0 (missing:READER) cannot be loaded (ModuleNotFoundError",
    ),
    "value": (
        '"dossierkit.checks"]\nNEWS1 = "wrong:MISSING"',
        "the check `NEWS1` of wrong 1.0 (wrong:MISSING) cannot be loaded (AttributeError",
    ),
    "severity": (
        '"dossierkit.checks"]\nNEWS1 = "wrong:FATAL"',
        "the check `NEWS1` of wrong 1.0 (wrong:FATAL) has `severity='fatal'`, and expected is one of `error`, `warning`, `info`",
    ),
    "subject": (
        '"dossierkit.checks"]\nNEWS1 = "wrong:PAGES"',
        "has `on='pages'`, and expected is one of `page`,",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_used_of_a_package_is_said_and_nothing_is_made(case, repo, tmp_path):
    points, message = WRONG[case]
    module = (
        'from dossierkit.check.codes import Check\nNAME = "x"\nCHECK = Check("t", "t", lambda page: [])\n'
    )
    module += (
        "FATAL, PAGES = CHECK.__class__('t', 't', id, 'fatal'), CHECK.__class__('t', 't', id, on='pages')\n"
    )
    bring(tmp_path, f"[{points.replace(chr(34), '')}\n", module)
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


FAILING = """
from dossierkit.check.codes import Check
from dossierkit.export.formats import ExportFormat
from dossierkit.extract.languages import Language
from dossierkit.site.cite.styles import CitationStyle

def fails(*given):
    raise KeyError("quarter")

def later(data):
    yield "a line"
    fails()

class READER:
    read = fails

CHECK = Check("t", "t", fails)
STYLE = CitationStyle("T", fails)
LANGUAGE = Language("dossierkit.extract.languages.fr", fails)
AT_ONCE = ExportFormat("brk", "T", "brk.txt", ("S", "https://example.org"), (), fails)
LATER = ExportFormat("brk", "T", "brk.txt", ("S", "https://example.org"), (), lambda data: {"brk.txt": later(data)})
"""
PLACE = "content/articles/2016/bridge.md: "
FAILURES = {
    "checks": ("NEWS1 = wrong:CHECK", [["check"]], PLACE, "the check `NEWS1`"),
    "citations": (
        "one = wrong:STYLE",
        [["build"]],
        "https://site.test/articles/2016/bridge/: ",
        "the citation style `one`",
    ),
    "readers": ("brk = wrong:READER", [["add", "in.brk"]], "D409 ", "the reader `brk`"),
    "languages": ("sv = wrong:LANGUAGE", [["add", "in.txt", "--lang", "sv"]], "D409 ", "the language `sv`"),
    "exports": ("brk = wrong:AT_ONCE", [["build"], ["export", "brk"]], "", "the export `brk`"),
    "exports ": ("brk = wrong:LATER", [["build"], ["export", "brk"]], "", "the export `brk`"),
}


@pytest.mark.parametrize("group", FAILURES)
def test_a_failure_of_a_package_is_told_in_one_way_wherever_it_is(group, repo, tmp_path):
    point, commands, place, what = FAILURES[group]
    bring(tmp_path, f"[dossierkit.{group.strip()}]\n{point}\n", FAILING)
    (repo / "in.txt").write_text("En titel\n\nStatsminister Ada Moreau talade i Malmö.\n", encoding="utf-8")
    (repo / "in.brk").write_bytes(b"PK\x03\x04")  # no text, but the business of whoever reads `.brk`
    value = point.rpartition(" ")[2]
    told = f"{place}{what} of wrong 1.0 ({value}) failed with KeyError: 'quarter': report it to its makers"
    for command in commands:
        words = [repo / word if word.startswith("in.") else word for word in command]
        done = dossier(repo, tmp_path, *words)
        assert done.returncode != 0
        assert told in done.stderr
        assert "DOSSIER_TRACE=1" in done.stderr
        assert "Traceback" not in done.stderr
        assert not list(repo.glob("content/articles/undated/*"))
    traced = dossier(repo, tmp_path, *words, DOSSIER_TRACE="1")
    assert "Traceback" in traced.stderr
    assert "wrong.py" in traced.stderr


UNUSABLE = """
import sys
from dossierkit.extract.languages import Language
from dossierkit.model.finding import Mention
from dossierkit.site.cite.styles import CitationStyle

def leaves(*given):
    sys.exit(0)

LEAVES = Language("dossierkit.extract.languages.fr", leaves)

class READER:
    read = split = lambda given: [("in.brk", b"bytes")]

STYLE = CitationStyle("T", lambda reference, t: None)
NONE = Language("dossierkit.extract.languages.fr", lambda *given: None)
FAR = Language("dossierkit.extract.languages.fr", lambda *given: [Mention(0, 9999, "Ada", "person")])
TWICE = Language("dossierkit.extract.languages.fr", lambda *given: 2 * [Mention(0, 2, "En", "person")])
ROBOT = Language("dossierkit.extract.languages.fr", lambda *given: [Mention(0, 2, "En", "robot")])
FILES = Language("words")
"""
ADDS = ["add", "in.txt", "--lang", "sv"]
USELESS = {
    "READER": ("dossierkit.readers]\nbrk", ["add", "in.brk"], "splits a file into tuple and not Part"),
    "STYLE": ("dossierkit.citations]\none", ["build"], "gives NoneType and not a text"),
    "NONE": ("dossierkit.languages]\nsv", ADDS, "failed with TypeError"),
    "LEAVES": ("dossierkit.languages]\nsv", ADDS, "failed with SystemExit: 0"),
    "FAR": (
        "dossierkit.languages]\nsv",
        ADDS,
        "finds “Ada” from 0 to 9999, where expected is a span after 0",
    ),
    "TWICE": ("dossierkit.languages]\nsv", ADDS, "finds “En” from 0 to 2, where expected is a span after 2"),
    "ROBOT": (
        "dossierkit.languages]\nsv",
        ADDS,
        "finds “En” of the type `robot`: expected is one of person,",
    ),
}


@pytest.mark.parametrize("value", USELESS)
def test_a_result_that_cannot_be_used_is_told_as_the_packages_error(value, repo, tmp_path):
    point, command, what = USELESS[value]
    bring(tmp_path, f"[{point} = wrong:{value}\n", UNUSABLE)
    assert f"of wrong 1.0 (wrong:{value}) {what}" in failed(repo, tmp_path, command)


def failed(repo: Path, packages: Path, command: list[str]) -> str:
    """What a command says that cannot go on, and writes no page."""
    for name in ("in.txt", "in.brk"):
        (repo / name).write_text("En titel\n\nAda Moreau talade den 3 maj 2016 i Malmö.\n", encoding="utf-8")
    done = dossier(repo, packages, *(repo / word if word.startswith("in.") else word for word in command))
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert not list(repo.glob("content/articles/undated/*"))
    return done.stderr


FILES = {
    "names.yml": ["known: [Riksdagen", "known: 5"],
    "places.yml": ["places: [Malmö]"],
    "dates.yml": ["rules: 5", "{shared: true, rules: [{match: '(', means: date}]}"],
    "verbs.yml": ["past: 5", "{past: [var], birth: 5}"],
    "clauses.yml": ["articles: 5"],
}


@pytest.mark.parametrize(("file", "text"), [(file, text) for file, texts in FILES.items() for text in texts])
def test_a_file_of_a_language_that_cannot_be_used_is_told_as_the_packages_error(file, text, repo, tmp_path):
    folder(tmp_path, {"verbs.yml": "past: [talade]", "clauses.yml": "asides: []", file: text})
    assert "the language `sv` of wrong 1.0 (wrong:FILES) failed with" in failed(repo, tmp_path, ADDS)


def test_a_language_adds_to_the_shared_grammar_of_dates_only_what_it_has(repo, tmp_path):
    folder(tmp_path, {"dates.yml": "{shared: true, words: {shift: {förra: -1}}}"})
    (repo / "in.txt").write_text("En titel\n\nAda Moreau talade den 3 maj 2016.\n", encoding="utf-8")
    done = dossier(repo, tmp_path, *ADDS[:1], repo / "in.txt", *ADDS[2:])
    assert done.returncode == 0, done.stderr
    (page,) = repo.glob("content/articles/undated/*.md")
    assert "2016-05-03" in page.read_text("utf-8")


def folder(packages: Path, files: dict[str, str]) -> None:
    """Install the language `sv` with these files."""
    bring(packages, "[dossierkit.languages]\nsv = wrong:FILES\n", UNUSABLE)
    for name, text in {"__init__.py": "", **files}.items():
        (packages / "words").mkdir(exist_ok=True)
        (packages / "words" / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("export", ["AT_ONCE", "LATER"])
def test_a_build_by_mkdocs_itself_tells_a_failure_of_a_package_too(export, repo, tmp_path):
    bring(tmp_path, f"[dossierkit.exports]\nbrk = wrong:{export}\n", FAILING)
    done = process.mkdocs("build", cwd=repo, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert f"the export `brk` of wrong 1.0 (wrong:{export}) failed with KeyError: 'quarter'" in done.stderr
    assert "Traceback" not in done.stderr


EXPORT = """
from dossierkit.export.formats import ExportFormat
EXPORT = ExportFormat("brk", "T", {file!r}, ("S", "https://example.org"), (), lambda data: {files})
"""
NAMES = {
    "out": ("", {"../../../evil.html": "x"}, "names a file `../../../evil.html`"),
    "root": ("", {"/evil.html": "x"}, "names a file `/evil.html`"),
    "backslash": ("", {"..\\..\\evil.html": "x"}, "names a file `..\\..\\evil.html`"),
    "drive": ("", {"C:evil.html": "x"}, "names a file `C:evil.html`"),
    "hidden": ("", {"a/.git/config": "x"}, "names a file `a/.git/config`"),
    "number": ("", {1: "x"}, "names a file `1`"),
    "case": ("", {"a.txt": "x", "A.txt": "x"}, "names two files that differ in case only"),
    "page": ("index.html", {"index.html": "x"}, "is to be written to `index.html`"),
    "twin": ("Index.md", {"Index.md": "x"}, "is to be written to `Index.md`"),
    "crate": ("ro-crate-metadata.json", {"ro-crate-metadata.json": "x"}, "is to be written to `ro-crate-metadata.json`"),
    "up": ("../evil.html", {"../evil.html": "x"}, "is to be written to `../evil.html`"),
    "taken": ("CSV", {"CSV": "x"}, "writes `CSV`, which another format does"),
    "another": ("brk.txt", {"other.txt": "x"}, "is the file `brk.txt` by its declaration, and makes `other.txt`"),
    "none": ("brk.txt", {}, "is the file `brk.txt` by its declaration, and makes none"),
    "bytes": ("brk.txt", {"brk.txt": [b"x"]}, "makes `brk.txt` of bytes, and expected are texts"),
}  # fmt: skip


@pytest.mark.parametrize("case", NAMES)
def test_an_export_writes_only_what_it_declares_and_inside_its_place(case, repo, tmp_path):
    file, files, message = NAMES[case]
    bring(tmp_path, "[dossierkit.exports]\nbrk = wrong:EXPORT\n", EXPORT.format(file=file, files=files))
    for command in ([["build"]] if case == "out" else []) + [["export", "brk", "--out", tmp_path / "out"]]:
        done = dossier(repo, tmp_path, *command)
        assert done.returncode != 0
        assert f"the export `brk` of wrong 1.0 (wrong:EXPORT) {message}" in done.stderr
        assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("evil*"))


def test_a_file_of_an_export_is_a_text_pieces_of_a_text_or_bytes(repo, tmp_path):
    contents = {"text": "été\n", "bytes": "été\n".encode(), "pieces": ["ét", "é\n"]}
    module = "from dossierkit.export.formats import ExportFormat\n" + "".join(
        f'{name} = ExportFormat({name!r}, "T", "{name}.txt", ("S", "https://example.org"), (), lambda data: {{"{name}.txt": {content!r}}})\n'
        for name, content in contents.items()
    )
    points = "".join(f"{name} = wrong:{name}\n" for name in contents)
    bring(tmp_path, f"[dossierkit.exports]\n{points}", module)
    for name in contents:
        assert dossier(repo, tmp_path, "export", name).stdout == "été\n"
    built = dossier(repo, tmp_path, "build", "--strict")
    assert built.returncode == 0, built.stderr
    for name in contents:
        assert (repo / f"site/data/{name}.txt").read_text("utf-8") == "été\n"


@pytest.mark.parametrize("needs", ["<0.1", "!={0}", "==99.*"])
def test_a_package_for_another_version_of_dossierkit_is_refused_before_it_is_loaded(needs, repo, tmp_path):
    module = "raise RuntimeError('loaded')\n"
    needs = needs.format(__version__)
    bring(
        tmp_path, "[dossierkit.checks]\nNEWS1 = wrong:CHECK\n", module, f"Requires-Dist: dossierkit{needs}\n"
    )
    done = dossier(repo, tmp_path, "check")
    assert done.returncode == 2
    wanted = f"wrong 1.0 (wrong:CHECK) is for Dossierkit {needs}, and this is {__version__}: install a version of it"
    assert wanted in done.stderr
    assert "loaded" not in done.stderr


def test_a_package_for_this_version_is_used(repo, tmp_path):
    module = "from dossierkit.check.codes import Check\nCHECK = Check('t', 't', lambda article: [])\n"
    needs = f"Requires-Dist: hatchling; extra == 'x'\nRequires-Dist: dossierkit>=0.1,<={__version__}\n"
    bring(tmp_path, "[dossierkit.checks]\nNEWS1 = wrong:CHECK\n", module, needs)
    done = dossier(repo, tmp_path, "check")
    assert done.returncode == 0, done.stderr
