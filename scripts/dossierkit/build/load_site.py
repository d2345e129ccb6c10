"""Reads a repository from disk and compiles its pages; the same for every engine."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from dossierkit.build import unreviewed
from dossierkit.build.arrivals import Known, arrivals
from dossierkit.build.bytecode import Bytecode
from dossierkit.build.cached_pages import CachedPages
from dossierkit.build.dependencies.reads import Reads
from dossierkit.build.dependencies.tracked_context import tracked
from dossierkit.build.evidence_cache import EvidenceCache
from dossierkit.build.memory import BuildMemory, Texts, gather
from dossierkit.build.options import SiteOptions, frame
from dossierkit.build.origins import Origins
from dossierkit.build.templates import Fragments, fragments
from dossierkit.cache.facsimiles import located
from dossierkit.check.repository.served_files import ServedFiles, served_files
from dossierkit.check.waivers import evidence_waivers
from dossierkit.evidence import plain_body
from dossierkit.evidence.body_html import renderer
from dossierkit.evidence.dossier_articles import Selection, restricted
from dossierkit.evidence.events.joined import anew, once
from dossierkit.export.offer import offer
from dossierkit.model.arrival import Arrival
from dossierkit.model.diagnostic import Diagnostic, errors_in
from dossierkit.model.page import Content
from dossierkit.parallel.fork import apart, spread
from dossierkit.site import script_words
from dossierkit.site.compiled import Compiled
from dossierkit.site.interface import Publication, Site
from dossierkit.site.pages import all_pages
from dossierkit.site.pipeline import compile_site, unchanged
from dossierkit.site.strings import Strings
from dossierkit.site.urls import Form, Urls
from dossierkit.store.content import load_content
from dossierkit.store.media.original import Originals, originals
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.schema import KINDS
from dossierkit.store.state import working_folder
from dossierkit.text.data import names
from dossierkit.theme import cms
from dossierkit.theme.content_security import framed
from dossierkit.theme.theming import SHEET

LANGUAGES = names("strings")
"""The languages of the interface."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The settings of an engine's configuration that compiling needs.

    `docs`: the folder of the content, in that of the repository. `overrides`: template folders, the site's own first. `links`: the
    form of links that the engine expects. `served`: the form that readers see. `now`: the instant for embargoes as
    `model.instant` writes it; empty: no embargo has ended. `admin`: a result of `theme.cms.backend`. `options`: those under
    `extra.dossier`. `data`: the formats offered on the data page. `marks`: whether unreviewed items are shown and marked, see
    `Site`. `only`: the one dossier to be built. `arrivals`: see `Site`; None: taken from git.
    """

    docs: Path
    overrides: tuple[Path, ...] = ()
    links: Form = "directory"
    served: Form = "directory"
    language: str = "en"
    extensions: Sequence[str] = ()
    extension_configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    drafts: bool = False
    now: str = ""
    admin: Mapping[str, Any] | None = None
    options: SiteOptions = field(default_factory=SiteOptions)
    publication: Publication = field(default_factory=Publication)
    data: Collection[str] = ()
    marks: bool = False
    only: Selection | None = None
    arrivals: Mapping[str, Arrival] | None = None

    @property
    def root(self) -> Path:
        """The repository."""
        return self.docs.parent

    @property
    def strings(self) -> Strings:
        """The strings of the site's language, else of its base language (`pt` for `pt-BR`), else English ones."""
        return Strings(self._worded or "en", self.options.labels)

    @property
    def has_words(self) -> bool:
        """Whether the interface has words in the site's language."""
        return bool(self._worded)

    @property
    def _worded(self) -> str:
        wanted = (self.language, self.language.partition("-")[0])
        return next((one for one in wanted if one in LANGUAGES), "")

    @property
    def frame(self) -> dict[str, Any]:
        """The values for the engine's templates, see `build.options.frame`."""
        markup = "plain" if plain_body.applies(self.extensions, self.extension_configs) else "every"
        return frame(self.options, self.strings, markup, from_disk=self.served == "file")

    @property
    def urls(self) -> Urls:
        return Urls(self.links, self.served)


def compiled(
    settings: SiteSettings,
    *,
    later: bool = False,
    memory: BuildMemory | EvidenceCache | None = None,
    reads: Reads | None = None,
    bytecode: Bytecode | None = None,
) -> Compiled:
    """Read, validate and compile the content; all problems are in the result.

    `later`: make pages on demand only. `reads`: records what they read. `memory`: the cache of the last build with the same
    settings. `bytecode`: the cache of templates.
    """
    read = _read(settings, memory)
    known = _known(settings, read.content)
    result = compile_site(
        read.content,
        _site(settings, read, memory, _template(settings, memory, bytecode), known.arrivals),
        make_pages=all_pages.pages_on_demand if later else all_pages.pages,
        view=partial(tracked, reads=reads) if reads else unchanged,
        spread=memory.gather if memory else gather,
    )
    offered = offer(result, settings.data)
    editor, missing = cms.files(settings.admin, settings.overrides)
    look = {SHEET: settings.options.look.sheet} if settings.options.look.sheet else {}
    words = {script_words.PATH: script_words.script(settings.strings)}
    found = (*read.problems, *known.problems, *missing, *settings.options.problems)
    problems = _placed((*found, *_waiting(read), *result.problems), settings.root)
    return replace(offered, problems=problems, files={**offered.files, **editor, **look, **words})


