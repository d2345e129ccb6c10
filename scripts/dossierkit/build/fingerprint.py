"""Fingerprints of what every page depends on beside the content: programs, templates, settings.

A fingerprint is empty if a setting cannot be serialised. An empty fingerprint equals nothing, so that nothing is cached then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from dossierkit.cache.fingerprint import below, fingerprint, read
from dossierkit.model.plain import UnkeepableError, digest, digested
from dossierkit.site.head.page_head import HEAD
from dossierkit.store.packaged import packaged_templates

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

_PACKAGES = ("dossierkit", "jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "nh3", "pymdown-extensions", "pyyaml")  # fmt: skip
_OURS = frozenset({"dossier", "search", "material/search"})
"""Plugins that take no part in making pages, or whose part is known."""
_LARGE = 300_000  # bytes: of larger files among templates only the size is compared
_LEFT_OUT = frozenset({"__pycache__", ".icons", "node_modules"})


def applies(config: MkDocsConfig) -> bool:
    """Whether everything that takes part in making pages is known: no hooks, no unknown plugins."""
    return set(config.plugins) <= _OURS and not config.hooks


@cache
def programs() -> str:
    """Fingerprint of the programs that make a site."""
    return fingerprint(_PACKAGES, sys.version)


def reading(config: MkDocsConfig) -> str:
    """Fingerprint of what evidence depends on: the programs and the Markdown extensions."""
    return _digest([programs(), list(config.markdown_extensions), dict(config.mdx_configs)])


def writing(config: MkDocsConfig, *, drafts: bool) -> str:
    """Fingerprint of what the content of all pages depends on: programs, settings and templates."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return _digest([reading(config), *_settings(config), epoch, drafts, list(_templates(config))])


def making(written: str, nav: Navigation) -> str:
    """Fingerprint of what the HTML of all finished pages depends on: `written`, the result of `writing`, and the navigation."""
    return written and _digest([written, [_item(one) for one in nav]])


def _settings(config: MkDocsConfig) -> Iterator[object]:
    """All settings of mkdocs.yml as MkDocs and its theme read them, without what this plugin derives from them."""
    plain = {key: value for key, value in config.items() if key not in {"theme", "plugins", "extra"}}
    yield plain
    yield {key: value for key, value in config.extra.items() if key != "dossierkit"}
    yield [config.theme.name, dict(config.theme), sorted(config.theme.static_templates)]
    yield [(name, dict(plugin.config)) for name, plugin in config.plugins.items()]


def _templates(config: MkDocsConfig) -> Iterator[str]:
    """The templates of the theme, of the package and of the site, and all other files in the site's own template folder."""
    own = config.theme.custom_dir
    for folder in dict.fromkeys((*config.theme.dirs, str(packaged_templates()))):
        yield folder
        endings = ("",) if folder == own else (".html", ".xml", ".css")
        for path in sorted(below(folder, _LEFT_OUT)):
            if path.endswith(endings):
                size = os.path.getsize(path)  # noqa: PTH202 - many
                yield f"{path} {size} {digest(read(path)) if size < _LARGE else ''}"


def _item(item: Any) -> list[Any]:  # noqa: ANN401 - whatever stands in a navigation
    """An entry of the navigation: what a theme may show of it on other pages."""
    meta = {key: value for key, value in item.meta.items() if key != HEAD} if item.is_page else {}
    kind = (item.is_page, item.is_section, item.is_link)
    return [kind, item.title, getattr(item, "url", ""), meta, [_item(child) for child in item.children or ()]]


def _digest(values: Iterable[object]) -> str:
    return digested(lambda: [_plain(value) for value in values])


def _plain(value: object) -> object:
    """A setting as JSON. Raises UnkeepableError if it has no such form."""
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(one)] for key, one in value.items()]
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | float) else _named(value)


def _named(value: object) -> object:
    """A setting that MkDocs converted to an object."""
    if isinstance(value, date | PurePath) or hasattr(value, "language"):  # the last is a locale
        return [type(value).__name__, str(value)]
    if hasattr(value, "patterns"):  # of files, as .gitignore has them
        return [(pattern.include, pattern.regex and pattern.regex.pattern) for pattern in value.patterns]
    if hasattr(value, "__qualname__"):  # a class or function that mkdocs.yml names
        return [getattr(value, "__module__", ""), value.__qualname__]
    raise UnkeepableError(type(value).__name__)
