"""Of the files in content/ only those reach the site that a site serves, through every engine and in the preview.

Every word that must not be published begins with `zq`.
"""

from __future__ import annotations

import gzip
import re

import pytest
from tests.support.process import dossier, mkdocs

from dossierkit.build.preview import Preview

MKDOCS = """\
site_name: x
docs_dir: content
use_directory_urls: true
theme: {name: material, font: false, custom_dir: templates}
plugins: [dossier]
extra: {dossier: {files: ["*.xyz", "down/*", "*.markdown"]}}
"""
WAYS = {
    "fast": ("nav: [index.md]\n", [dossier, "build"]),
    "slow": ("", [mkdocs, "build"]),
    "properdocs": ("nav: [index.md]\n", [dossier, "build", "--engine", "properdocs"]),
    "zensical": ("nav: [index.md]\n", [dossier, "build", "--engine", "zensical"]),
}
HIDDEN = "---\ntitle: Zqtitle\nstatus: {}\n---\n\nZqbody.\n"
COPIED = {
    "articles/2016/picture.png",
    "data.csv",
    "more.xyz",
    "down/archive.zip",
    "robots.txt",
    "linked.csv",
    "again/data.csv",
    "own.css",
}
LEFT_OUT = {
    "articles/2016/draft.md": HIDDEN.format("draft"),
    "articles/2016/embargo.md": HIDDEN.format("published\nembargo: 2126-12-01T06:00Z"),
    "articles/2016/.embargo.md.swp": "Zqswap",
    "articles/2016/embargo.markdown": HIDDEN.format("published"),
    "articles/2016/capitals.MD": HIDDEN.format("published"),
    "capitals.MD": HIDDEN.format("published"),
    "articles/2016/notes.txt": "zqnotes",
    "notes.html": "<p>zqhtml</p>",
    "down/.zqhidden": "zqhidden",
    "draft.docx": "zqdocx",
    "LICENSE": "zqlicence",
    ".DS_Store": "zqstore",
    ".obsidian/zqconfig.json": "zqobsidian",
}
BACKUPS = ("embargo.md.orig", "embargo.md~", "embargo.md.bak", "embargo.md.swp", "embargo_LOCAL_12.md")

pytestmark = pytest.mark.engine


@pytest.fixture
def filled(repository, pixel):
    for path in sorted(COPIED - {"linked.csv", "again/data.csv", "own.css"}):
        repository.write(path, "served")
    (repository.content / "articles/2016/picture.png").write_bytes(pixel)
    for path, text in LEFT_OUT.items():
        repository.write(path, text)
    repository.write("index.md", "# Home\n")
    repository.write("tables/data.csv", "served")
    (repository.content / "linked.csv").symlink_to("tables/data.csv")
    (repository.content / "again").symlink_to("tables")
    theme = repository.root / "templates"
    theme.mkdir()
    for name in ("main.html~", "notes.docx", "main.html.orig"):
        (theme / name).write_text("zqtemplate", encoding="utf-8")
    (theme / "own.css").write_text("p {}", encoding="utf-8")
    return repository


def build(root, way):
    settings, (command, *arguments) = WAYS[way]
    (root / "mkdocs.yml").write_text(MKDOCS + settings, encoding="utf-8")
    return command(*arguments, cwd=root, SOURCE_DATE_EPOCH="1796104799", NO_MKDOCS_2_WARNING="1")


def leaks(site):
    for file in sorted(site.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            data = data.removeprefix(b"dk")
            data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
            if re.search(rb"zq[a-z]{3}", data.lower()) or "zq" in file.name.lower():
                yield file.relative_to(site).as_posix()


@pytest.mark.parametrize("way", WAYS)
def test_only_what_a_site_serves_is_copied(filled, way):
    done = build(filled.root, way)
    assert done.returncode == 0, done.stderr + done.stdout
    site = filled.root / "site"
    assert list(leaks(site)) == []
    assert {path for path in COPIED if (site / path).is_file()} == COPIED
    assert not any((site / path).exists() for path in LEFT_OUT)
    told = [line for line in (done.stderr + done.stdout).splitlines() if "D908" in line]
    for path in ("LICENSE", "articles/2016/notes.txt", "draft.docx", "notes.html", "capitals.MD"):
        assert sum(f"content/{path}:" in line for line in told) == 1, path


def linked_outside(filled, outside):
    (outside / "secret.png").write_text("zqsecret", encoding="utf-8")
    (filled.content / "picture.png").symlink_to(outside / "secret.png")


def linked_aside(filled, _outside):
    (filled.content / "down/arts").symlink_to("../articles")
    (filled.content / "down/draft.json").symlink_to("../articles/2016/draft.md")


def backed_up(filled, _outside):
    for name in BACKUPS:
        filled.write(f"articles/2016/{name}", HIDDEN.format("published"))


def marked(filled, _outside):
    text = "---\ntitle: A\n---\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n"
    filled.write("articles/2016/more.md", text)


UNSOUND = {
    linked_outside: ("D901 this link leads", 1),
    linked_aside: ("D901 this link would publish", 2),
    backed_up: ("D902 a backup", len(BACKUPS)),
    marked: ("D904 `", 3),
}
"""What stops a build, each by itself; with what is told of it, so many times."""


TOGETHER = ([linked_outside, linked_aside, backed_up], [marked])
"""Those that are told at once: markers are found where the pages are read, after files that may not be there."""


@pytest.mark.parametrize(
    ("way", "wrong"),
    [
        *(("fast", [one]) for one in UNSOUND),
        *((way, wrong) for way in WAYS if way != "fast" for wrong in TOGETHER),
    ],
    ids=lambda given: given if isinstance(given, str) else given[-1].__name__,
)
def test_nothing_is_built_of_a_repository_that_is_not_sound(filled, way, wrong, tmp_path_factory):
    """Every way asks the same of a repository: one by one by the fastest, together by the others."""
    for one in wrong:
        one(filled, tmp_path_factory.mktemp("outside"))
    done = build(filled.root, way)
    assert done.returncode == 1
    said = done.stderr + done.stdout
    assert {one: said.count(UNSOUND[one][0]) for one in wrong} == {one: UNSOUND[one][1] for one in wrong}
    assert "Traceback" not in said
    assert not (filled.root / "site").exists() or list(leaks(filled.root / "site")) == []


def test_a_preview_warns_of_backups_and_shows_none_of_them(filled, caplog):
    for name in BACKUPS:
        filled.write(f"articles/2016/{name}", HIDDEN.format("published"))
    (filled.root / "mkdocs.yml").write_text(MKDOCS + "nav: [index.md]\n", encoding="utf-8")
    preview = Preview(filled.root)
    try:
        preview.build()
        for path in COPIED:
            assert preview.answer(path).status == 200, path
        for path in (*LEFT_OUT, *(f"articles/2016/{name}" for name in BACKUPS), "main.html~", "notes.docx"):
            assert preview.answer(path).status == 404, path
        assert sum("D902" in one.getMessage() for one in caplog.records) == len(BACKUPS)
    finally:
        preview.close()


def test_a_preview_stands_still_while_mkdocs_yml_holds_conflict_markers(filled):
    configuration = filled.root / "mkdocs.yml"
    configuration.write_text(MKDOCS + "nav: [index.md]\n", encoding="utf-8")
    preview = Preview(filled.root)
    try:
        preview.build()
        configuration.write_text("<<<<<<< HEAD\n" + MKDOCS, encoding="utf-8")
        preview.build(configured=True)
        shown = preview.answer("").data.decode()
        assert "mkdocs.yml:1:1: D904" in shown
    finally:
        preview.close()
