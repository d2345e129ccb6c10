"""Settings of mkdocs.yml that Material or a plugin would follow and that have no effect here (D144)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossierkit.theme.content_security import policy
from dossierkit.theme.reaching import blocked
from dossierkit.theme.theming import SettingProblem

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_FOLLOWED = frozenset({"content.action.edit"})
"""The `theme.features` that our own shell follows."""
_FONT = {"text": "Roboto", "code": "Roboto Mono"}
"""Material's default, which nobody wrote."""
_EXTRA = ("alternate", "analytics", "annotate", "consent", "social", "status", "version")
_OURS = "Dossierkit's own shell does not follow it: take it out, or choose Material's with `extra.dossier.shell: theme`"
_MERMAID = "https://unpkg.com/mermaid"
"""Where Material gets Mermaid from, unless a script in `extra_javascript` brings it."""
_GOOGLE = "https://fonts.googleapis.com/css"
"""Where Material gets its fonts from."""


def ignored(config: MkDocsConfig, shell: str, csp: object) -> Iterator[SettingProblem]:
    """The ignored settings, by their path in mkdocs.yml. `shell`: a key of `options.SHELLS`; `csp`: an argument of `policy`."""
    yield from _blocked(config, policy(csp))
    if config.theme.name != "material":
        return
    yield from _colours(config.theme.get("palette"))
    if shell == "theme":
        yield from _mermaid_of_theme(config, policy(csp))
        if dict(config.theme).get("font") and not web_fonts(csp):
            yield _problem(
                ("theme", "font"),
                "Material's fonts come from fonts.googleapis.com, which the policy of the pages does not allow, and are left out: write `font: false`; "
                "`extra.dossier.fonts` names fonts of the site's own",
            )
    elif not _extends_theme(config):
        yield from _of_shell(config)


def web_fonts(csp: object) -> bool:
    """Whether the policy of the pages allows the fonts that Material gets from another host. `csp`: an argument of `policy`."""
    return not blocked(_GOOGLE, "style-src", allowed) if (allowed := policy(csp)) else True


def _blocked(config: MkDocsConfig, policy: str) -> Iterator[SettingProblem]:
    scripts = (("extra_javascript", "script-src", str(one)) for one in config.extra_javascript)
    styles = (("extra_css", "style-src", str(one)) for one in config.extra_css)
    for setting, directive, address in (*scripts, *styles):
        if policy and blocked(address, directive, policy):
            host = address.partition("//")[2].partition("/")[0]
            yield _problem(
                (setting,),
                f"`{address}` comes from another host, and the policy of the pages does not allow it: put a copy below {Path(config.docs_dir).name}/, "
                f"or allow the host with `extra.dossier.csp: {{{directive}: https://{host}}}`",
            )


def _colours(palette: object) -> Iterator[SettingProblem]:
    listed = palette if isinstance(palette, list) else [palette]
    chosen = {
        f"{key}: {one[key]}"
        for one in listed
        if isinstance(one, Mapping)
        for key in ("primary", "accent")
        if one.get(key, "custom") != "custom"
    }
    if chosen:
        yield _problem(
            ("theme", "palette"),
            f"`{'`, `'.join(sorted(chosen))}` has no effect: colours are set under `extra.dossier.colors` (`brand` and others); write `custom`",
        )


def _mermaid_of_theme(config: MkDocsConfig, policy: str) -> Iterator[SettingProblem]:
    local = any("mermaid" in str(one) for one in config.extra_javascript)
    fetched = local or not blocked(_MERMAID, "script-src", policy)
    if policy and _draws_mermaid(config) and not (fetched and "'unsafe-inline'" in policy):
        yield _problem(
            ("markdown_extensions",),
            "the policy of the pages does not allow what Mermaid needs, a script from unpkg.com and styles that it writes: list a copy of "
            "mermaid.min.js under `extra_javascript`, and write `extra.dossier.csp: {style-src: \"'unsafe-inline'\"}`",
        )


def _of_shell(config: MkDocsConfig) -> Iterator[SettingProblem]:
    if features := sorted({*map(str, config.theme.get("features") or ())} - _FOLLOWED):
        yield _problem(("theme", "features"), f"`{'`, `'.join(features)}`: {_OURS}")
    if config.theme.get("icon"):
        yield _problem(("theme", "icon"), f"`theme.icon`: {_OURS}")
    if (config.theme.get("font") or _FONT) != _FONT:
        message = "`theme.font` has no effect: `extra.dossier.fonts` names fonts of the site's own"
        yield _problem(("theme", "font"), message)
    edited = (config.extra.get("dossier") or {}).get("admin")
    if config.repo_url and not edited and not _FOLLOWED.intersection(config.theme.get("features") or ()):
        message = f"`repo_url`, without `content.action.edit` under `theme.features`: {_OURS}"
        yield _problem(("repo_url",), message)
    for key in (key for key in _EXTRA if config.extra.get(key)):
        yield _problem(("extra", key), f"`extra.{key}`: {_OURS}")
    if _draws_mermaid(config):
        message = f"`mermaid` under `custom_fences`, whose diagrams stay text: {_OURS}"
        yield _problem(("markdown_extensions",), message)


def _problem(path: tuple[str, ...], message: str) -> SettingProblem:
    return SettingProblem(path, "D144", message)


def _draws_mermaid(config: MkDocsConfig) -> bool:
    fences: Any = (config.mdx_configs.get("pymdownx.superfences") or {}).get("custom_fences") or ()
    return any(isinstance(one, Mapping) and one.get("name") == "mermaid" for one in fences)


def _extends_theme(config: MkDocsConfig) -> bool:
    """Whether the site's own `main.html` stands in Material's base whatever the setting says."""
    main = Path(config.theme.custom_dir or "", "main.html")
    return (
        bool(config.theme.custom_dir) and main.is_file() and "base.html" in main.read_text("utf-8", "replace")
    )
