"""The engines, and what each of them cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine. `name`: of its package and its command. `drop`: keys of mkdocs.yml that it cannot use.

    `theme`: options of the theme that make it look like Material for MkDocs. `resolves`: whether it turns links to sources
    into addresses itself, in HTML too. `without`: templates that it cannot render. `off`: plugins that it would run by
    default. `hooks`: whether it runs hooks as MkDocs does.
    """

    name: str
    drop: tuple[str, ...] = ()
    theme: tuple[tuple[str, str], ...] = ()
    resolves: bool = False
    without: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    hooks: bool = True


ENGINES: Mapping[str, Engine] = {
    "mkdocs": Engine("mkdocs"),
    "properdocs": Engine("properdocs"),
    "zensical": Engine(
        "zensical",
        drop=("hooks", "not_in_nav"),
        theme=(("variant", "classic"),),
        resolves=True,
        without=("sitemap.xml",),
        off=("search",),
        hooks=False,
    ),
}
