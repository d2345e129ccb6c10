"""A repository on disk -> its compiled pages: the shell around the pure core, the same for every engine."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jinja2
import yaml

from dossierkit.check.waivers import evidence_waivers
from dossierkit.compile import publish
from dossierkit.compile.markdown import renderer
from dossierkit.compile.pipeline import compile_site
from dossierkit.compile.site import Compiled, Lead, Site, Template
from dossierkit.compile.strings import Strings
from dossierkit.compile.urls import Form, Urls
from dossierkit.engines import admin
from dossierkit.model.page import Content
from dossierkit.store.content import load_content

_FRONT = re.compile(r"^---[ \t]*\n(.*?)^---[ \t]*\n", re.MULTILINE | re.DOTALL)
_LEADS = ("index.md", *publish.INDEXES)
LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an engine's configuration says that matters here. `overrides`: template folders, the site's own first.

    `links`: the form the engine is given them in, `served` the form that readers see. `now`: an instant as
    `model.instant` writes it, for embargoes; empty where there is no clock. `admin`: as `engines.admin.backend` has it.
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
    labels: Mapping[str, str] = field(default_factory=dict)


def packaged_templates() -> Path:
    """The templates that ship with the package, or the repository's own when it is installed from a checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "templates"
    return shipped if shipped.is_dir() else package.parents[1] / "templates"


def compiled(settings: Settings) -> Compiled:
    """Read, validate and compile. Problems of reading and of meaning come together."""
    content, unreadable = load_content(settings.docs)
    strings = Strings(settings.language if settings.language in LANGUAGES else "en", settings.labels)
    site = Site(
        render=renderer(settings.extensions, settings.extension_configs),
        template=_template(settings.overrides, strings),
        strings=strings,
        urls=Urls(settings.links, settings.served),
        files=_files(settings.docs),
        leads={path: _lead(settings.docs / path) for path in _LEADS if (settings.docs / path).is_file()},
        drafts=settings.drafts,
        now=settings.now,
        waivers=_waivers(content, settings.docs.parent),
    )
    result = compile_site(content, site)
    editor, missing = admin.files(settings.admin, settings.overrides)
    problems = tuple(sorted((*unreadable, *missing, *result.problems)))
    return replace(result, problems=problems, files={**result.files, **editor})


def _waivers(content: Content, root: Path) -> dict[str, Mapping[int, str]]:
    """Editors' reasons for claims that stand without their words, by path of the page and line."""
    texts = (
        (page.path, (root / page.path).read_text(encoding="utf-8")) for page in content.articles.values()
    )
    return {path: reasons for path, text in texts if (reasons := evidence_waivers(text, path))}


def _template(overrides: Sequence[Path], strings: Strings) -> Template:
    folders = [folder / "dossierkit" for folder in (*overrides, packaged_templates())]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    environment.globals["t"] = strings
    return lambda name, values: environment.get_template(name).render(values)


def _files(docs: Path) -> frozenset[str]:
    return frozenset(file.relative_to(docs).as_posix() for file in docs.rglob("*") if file.is_file())


def _lead(file: Path) -> Lead:
    text = file.read_text(encoding="utf-8")
    match = _FRONT.match(text)
    return Lead(yaml.safe_load(match[1]) or {}, text[match.end() :]) if match else Lead({}, text)
