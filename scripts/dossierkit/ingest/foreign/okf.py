"""Open Knowledge Format bundles (version 0.2, and what it shares with 0.1): passages that quote a source.

The format has no field for a quote. It attributes statements by footnotes whose labels are ids of `sources` (section
5.1). A block quotation that ends in such a footnote is taken for a quote of that source. The list item above it says
what it supports: an entry if a date comes first, a relation if it links to an entity in another entity's concept,
else an entity's name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import yaml

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.foreign import ForeignArticle, ForeignEntity, ForeignItem, ForeignReading
from dossierkit.text.data import TEXTS_LOADER, load

_RESERVED = frozenset({"index.md", "log.md"})
_UNDECIDED = "not reviewed"
_OPENS = "---\n"
_CLOSES = "\n---\n"
_MOST_HEAD = 200_000  # characters of front matter; deep nesting in more could take long to compose
_LISTED = 5
_ITEM = re.compile(r"\s{0,12}[*+-] ")
_QUOTED = re.compile(r"\s{0,12}> ?")
_HEADING = re.compile(r"#{1,6} ")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]{1,300})\]")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\\\[\]]){1,500})\]\(([^()\s]{1,1000})\)")
_DATED = re.compile(r"(?:`([^`\s]{4,80})`|\**(-?\d{4}(?:-\d{2}){0,2})\**)\s{0,3}[:.,–—-]?\s{0,3}")
_CODE = re.compile(r"`([^`\s]{4,80})`")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEX = 64


@dataclass(frozen=True, slots=True)
class _Concept:
    """A concept file. `first`: the line on which `body` begins."""

    path: str
    head: Mapping[str, Any]
    body: str
    first: int

    def text(self, name: str) -> str:
        value = self.head.get(name)
        return " ".join(value.split()) if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.head.get(name)
        listed = value if isinstance(value, list) else [value]
        return tuple(" ".join(one.split()) for one in listed if isinstance(one, str) and one.strip())

    @property
    def sources(self) -> list[Mapping[str, Any]]:
        listed = self.head.get("sources")
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


@dataclass(frozen=True, slots=True)
class _Passage:
    """A block quotation: its words, its footnote's label, and the list item above with its line."""

    line: int
    words: str
    label: str
    item: str
    heading: str


def read(texts: Mapping[str, str], folder: str) -> ForeignReading:
    """`texts`: Markdown files by path in the bundle. Raises DiagnosticsError if none is a concept (D430)."""
    concepts: dict[str, _Concept] = {}
    strange: list[str] = []
    for path in sorted(texts):
        if posixpath.basename(path) not in _RESERVED:
            if (one := _concept(path, texts[path])) is None:
                strange.append(path)
            else:
                concepts[path] = one
    if not concepts:
        message = (
            "no Markdown file has front matter with a `type`: expected a bundle of the Open Knowledge Format"
        )
        raise DiagnosticsError([Diagnostic(folder, 0, 0, "D430", message)])
    bundle = _ForeignBundle(folder, concepts)
    items = tuple(item for concept in concepts.values() for item in bundle.items(concept))
    return ForeignReading(items, tuple(_notes(strange, bundle)))


def _notes(strange: list[str], bundle: _ForeignBundle) -> Iterator[str]:
    if strange:
        listed = ", ".join(strange[:_LISTED]) + (", …" if len(strange) > _LISTED else "")
        yield f"no concepts, since they have no front matter with a `type`: {listed}"
    if bundle.open:
        yield f"{bundle.open} that nobody has decided on there are left out"
    if bundle.unquoted:
        yield f"{bundle.unquoted} say what a source says without quoting it, and are left out"


class _ForeignBundle:
    """The statements of the concepts about their sources. `open`, `unquoted`: numbers of statements left out."""

    def __init__(self, folder: str, concepts: Mapping[str, _Concept]) -> None:
        self._folder, self._concepts = folder, concepts
        self._types = {word: type_ for type_, words in load("importing")["types"].items() for word in words}
        self.open = self.unquoted = 0

    def items(self, concept: _Concept) -> Iterator[ForeignItem]:
        sources = {source["id"]: source for source in concept.sources if isinstance(source.get("id"), str)}
        for passage in _passages(concept):
            if passage.label not in sources:
                continue
            if passage.heading.casefold() == _UNDECIDED:
                self.open += 1
            else:
                yield from self._said(concept, passage, self._article(concept, sources[passage.label]))
        self.unquoted += _unquoted(concept, sources)

    def _said(self, concept: _Concept, passage: _Passage, article: ForeignArticle) -> Iterator[ForeignItem]:
        dated = _DATED.match(passage.item)
        rest = passage.item[dated.end() :] if dated else passage.item
        named = [one for one in self._linked(concept, rest) if one[1].type]
        me = self._entity(concept)
        where = (f"{self._folder}/{concept.path}", passage.line)
        if dated:
            about = dict.fromkeys(entity for _, entity in named)
            text = _plain(rest.partition("\n")[0])
            date = dated[1] or dated[2]
            yield ForeignItem(*where, "entry", article, passage.words, text, date, tuple(about))
        elif me.type and named:
            first, other = named[0]
            text, code = _plain(rest[:first]).rstrip(":").strip(), _CODE.search(rest, first)
            date = code[1] if code else ""
            yield ForeignItem(*where, "relation", article, passage.words, text, date, (me, other))
        else:
            for one in dict.fromkeys([me] if me.type else [entity for _, entity in named]):
                yield ForeignItem(*where, "entity", article, passage.words, entities=(one,))

    def _linked(self, concept: _Concept, text: str) -> list[tuple[int, ForeignEntity]]:
        """The concepts linked to, each with the offset of its link."""
        found = ((match.start(), self._at(concept, match[2])) for match in _LINK.finditer(text))
        return [(at, self._entity(one)) for at, one in found if one is not None]

    def _at(self, concept: _Concept, address: str) -> _Concept | None:
        """The concept at a path from the bundle's root, else from the concept's folder."""
        path = unquote(address.partition("#")[0])
        if not path.startswith("/"):
            path = posixpath.join("/", posixpath.dirname(concept.path), path)
        return self._concepts.get(posixpath.normpath(path).lstrip("/"))

    def _entity(self, concept: _Concept) -> ForeignEntity:
        type_ = self._types.get(concept.text("type").casefold(), "")
        name = posixpath.basename(concept.path).removesuffix(".md")
        return ForeignEntity(concept.text("title") or name, type_, concept.texts("same_as"))

    def _article(self, concept: _Concept, source: Mapping[str, Any]) -> ForeignArticle:
        """The article of a source: its address, or if it is a concept, that concept's address and sources."""
        resource = source.get("resource")
        address = resource if isinstance(resource, str) else ""
        other = None if "://" in address else self._at(concept, address)
        if other is None:
            return _foreign_article(concept.text("published") if _only(concept) else "", [source])
        titled = {"title": other.text("title"), "resource": other.text("resource")}
        return _foreign_article(other.text("published"), [titled, *(other.sources if _only(other) else ())])


