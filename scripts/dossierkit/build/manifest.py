"""The manifest of a build: the dependencies and files of each page, so that the next build leaves unchanged pages alone.

A page is kept if every key that it read has the same digest, everything that all pages depend on is the same, and its file
has the size and time with which it was written. Otherwise it is made again.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dossierkit.build import fingerprint, manifest_index
from dossierkit.build.dependencies.digests import ALL_OF, DOSSIERS, EVENTS, RECORDS, Digests
from dossierkit.build.dependencies.reads import Key, Noted, Reads, key_lines, key_of
from dossierkit.build.evidence_cache import EvidenceCache
from dossierkit.build.manifest_index import ManifestEntry, ManifestIndex
from dossierkit.build.outputs import Layout, Stamp, stamp
from dossierkit.cache import archive
from dossierkit.model.plain import UnkeepableError, digest_of, dumps, loads, parse
from dossierkit.parallel.fork import Work
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
    """Implements `build.dependencies.digests.Unchanged`. `all_alike`: the names in `ALL_OF` that are unchanged."""

    evidence: EvidenceCache
    all_alike: frozenset[str]

    @property
    def articles(self) -> frozenset[str]:
        return self.evidence.same

    def alike(self, *names: str) -> bool:
        facets = [name for name in names if name not in ALL_OF]
        return self.all_alike.issuperset(name for name in names if name in ALL_OF) and (
            not facets or self.evidence.alike(*facets)
        )


class Manifest:
    """The manifest of one build, begun with that of the last build in the same cache folder.

    `evidence`: cached content and evidence. `reads`: records what pages read. `written`: see `compiled`. `events`: digest of what
    events are joined from; empty if it cannot be compared.
    """

    def __init__(self, root: Path, cache: Path, reading: str) -> None:
        self.cache = cache
        self._archive, why = archive.read(cache, fingerprint.programs())
        if why:
            log.info(why)
        self.evidence = EvidenceCache(root, self._archive, reading)
        self.reads = Reads()
        self._before = manifest_index.read(self._archive)
        self._now = ManifestIndex()
        self._standing: dict[str, ManifestEntry] = {}
        self._noted: set[int] = set()
        self._digests: Digests | None = None
        self._changed: frozenset[int] = frozenset()
        self.written = self.events = ""
        self._content = self._facts = ""
        self._frame_same = False

    def compiled(self, result: Compiled, written: str) -> None:
        """Take the compiled site and compare it with the last build's.

        `written`: digest of everything that all pages depend on.
        """
        self.written = written
        self._digests = Digests(result.frame, self.evidence.facets)
        rests = self._rests(result.frame)
        self.events = rests[EVENTS]
        content = result.frame.content
        self._content, self._facts = self.evidence.content(content), self.evidence.facts(content)
        before = self._before if written and self._before.written == written else ManifestIndex()
        alike = frozenset(name for name, one in rests.items() if one and one == before.rests.get(name))
        self._frame_same = alike >= {RECORDS, DOSSIERS}
        steady = _UnchangedParts(self.evidence, alike)
        changed = self._digests.changed(before.numbers, before.digest, steady)
        self._changed = frozenset(changed)
        self._now = ManifestIndex(written, "", before.numbers, before.digests, rests, start=before.start)
        self._now.update(changed)

    def _rests(self, frame: Context) -> dict[str, str]:
        content, cache = frame.content, self.evidence
        return {
            EVENTS: cache.events_digest(content.records, frame.t.lang),
            RECORDS: cache.digest(content.records),
            DOSSIERS: cache.digest(content.dossiers),
        }

    def given(self, pages: Sequence[Later], processes: int) -> list[CompiledPage]:
        """Pages that MkDocs writes: from the archive if everything that a page read is unchanged, else made and archived."""
        known = {one.path: page for one in pages if (page := self._archived(one)) is not None}
        missing = [one for one in pages if one.path not in known]
        made = Work(self._made, missing, min(processes, max(1, len(missing)))).results()
        for later, (page, keys) in zip(missing, made, strict=True):
            self._archive_page(later, page, keys)
            known[later.path] = page
        return [known[one.path] for one in pages]

    def _archived(self, later: Later) -> CompiledPage | None:
        entry, given = self._before.pages.get(later.path), given_digest(later)
        if entry is None or not self.written or not given or not self._unchanged(entry, given):
            return None
        if (blob := self._archive.take(_page_blob(later.path))) is None:
            return None
        self._now.pages[later.path] = entry
        return loads(CompiledPage, blob)

    def _made(self, later: Later) -> tuple[CompiledPage, Noted]:
        page, keys = self.reads.during(later.make)
        return page, self.noted(keys)

    def _archive_page(self, later: Later, page: CompiledPage, keys: Noted) -> None:
        if self._digests is None or not self.written or not (given := given_digest(later)):
            return
        with suppress(UnkeepableError):
            self._archive.put(_page_blob(later.path), dumps(page))
            numbers = self._now.numbered(keys, self._digests.of)
            self._now.pages[later.path] = ManifestEntry(given, numbers, (), (), b"{}")

    def noted(self, keys: Iterable[Key]) -> Noted:
        """What was read, and the digests of what this process notes for the first time.

        Processes that make pages work them out side by side; one process alone takes the results.
        """
        lines = key_lines(keys)
        return Noted("\n".join(lines), "\n".join(map(self._new_digest, lines)))

    def _new_digest(self, line: str) -> str:
        # A number for a text: a large site has a million. The digest of one taken for another is not told.
        known = hash(line)
        if self._digests is None or known in self._noted or line in self._now.numbers:
            return ""
        self._noted.add(known)
        return self._digests.of(key_of(line))

    def stand(self, pages: Iterable[Later], files: Mapping[str, str], making: str) -> frozenset[str]:
        """The paths of the pages whose files are still right. `files`: the file of each page; `making`: see `ManifestIndex`."""
        self._now.making = making
        if not making or making != self._before.making:
            return frozenset()
        known, texts = self._before.pages, self._before.texts.keys()
        self._standing = {
            page.path: entry
            for page in pages
            if (entry := known.get(page.path)) is not None
            and self._unchanged(entry, given_digest(page))
            and entry.stamps == (stamp(files[page.path]),)
            and texts >= set(entry.moved)
        }
        return frozenset(self._standing)

    def _unchanged(self, entry: ManifestEntry, given: str) -> bool:
        same = self._before.written == self.written and entry.given == given
        return same and self._changed.isdisjoint(entry.keys)

    def meta(self, path: str) -> Mapping[str, Any]:
        """The front matter of a page that `stand` kept, without HEAD."""
        return parse(self._standing[path].meta)  # type: ignore[no-any-return]  # as `made` wrote it down

    def made(
        self, later: Later, keys: Noted, at: Stamp, html: Iterable[str], meta: Mapping[str, Any]
    ) -> None:
        """Record a page that was made. `keys`: what it read. `at`: the stamp of its file.
        `html`: the moved files that it refers to. `meta`: its front matter without HEAD.
        """
        if self._digests is not None and (given := given_digest(later)):
            with suppress(UnkeepableError):
                known = dumps(meta)
                numbers = self._now.numbered(keys, self._digests.of)
                self._now.pages[later.path] = ManifestEntry(given, numbers, (at,), tuple(html), known)

    def left(self, units: Iterable[Unit], site: Path) -> list[Unit]:
        """The units that must be made; the files of the others in the site's folder are still right."""
        found = []
        for unit in units:
            entry = self._before.pages.get(_index_name(unit))
            files = (stamp(os.path.join(site, path)) for path in unit.paths)  # noqa: PTH118 - many
            if entry is not None and self._unit_unchanged(unit, entry) and entry.stamps == tuple(files):
                self._now.pages[_index_name(unit)] = entry
            else:
                found.append(unit)
        return found

    def _unit_unchanged(self, unit: Unit, entry: ManifestEntry) -> bool:
        basis = self._basis(unit)
        return (bool(basis) or unit.rests == "reads") and self._unchanged(entry, basis)

    def _basis(self, unit: Unit) -> str:
        """Digest of the content that a unit depends on as a whole; empty for a unit that records its reads."""
        return "" if unit.rests == "reads" else self._content if unit.rests == "content" else self._facts

    def layout(self, unit: Unit) -> Layout | None:
        """Offsets of the pieces of unchanged articles in the unit's one file; None if records or dossiers changed."""
        if unit.rests == "reads" or not self._frame_same or _index_name(unit) not in self._before.pages:
            return None
        blob = self._archive.take(_layout_blob(_index_name(unit)))
        return None if blob is None else loads(Layout, blob).of(self.evidence.same)

    def sizes(self, units: Iterable[Unit]) -> dict[str, int]:
        """Sizes in bytes of the files of units, made or kept, by path."""
        known = ((unit, self._now.pages.get(_index_name(unit))) for unit in units)
        return {
            path: size
            for unit, entry in known
            if entry is not None
            for path, (size, _) in zip(unit.paths, entry.stamps, strict=True)
        }

    def made_unit(self, unit: Unit, keys: Noted, at: tuple[Stamp, ...], layout: Layout | None) -> None:
        """Record a unit that was made. `layout`: offsets of the pieces in its one file."""
        if self._digests is not None:
            if layout:
                self._archive.put(_layout_blob(_index_name(unit)), dumps(layout))
            numbers = self._now.numbered(keys, self._digests.of)
            self._now.pages[_index_name(unit)] = ManifestEntry(self._basis(unit), numbers, at, (), b"{}")

    def moved(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Content of the moved files that made and kept pages refer to, by path. `texts`: those of the made pages."""
        known = self._before.texts
        asked = {name: known[name] for one in self._standing.values() for name in one.moved}
        self._now.texts = asked | dict(texts)
        return self._now.texts

    def save(self) -> None:
        """Write the manifest for the next build. An error is logged, and does not stop the build."""
        self._now.pages |= self._standing
        given = {_page_blob(path) for path, page in self._now.pages.items() if not page.stamps}
        try:
            manifest_index.write(self._archive, manifest_index.begun_anew(self._now))
            layouts = map(_layout_blob, self._now.pages)
            self._archive.save({*manifest_index.NAMES, *given, *layouts, *self.evidence.save()})
        except (OSError, UnkeepableError) as error:
            log.info("nothing is kept for the next build: %s", error)
        if self._archive.damaged:
            log.info("%s was damaged: %d parts of it were made again", archive.BLOBS, self._archive.damaged)

    def close(self) -> None:
        self._archive.close()


@contextmanager
def manifest(config: MkDocsConfig, *, keep: bool) -> Iterator[Manifest | None]:
    """The manifest of a build, under the lock of the cache folder; None without a cache, or while another build uses it."""
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


def _page_blob(path: str) -> str:
    """The name in the archive of a page that MkDocs writes."""
    return f"given {path}"


def _index_name(unit: Unit) -> str:
    """The name of a unit in the index.

    The slash keeps it apart from pages: a twin `articles/index.md` has the path of a source.
    """
    return f"/{unit.paths[0]}"


def _layout_blob(entry: str) -> str:
    """The name in the archive of the layout of a unit, by the unit's name in the index."""
    return f"layout {entry}"


def given_digest(later: Later) -> str:
    """Digest of a page's arguments; empty if they cannot be compared."""
    return "" if later.given is None else _digest(repr(later.given))


_digest = lru_cache(maxsize=64)(digest_of)  # most pages are given the same


def asked(html: str) -> tuple[str, ...]:
    """Paths of the moved style and script files that a finished page refers to."""
    return tuple(dict.fromkeys(_MOVED.findall(html))) if FOLDER in html else ()
