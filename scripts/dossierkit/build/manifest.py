"""The manifest of a build: the dependencies and files of each page, so that the next build leaves unchanged pages alone.

A page stands if everything that was read for it has the digest that it had, all that every page rests on is the same, and
its file is still the one that was written. It is made again in every other case.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dossierkit.build import fingerprint, manifest_index
from dossierkit.build.dependencies.digests import ALL_OF, DOSSIERS, EVENTS, RECORDS, Digests
from dossierkit.build.dependencies.reads import Reads, listed_keys
from dossierkit.build.evidence_cache import EvidenceCache
from dossierkit.build.manifest_index import ManifestEntry, ManifestIndex
from dossierkit.build.outputs import Stamp, stamp
from dossierkit.build.pieced_files import Layout, packed, unpacked
from dossierkit.cache import archive
from dossierkit.model.plain import UnkeepableError, digest, dumps, loads, parse
from dossierkit.site.compiled import Compiled
from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later, Unit
from dossierkit.store.lock import LockedError, lock_file
from dossierkit.store.state import cache_folder
from dossierkit.theme.moving import FOLDER

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.plugins.dossier")

_LOCK = "build.lock"
_MOVED = re.compile(rf"{re.escape(FOLDER)}[0-9a-f]+\.[a-z]+")


class _UnchangedParts(NamedTuple):
    """As `build.dependencies.digests.Steady`. `all_alike`: which of what is told of all pages of a kind is as it was."""

    kept: EvidenceCache
    all_alike: frozenset[str]

    @property
    def articles(self) -> frozenset[str]:
        return self.kept.same

    def alike(self, *names: str) -> bool:
        facets = [name for name in names if name not in ALL_OF]
        return self.all_alike.issuperset(name for name in names if name in ALL_OF) and (
            not facets or self.kept.alike(*facets)
        )


class Manifest:
    """Of one build. `cache`: the cache folder. `kept`: content and evidence of the last one. `reads`: writes down what pages read."""

    def __init__(self, root: Path, cache: Path, reading: str) -> None:
        self.cache = cache
        self._archive, why = archive.read(cache, fingerprint.programs())
        if why:
            log.info(why)
        self.kept = EvidenceCache(root, self._archive, reading)
        self.reads = Reads()
        self._before = manifest_index.read(self._archive)
        self._now = ManifestIndex()
        self._standing: dict[str, ManifestEntry] = {}
        self._names: set[str] = set()
        self._digests: Digests | None = None
        self._changed: frozenset[int] = frozenset()
        self.written = ""
        self._content = self._facts = ""
        self._frame_same = False

    def compiled(self, result: Compiled, written: str) -> None:
        """Told what this build's pages are made from. `written`: what the content of all of them rests on."""
        self.written = written
        if result.frame is None:
            return
        self._digests = Digests(result.frame, self.kept.facets)
        rests = self._rests(result.frame)
        self._content, self._facts = (
            self.kept.content(result.frame.content),
            self.kept.facts(result.frame.content),
        )
        before = self._before if written and self._before.written == written else ManifestIndex()
        alike = frozenset(name for name, one in rests.items() if one and one == before.rests.get(name))
        self._frame_same = alike >= {RECORDS, DOSSIERS}
        steady = _UnchangedParts(self.kept, alike)
        changed = self._digests.changed(before.numbers, before.digest, steady)
        self._changed = frozenset(changed)
        self._now = ManifestIndex(written, "", before.numbers, before.digests, rests, start=before.start)
        self._now.update(changed)

    def _rests(self, frame: Context) -> dict[str, str]:
        content, cache = frame.content, self.kept
        return {
            EVENTS: cache.events_digest(content.records, frame.t.lang),
            RECORDS: cache.digest(content.records),
            DOSSIERS: cache.digest(content.dossiers),
        }

    def page(self, later: Later) -> CompiledPage:
        """A page that MkDocs is to be given: as it was, where all that it read is the same."""
        if self._digests is None or not self.written or not (given := given_digest(later)):
            return later.make()
        name, entry = f"given {later.path}", self._before.pages.get(later.path)
        blob = self._archive.take(name) if entry and self._unchanged(entry, given) else None
        if entry and blob is not None:
            self._now.pages[later.path] = entry
            return loads(CompiledPage, blob)  # type: ignore[no-any-return]  # of that kind
        page, keys = self.reads.during(later.make)
        with suppress(UnkeepableError):
            self._archive.put(name, dumps(page))
            numbers = self._now.numbered(listed_keys(keys), self._digests.of)
            self._now.pages[later.path] = ManifestEntry(given, numbers, (), (), b"{}")
        return page

    def stand(self, pages: Iterable[Later], files: Mapping[str, str], making: str) -> frozenset[str]:
        """The paths of the pages that can be left as they are. `files`: where each lies; `making`: what all rest on."""
        self._now.making = making
        if not making or making != self._before.making:
            return frozenset()
        known, texts = self._before.pages, self._before.texts.keys()
        self._standing = {
            one.path: entry
            for one in pages
            if (entry := known.get(one.path)) is not None
            and self._unchanged(entry, given_digest(one))
            and entry.stamps == (stamp(files[one.path]),)
            and texts >= set(entry.moved)
        }
        return frozenset(self._standing)

    def _unchanged(self, entry: ManifestEntry, given: str) -> bool:
        same = self._before.written == self.written and entry.given == given
        return same and self._changed.isdisjoint(entry.keys)

    def meta(self, path: str) -> Mapping[str, Any]:
        """The front matter of a page that stands, without HEAD."""
        return parse(self._standing[path].meta)  # type: ignore[no-any-return]  # as `made` wrote it down

    def made(self, later: Later, keys: str, at: Stamp, html: Iterable[str], meta: Mapping[str, Any]) -> None:
        """Write down a page that was made. `keys`: what it read, as `listed_keys` has it. `html`: the files it asks for.
        `meta`: its front matter, without HEAD.
        """
        if self._digests is not None and (given := given_digest(later)):
            with suppress(UnkeepableError):
                known = dumps(meta)
                numbers = self._now.numbered(keys, self._digests.of)
                self._now.pages[later.path] = ManifestEntry(given, numbers, (at,), tuple(html), known)

    def left(self, units: Iterable[Unit], site: Path) -> list[Unit]:
        """Those that must be made; the others stand in the site's folder."""
        found = []
        for one in units:
            entry = self._before.pages.get(_of_files(one))
            files = (stamp(os.path.join(site, path)) for path in one.paths)  # noqa: PTH118 - many
            if entry is not None and self._unit_unchanged(one, entry) and entry.stamps == tuple(files):
                self._now.pages[_of_files(one)] = entry
            else:
                found.append(one)
        return found

    def _unit_unchanged(self, unit: Unit, entry: ManifestEntry) -> bool:
        given = self._given(unit)
        return (bool(given) or unit.rests == "reads") and self._unchanged(entry, given)

    def _given(self, unit: Unit) -> str:
        """A digest of what a unit rests on, beside what it reads."""
        return "" if unit.rests == "reads" else self._content if unit.rests == "content" else self._facts

    def layout(self, unit: Unit) -> Layout | None:
        """Where the pieces of a unit's one file lie, of the articles that are what they were at the last build, as far as all else is."""
        if unit.rests == "reads" or not self._frame_same or _of_files(unit) not in self._before.pages:
            return None
        blob = self._archive.take(_layout(_of_files(unit)))
        return None if blob is None else unpacked(blob).of(self.kept.same)

    def sizes(self, units: Iterable[Unit]) -> dict[str, int]:
        """Of the files of units, those that were made and those that stay."""
        known = ((one, self._now.pages.get(_of_files(one))) for one in units)
        return {
            path: size
            for unit, entry in known
            if entry is not None
            for path, (size, _) in zip(unit.paths, entry.stamps, strict=True)
        }

    def made_unit(self, unit: Unit, keys: str, at: tuple[Stamp, ...], layout: Layout | None) -> None:
        """Write down files that were made. `keys`: as of a page. `layout`: where the pieces of its one file lie."""
        if self._digests is not None:
            if layout:
                self._archive.put(_layout(_of_files(unit)), packed(layout))
            numbers = self._now.numbered(keys, self._digests.of)
            self._now.pages[_of_files(unit)] = ManifestEntry(self._given(unit), numbers, at, (), b"{}")

    def moved(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The files that pages ask for, of this build and of the pages that stand."""
        known = self._before.texts
        asked = {name: known[name] for one in self._standing.values() for name in one.moved}
        self._now.texts = asked | dict(texts)
        return self._now.texts

    def save(self) -> None:
        """Put down what this build made, for the next one. What cannot be put down is no reason to fail."""
        self._now.pages |= self._standing
        given = {f"given {path}" for path, one in self._now.pages.items() if not one.stamps}
        try:
            manifest_index.write(self._archive, manifest_index.begun_anew(self._now))
            layouts = map(_layout, self._now.pages)
            self._archive.save({*manifest_index.NAMES, *given, *layouts, *self.kept.save()})
        except (OSError, UnkeepableError) as error:
            log.info("nothing is kept for the next build: %s", error)
        if self._archive.damaged:
            log.info("%s was damaged: %d parts of it were made again", archive.BLOBS, self._archive.damaged)

    def close(self) -> None:
        self._archive.close()


@contextmanager
def manifest(config: MkDocsConfig, *, keep: bool) -> Iterator[Manifest | None]:
    """What the build may take from the last one; None where nothing is kept, or another build is at work here."""
    root = Path(config.config_file_path).parent
    if not keep or not fingerprint.applies(config):
        yield None
        return
    with ExitStack() as stack:
        alone = True
        cache = Path()
        try:
            cache = cache_folder(root)
            stack.enter_context(lock_file(cache / _LOCK))
        except LockedError:
            alone = False
            log.info(
                "another build is at work here: this one takes nothing from the last one, and keeps nothing"
            )
        except OSError as error:  # no cache folder, or a drive without locks
            alone = False
            log.info("nothing is kept for the next build: %s", error)
        yield (
            stack.enter_context(closing(Manifest(root, cache, fingerprint.reading(config))))
            if alone
            else None
        )


def _of_files(unit: Unit) -> str:
    """What a unit is called among pages: the Markdown beside a page (`articles/index.md`) may have the path of the page's source."""
    return f"/{unit.paths[0]}"


def _layout(entry: str) -> str:
    """The name of what is kept of a file's pieces."""
    return f"layout {entry}"


def given_digest(later: Later) -> str:
    """What a page was given, as a digest; empty where that cannot be told."""
    return "" if later.given is None else _digest(repr(later.given))


@lru_cache(maxsize=64)  # most pages are given the same
def _digest(given: str) -> str:
    return digest(given.encode("utf-8", "surrogatepass"))


def asked(html: str) -> tuple[str, ...]:
    """The files that a finished page asks for beside the theme's."""
    return tuple(dict.fromkeys(_MOVED.findall(html)))