def _only(concept: _Concept) -> bool:
    """Whether the concept has a single source, so that its statements refer to it."""
    return len(concept.sources) == 1


def _foreign_article(published: str, said: list[Mapping[str, Any]]) -> ForeignArticle:
    def texts(name: str) -> list[str]:
        return [value for mapping in said if isinstance(value := mapping.get(name), str) and value.strip()]

    urls = tuple(text for name in ("resource", "archived") for text in texts(name) if "://" in text)
    hashes = (text.rpartition(":")[2].lower() for name in ("sha256", "resource") for text in texts(name))
    digest = next(
        (hash_ for hash_ in hashes if len(hash_) == _HEX and not set(hash_) - set("0123456789abcdef")), ""
    )
    return ForeignArticle(next(iter(texts("title")), ""), urls, digest, published)


def _concept(path: str, text: str) -> _Concept | None:
    """The concept, or None without readable front matter or a type."""
    text = text.replace("\r\n", "\n")
    end = text.find(_CLOSES, len(_OPENS) - 1)
    if not text.startswith(_OPENS) or end < 0 or end > _MOST_HEAD:
        return None
    written = text[len(_OPENS) : end + 1]
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(written, Loader=TEXTS_LOADER)):
            return None
        head = yaml.load(written, Loader=TEXTS_LOADER)  # noqa: S506 - it makes nothing but texts, lists and mappings
    except (yaml.YAMLError, RecursionError, TypeError):
        return None
    begins = end + len(_CLOSES)
    concept = _Concept(
        path, head if isinstance(head, dict) else {}, text[begins:], text.count("\n", 0, begins) + 1
    )
    return concept if concept.text("type") else None


def _passages(concept: _Concept) -> Iterator[_Passage]:
    """Block quotations that end in a footnote, in order."""
    item: list[str] = []
    quoted: list[str] = []
    heading, begins = "", 0
    for number, line in enumerate((*concept.body.split("\n"), ""), concept.first):
        if mark := _QUOTED.match(line):
            begins = begins if quoted else number
            quoted.append(line[mark.end() :])
            continue
        if quoted:
            if passage := _passage(begins, quoted, "\n".join(item), heading):
                yield passage
            quoted = []
        if _HEADING.match(line):
            heading, item = _plain(line.lstrip("#")), []
        elif mark := _ITEM.match(line):
            item = [line[mark.end() :]]
        elif item and line[:1].isspace():
            item.append(line.strip())
        elif line.strip():
            item = []


def _passage(line: int, quoted: list[str], item: str, heading: str) -> _Passage | None:
    text = " ".join(quoted).strip()
    marks = list(_FOOTNOTE.finditer(text))
    if not marks or marks[-1].end() != len(text):
        return None
    return _Passage(line, _plain(text[: marks[-1].start()]), marks[-1][1], item, heading)


def _unquoted(concept: _Concept, sources: Mapping[str, object]) -> int:
    """Number of lines with a source's footnote that are neither quotation nor the footnote itself."""
    lines = (line for line in concept.body.split("\n") if not _QUOTED.match(line))
    found = ((match.start(), match[1], line) for line in lines for match in _FOOTNOTE.finditer(line))
    return sum(
        label in sources and not (at == 0 and line[len(label) + 3 :].startswith(":"))
        for at, label, line in found
    )


def _plain(text: str) -> str:
    """The words that Markdown shows: links by their text, no backslash escapes."""
    linked = _LINK.sub(lambda match: match[1], _FOOTNOTE.sub("", text))
    bare = linked.replace("**", "") if linked.count("**") % 2 == 0 else linked
    return " ".join(_ESCAPE.sub(r"\1", bare).split())
