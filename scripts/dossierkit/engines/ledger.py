"""What each finished page rests on and where it lies, so that the next build leaves it where nothing of that changed.

A page stands if everything that was read for it has the digest that it had, all that every page rests on is the same, and
its file is still the one that was written. It is made again in every other case.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossierkit.compile.seen.digests import Digests
from dossierkit.compile.seen.reads import Key, Reads
from dossierkit.compile.site import Compiled, CompiledPage, Later
from dossierkit.engines import environment, vault
from dossierkit.engines.finish import FOLDER
from dossierkit.engines.kept import Kept
from dossierkit.engines.written import Stamp
from dossierkit.model.plain import UnkeepableError, digest, dumps, loads, parse
from dossierkit.store.lock import LockedError, locked

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.plugins.dossier")

_LOCK = ".dossier/build.lock"
_MOVED = re.compile(rf"{re.escape(FOLDER)}[0-9a-f]+\.[a-z]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One page. `keys`: what was read for it. `moved`: the files that it asks for. `meta`: its front matter without HEAD."""

    given: str
    keys: frozenset[Key]
    stamp: Stamp
    moved: tuple[str, ...]
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Given:
    """A page that MkDocs is given. `read`: what was read for it, with the digests."""

    page: CompiledPage
    read: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class _Book:
    """What a build knows of finished pages. `digests`: of everything that any of them read. `texts`: of moved files."""

    making: str = ""
    digests: dict[Key, str] = field(default_factory=dict)
    pages: dict[str, Entry] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


class Ledger:
    """Of one build. `kept`: content and evidence of the last one. `reads`: writes down what pages read."""

    def __init__(self, root: Path, reading: str) -> None:
        self._root = root
        self._vault, why = vault.read(root)
        if why:
            log.info(why)
        self.kept = Kept(self._vault, reading)
        self.reads = Reads()
        self._before = _read(self._vault)
        self._now = _Book()
        self._standing: dict[str, Entry] = {}
        self._digests: Digests | None = None
        self.written = ""

    def compiled(self, result: Compiled, written: str) -> None:
        """Told what this build's pages are made from. `written`: what the content of all of them rests on."""
        self.written = written
        if result.frame is not None:
            self._digests = Digests(result.frame, self.kept.facets)

    def page(self, later: Later) -> CompiledPage:
        """A page that MkDocs is to be given: as it was, where all that it read is the same."""
        if self._digests is None or not self.written or not (given := told(later)):
            return later.make()
        name, rests = f"given {later.path}", self.written + given
        known = self._vault.take(name)
        if known is not None and known.startswith(rests.encode()):
            kept: _Given = loads(_Given, known[len(rests) :])
            if all(was and self._digests.of((kind, key)) == was for kind, key, was in kept.read):
                return kept.page
        page, keys = self.reads.during(later.make)
        read = tuple((*key, self._digests.of(key)) for key in sorted(keys))
        with suppress(UnkeepableError):
            self._vault.put(name, rests.encode() + dumps(_Given(page, read)))
        return page

    def stand(self, pages: Iterable[Later], files: Mapping[str, str], making: str) -> frozenset[str]:
        """The paths of the pages that can be left as they are. `files`: where each lies; `making`: what all rest on."""
        self._now.making = making
        if self._digests is None or not making or making != self._before.making:
            return frozenset()
        same = self._digests.same(self._before.digests)
        known = self._before.pages
        self._standing = {
            one.path: known[one.path]
            for one in pages
            if one.path in known
            and known[one.path].given == told(one)
            and known[one.path].keys <= same
            and known[one.path].stamp == stamp(files[one.path])
            and self._before.texts.keys() >= set(known[one.path].moved)
        }
        return frozenset(self._standing)

    def meta(self, path: str) -> Mapping[str, Any]:
        """The front matter of a page that stands, without HEAD."""
        return self._standing[path].meta

    def made(
        self, later: Later, keys: frozenset[Key], at: Stamp, html: Iterable[str], meta: Mapping[str, Any]
    ) -> None:
        """Write down a page that was made. `html`: the files it asks for. `meta`: its front matter, without HEAD."""
        if given := told(later):
            self._now.pages[later.path] = Entry(given, keys, at, tuple(html), meta)

    def moved(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The files that pages ask for, of this build and of the pages that stand."""
        known = self._before.texts
        asked = {name: known[name] for one in self._standing.values() for name in one.moved}
        self._now.texts = asked | dict(texts)
        return self._now.texts

    def save(self) -> None:
        """Put down what this build made, for the next one. What cannot be put down is no reason to fail."""
        self._now.pages |= self._standing
        if self._digests is not None:
            keys = {key for one in self._now.pages.values() for key in one.keys}
            self._now.digests = {key: self._digests.of(key) for key in keys}
        try:
            _write(self._vault, self._now)
            vault.write(self._root, self._vault)
        except (OSError, UnkeepableError) as error:
            log.info("nothing is kept for the next build: %s", error)


@contextmanager
def ledger(config: MkDocsConfig, *, keep: bool) -> Iterator[Ledger | None]:
    """What the build may take from the last one; None where nothing is kept, or another build is at work here."""
    root = Path(config.config_file_path).parent
    if not keep or not environment.applies(config):
        yield None
        return
    with ExitStack() as stack:
        alone = True
        try:
            stack.enter_context(locked(root, _LOCK))
        except LockedError:
            alone = False
            log.info(
                "another build is at work here: this one takes nothing from the last one, and keeps nothing"
            )
        except OSError as error:  # a folder that cannot be written, or a drive without locks
            alone = False
            log.info("nothing is kept for the next build: %s", error)
        yield Ledger(root, environment.reading(config)) if alone else None


def told(later: Later) -> str:
    """What a page was given, as a digest; empty where that cannot be told."""
    return "" if later.given is None else digest(repr(later.given).encode("utf-8", "surrogatepass"))


def stamp(file: str) -> Stamp | None:
    try:
        status = os.stat(file)  # noqa: PTH116 - many
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def asked(html: str) -> tuple[str, ...]:
    """The files that a finished page asks for beside the theme's."""
    return tuple(dict.fromkeys(_MOVED.findall(html)))


def _read(kept: vault.Vault) -> _Book:
    blob = kept.take("pages")
    if blob is None:
        return _Book()
    making, keys, digests, pages, texts = parse(blob)
    listed = [(kind, key) for kind, key in keys]
    return _Book(
        making,
        dict(zip(listed, digests, strict=True)),
        {
            path: Entry(
                given, frozenset([listed[number] for number in numbers]), (size, time), tuple(moved), meta
            )
            for path, given, numbers, size, time, moved, meta in pages
        },
        texts,
    )


def _write(kept: vault.Vault, book: _Book) -> None:
    numbers = {key: number for number, key in enumerate(book.digests)}
    pages = [
        (path, one.given, sorted(map(numbers.__getitem__, one.keys)), *one.stamp, one.moved, one.meta)
        for path, one in book.pages.items()
    ]
    kept.put("pages", dumps((book.making, list(numbers), list(book.digests.values()), pages, book.texts)))
