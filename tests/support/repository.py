"""A small dossier repository on disk, that each test fills as it needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # a test that compiles nothing loads none of it
    from dossierkit.build.bytecode import Bytecode
    from dossierkit.model.searched import SearchRecord
    from dossierkit.site.compiled import Compiled
    from dossierkit.site.interface import CompiledPage, Parts

ARTICLE = """\
    ---
    title: Talks open in Geneva
    date: 2016-02-01
    lang: en
    source: {publisher: The Paper}
    status: published
    entities:
      - jane-doe
      - geneva
    timeline:
      - {date: 2016-01-29, text: Talks open, quote: opened on Friday, when: on Friday}
    ---

    The talks opened on Friday. Jane Doe came to Geneva & spoke.
    """
PERSON = """\
    ---
    title: Jane Doe
    type: person
    weak_aliases: [Doe]
    status: reviewed
    ---
    """
PLACE = """\
    ---
    title: Geneva
    type: place
    aliases: [{name: جنيف, lang: ar}]
    same_as: ["wikidata:Q71"]
    location: {lat: 46.2, lon: 6.15, precision: city}
    status: reviewed
    ---
    """
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def contents(root: Path) -> dict[str, bytes]:
    """All files below a folder, by their paths from it."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def snapshot(root: Path) -> dict[str, bytes]:
    """The files below content/ and seeds/, by their paths from the repository."""
    return {
        f"{folder}/{path}": data
        for folder in ("content", "seeds")
        for path, data in contents(root / folder).items()
    }


def searched(compiled: Compiled) -> tuple[SearchRecord, ...]:
    """What the search of a compiled site finds."""
    from dossierkit.site.search.records import findable  # noqa: PLC0415 -- as above

    return tuple(one.make() for one in findable(compiled.frame))


def assert_same(ours: dict[str, bytes], theirs: dict[str, bytes]) -> None:
    """That two sites have the same files, with the first path at which they differ."""
    assert ours.keys() == theirs.keys()
    for path, data in theirs.items():
        assert ours[path] == data, path


@dataclass(frozen=True)
class Repository:
    """Writes pages below content/ (dedented) and compiles them."""

    root: Path
    templates: Bytecode | None = None

    @property
    def content(self) -> Path:
        return self.root / "content"

    def write(self, path: str, text: str) -> Path:
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text), encoding="utf-8")
        return target

    def compile(self, **settings) -> Compiled:
        from dossierkit.build.load_site import SiteSettings, compiled  # noqa: PLC0415 -- heavy

        extensions = settings.pop("extensions", ("tables", "attr_list"))
        told = SiteSettings(docs=self.content, extensions=extensions, **settings)
        return compiled(told, bytecode=self.templates)

    def files(self, **settings) -> dict[str, Parts | bytes]:
        """What is no page, by path, with what is in those that are only made when they are asked for."""
        compiled = self.compile(**settings)
        made = ((path, parts) for one in compiled.written for path, parts in one.make())
        return {**compiled.files, **{path: whole(parts) for path, parts in made}}

    def page(self, path: str, **settings) -> CompiledPage:
        return next(page for page in self.compile(**settings).pages if page.path == path)


def whole(parts: Parts | bytes) -> Parts | bytes:
    """A text that is made piece by piece, as one."""
    from dossierkit.site.pieces import Pieces  # noqa: PLC0415 -- heavy

    return "".join(parts) if isinstance(parts, Pieces) else parts


@pytest.fixture(scope="session")
def templates(once) -> Bytecode:
    """Templates are compiled once for all tests, as for all builds: they are nine tenths of compiling a small site."""
    from dossierkit.build.bytecode import Bytecode  # noqa: PLC0415 -- heavy

    return Bytecode(once("templates", lambda _: None), b"tests", "")


@pytest.fixture
def empty(tmp_path, templates) -> Repository:
    (tmp_path / "content").mkdir()
    return Repository(tmp_path, templates)


@pytest.fixture(scope="session")
def furnish(templates):
    """`furnish(root)`: a repository with one article that names a person and a place, in a new folder."""

    def furnished(root: Path) -> Repository:
        repository = Repository(root, templates)
        repository.write("articles/2016/talks.md", ARTICLE)
        repository.write("entities/jane-doe.md", PERSON)
        repository.write("entities/geneva.md", PLACE)
        return repository

    return furnished


@pytest.fixture
def repository(tmp_path, furnish) -> Repository:
    """One article that names a person and a place."""
    return furnish(tmp_path)


@pytest.fixture(scope="session")
def pixel() -> bytes:
    """A picture of one pixel, as PNG."""
    return PIXEL