def _placed(problems: tuple[Diagnostic, ...], root: Path) -> tuple[Diagnostic, ...]:
    """The problems in order, each at its place in the file."""
    if not problems:
        return ()
    from dossierkit.check.refine import exact  # noqa: PLC0415 - rules of checks read dates in text: heavy

    return tuple(sorted(exact(problems, lambda path: (root / path).read_text(encoding="utf-8"))))


@dataclass(frozen=True, slots=True)
class _Read:
    """What a build reads from the repository.

    `waiting`, `index`: the undecided items, see `build.unreviewed`. `problems`: of everything that was read.
    """

    content: Content
    waiting: tuple[unreviewed.WaitingItems, ...]
    index: unreviewed.UnreviewedIndex
    served: ServedFiles
    originals: Originals
    problems: tuple[Diagnostic, ...]


def _read(settings: SiteSettings, memory: BuildMemory | EvidenceCache | None) -> _Read:
    docs, root = settings.docs, settings.root
    content, unreadable = load_content(docs, cache=memory.pages if memory else None, spread=spread)
    index = unreviewed.UnreviewedIndex(root, content)
    content, waiting = unreviewed.overlaid(content, index)
    content = restricted(content, settings.only) if settings.only else content
    served = served_files(docs, root, settings.options.served, working_folder(root), docs.name)
    stored = originals(root, content.articles.values())
    problems = (*unreadable, *served.problems, *_unpublished(content, stored))
    return _Read(content, waiting, index, served, stored, problems)


def _known(settings: SiteSettings, content: Content) -> Known:
    if settings.arrivals is not None:
        return Known(settings.arrivals)
    return arrivals(settings.root, settings.docs, content.articles.values())


def _template(
    settings: SiteSettings, memory: BuildMemory | EvidenceCache | None, bytecode: Bytecode | None
) -> Fragments:
    """The fragments of the templates; those of the last build if it is in memory."""
    folders = [folder / "dossierkit" for folder in (*settings.overrides, packaged_templates())]
    template = (memory and memory.template) or fragments(folders, settings.strings, bytecode)
    if memory:
        memory.template = template
    return template


def _site(
    settings: SiteSettings,
    read: _Read,
    memory: BuildMemory | EvidenceCache | None,
    template: Fragments,
    dated: Mapping[str, Arrival],
) -> Site:
    """The settings and callables for `site`."""
    docs, content = settings.docs, read.content
    return Site(
        arrivals=dated,
        origins=Origins(settings.root, content.articles),
        render=renderer(settings.extensions, settings.extension_configs),
        template=template,
        strings=settings.strings,
        urls=settings.urls,
        files=read.served.files,
        leads=read.served.leads,
        drafts=settings.drafts,
        now=settings.now,
        waivers=_waivers(content, settings.root, memory.pages if memory else None),
        publication=settings.publication,
        derived=memory.derived if memory else once(),
        apart=partial(apart, meanwhile=template.compile),
        remembered=memory.remembered if isinstance(memory, EvidenceCache) else anew,
        marks=settings.marks,
        media=read.served.media,
        originals=read.originals.files,
        locate=partial(located, settings.root, read.originals.drawn),
        drawn=frozenset(read.originals.drawn),
        framed=framed(settings.options.csp),
        sheet=SHEET if settings.options.look.sheet else "",
        texts=tuple(_texts(docs, read.served.files)),
    )


def _waiting(read: _Read) -> tuple[Diagnostic, ...]:
    """The undecided items that must not be published."""
    return errors_in(unreviewed.problems(read.content, read.waiting, read.index))


def _unpublished(content: Content, stored: Originals) -> Iterator[Diagnostic]:
    for id_, reason in stored.wrong.items():
        yield Diagnostic(content.articles[id_].path, 0, 0, "D861", reason)


def _waivers(content: Content, root: Path, read: Texts | CachedPages | None) -> dict[str, Mapping[int, str]]:
    """Editors' reasons for claims without a quote, by path of the page and line."""
    reasons_of = (
        read.reasons
        if read
        else lambda path: evidence_waivers((root / path).read_text(encoding="utf-8"), path)
    )
    paths = (page.path for page in content.articles.values())
    return {path: reasons for path in paths if (reasons := reasons_of(path))}


def _texts(docs: Path, files: Collection[str]) -> Iterator[str]:
    """The texts of hand-written pages and of style sheets, which may refer to media."""
    for path in sorted(files):
        if path.endswith((".md", ".css")) and path.partition("/")[0] not in KINDS:
            yield (docs / path).read_text(encoding="utf-8", errors="replace")
