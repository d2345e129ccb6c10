"""The options under `extra.dossier` in mkdocs.yml, and their problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dossierkit.build.ignored_settings import web_fonts
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.site.publisher import KEYS as PUBLISHER
from dossierkit.site.publisher import Publisher, properties, publisher, reachable, web_address
from dossierkit.site.strings import Strings, keys, leaves
from dossierkit.store.frontmatter import position
from dossierkit.store.inside import below
from dossierkit.store.served import Served
from dossierkit.text.data import LOADER
from dossierkit.theme.content_security import DIRECTIVES
from dossierkit.theme.theming import (
    FILE,
    FONTS,
    SCHEMES,
    SHEET,
    Look,
    SettingProblem,
    defaults,
    look,
    wrong_colours,
    wrong_fonts,
)

KNOWN = frozenset(
    "admin cards check colors csp data editors embeds feeds files fonts id labels names publisher report shell twins unreviewed".split()
)
"""The names of all settings."""

SHELLS = {"own": "shell.html", "theme": "material.html"}
"""The base template of pages by the value of `shell`: our own, or the theme's."""
MARKUP = {
    "plain": ("md-button",),
    "every": ("md-button", "twemoji", "tabbed-set", "highlight", "codehilite", "task-list", "headerlink", 'class="keys', 'class="grid', " inline", "critic"),
}  # fmt: skip
"""What HTML of Markdown has in it if it needs `markup.css`: of extensions that are known, without options, and of any."""
_NAMES = re.compile(r"model|none|spacy:[\w-]+")
_REPORT = re.compile(r"""[^\s@:/?#&"<>]+@[^\s@:/?#&"<>]+|https?://[^\s"<>]+""")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_PUBLISHER = {
    "contact": "an e-mail address or a web address (https://...)",
    "url": "a web address (https://...)",
    "founded": "a year, month or day, such as 2016 or 2016-03",
    "": "words, a web address (https://...), or the path of a page below `content/` (about/ethics.md)",
}
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """The site's options.

    `labels`: interface strings by dotted key, instead of ours. `csp`: an argument of `theme.content_security.policy`. `served`:
    which files are published. `report`: the address for reports of errors, see `Publication`. `shell`: a key of `SHELLS`.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    csp: object = True
    look: Look = field(default_factory=lambda: Look("", ""))
    served: Served = field(default_factory=Served)
    report: str = ""
    shell: str = "own"
    publisher: Publisher = field(default_factory=Publisher)
    problems: tuple[Diagnostic, ...] = ()


def options(extra: Mapping[str, Any], files: Mapping[str, str], docs: Path, css: str) -> SiteOptions:
    """The options in `extra`, as MkDocs read it. Settings with an error (D140, D141) are left out.

    `files`: see `place`, for the places of problems. `docs`: the folder of the content. `css`: the text of `tokens.css`.
    """
    settings = extra.get("dossier") or {}
    if not isinstance(settings, Mapping):
        wrong = SettingProblem((), "D141", "`extra.dossier` is a mapping of settings")
        return SiteOptions(problems=(_diagnostic(files, wrong),))
    found = [*_wrong_kinds(settings), *_unknown(settings, css)]
    sound = {
        name: value for name, value in settings.items() if not any(one.path[:1] == (name,) for one in found)
    }
    colors, fonts = sound.get("colors") or {}, sound.get("fonts") or {}
    values = [*wrong_colours(colors, css), *wrong_fonts(fonts, docs), *_wrong_publisher(sound, docs)]
    bad = {one.path[0] for one in values if one.code != "D142"}
    made = look({} if "colors" in bad else colors, {} if "fonts" in bad else fonts, css)
    labels = dict(leaves(sound.get("labels") or {}))
    problems = (*_misplaced(files), *(_diagnostic(files, one) for one in (*found, *values)))
    served = Served(tuple(sound.get("files") or ()))
    report = str(sound.get("report") or "")
    behind = {} if "publisher" in bad else sound.get("publisher") or {}
    shell = str(sound.get("shell", "own"))
    return SiteOptions(
        labels, sound.get("csp", True), made, served, report, shell, publisher(behind), problems
    )


def _wrong_kinds(settings: Mapping[str, Any]) -> Iterator[SettingProblem]:
    for name in ("colors", "fonts", "labels", "publisher"):
        if settings.get(name) is not None and not isinstance(settings[name], Mapping):
            yield SettingProblem((name,), "D141", f"`{name}` is a mapping of names and values")
    for name, (fits, form) in (_forms() if settings else {}).items():
        if name in settings and not fits(settings[name]):
            yield SettingProblem((name,), "D141", f"`{name}` is {form}")


def _wrong_publisher(sound: Mapping[str, Any], docs: Path) -> Iterator[SettingProblem]:
    """A statement is a web address, an existing page or text. The path of a page that does not exist is an error, not text."""
    section = sound.get("publisher") or {}
    for key, value in section.items():
        if not _says(key, value):
            message = f"`publisher.{key}` is {_PUBLISHER.get(key, _PUBLISHER[''])}"
            yield SettingProblem(("publisher", key), "D141", message)
    for statement in publisher(section).statements:
        if statement.kind == "page" and not (below(statement.value) and (docs / statement.value).is_file()):
            message = f"`publisher.{statement.key}` names no page: there is no `{statement.value}` below `{docs.name}/`"
            yield SettingProblem(("publisher", statement.key), "D141", message)


def _says(key: str, value: object) -> bool:
    if key == "contact":
        return reachable(value)
    if key == "url":
        return web_address(value)
    if key == "founded":
        return isinstance(value, int | str | date) and _DAY.fullmatch(str(value)) is not None
    return isinstance(value, str) and bool(value.strip())


@cache
def _forms() -> Mapping[str, tuple[Callable[[object], bool], str]]:
    """By setting: a function that tells whether a value is valid, and the words for valid values."""
    from dossierkit.export.formats import offerable  # noqa: PLC0415 - heavy

    def offered(value: object) -> bool:
        return isinstance(value, bool) or (
            isinstance(value, list) and all(one in offerable() for one in value)
        )

    def listed(value: object) -> bool:
        return value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value))

    def named(value: object) -> bool:
        return isinstance(value, str) and _NAMES.fullmatch(value) is not None

    def reached(value: object) -> bool:
        return isinstance(value, str) and _REPORT.fullmatch(value) is not None

    def switched(value: object) -> bool:
        return isinstance(value, (bool, Mapping))

    return {
        "admin": (switched, "true, false, or a mapping with `backend`"),
        "cards": (
            lambda value: isinstance(value, int) and value >= 0,
            "true, false, or how many of the newest articles get a card",
        ),
        "csp": (switched, "true, false, or a mapping of directives and sources to add"),
        "data": (offered, f"true, false, or a list of {', '.join(offerable())}"),
        "editors": (lambda value: value in ("none", "git"), "`none` or `git`"),
        "embeds": (lambda value: value in ("all", "cast"), "`all` or `cast`"),
        "feeds": (lambda value: value in ("all", "cast"), "`all` or `cast`"),
        "files": (listed, "a list of patterns of file names, such as `*.txt`"),
        "id": (lambda value: isinstance(value, str), "a text, once chosen and never changed"),
        "names": (named, "`model`, `none`, or `spacy:` and the name of a model"),
        "report": (
            reached,
            "an e-mail address, or a web address in which `{page}`, `{title}` and `{quote}` are filled in",
        ),
        "shell": (lambda value: value in SHELLS, f"`{'` or `'.join(SHELLS)}`"),
        "twins": (
            lambda value: value in ("all", "lists") or isinstance(value, bool),
            "true, false, `lists` or `all`",
        ),
        "unreviewed": (lambda value: value in ("hide", "mark"), "`hide` or `mark`"),
    }


def _unknown(settings: Mapping[str, Any], css: str) -> Iterator[SettingProblem]:
    yield from _names(settings, (), KNOWN)
    yield from _names(settings.get("colors"), ("colors",), frozenset(defaults(css)))
    for name, value in _items(settings.get("colors")):
        yield from _names(value, ("colors", name), frozenset(SCHEMES))
    yield from _names(settings.get("fonts"), ("fonts",), frozenset({*FONTS, "files"}))
    for number, file in enumerate(dict(_items(settings.get("fonts"))).get("files") or ()):
        yield from _names(file, ("fonts", "files", number), frozenset(FILE))
    yield from _names(settings.get("publisher"), ("publisher",), frozenset({*PUBLISHER, *properties()}))
    yield from _names(settings.get("csp"), ("csp",), DIRECTIVES)
    labels = settings.get("labels")
    for key, _ in leaves(labels) if isinstance(labels, Mapping) else ():
        yield from _names({key: ""}, ("labels",), frozenset(keys("en")), dotted=True)


def _items(value: object) -> tuple[tuple[str, Any], ...]:
    return tuple(value.items()) if isinstance(value, Mapping) else ()


def _names(
    value: object, path: Path_, known: frozenset[str], *, dotted: bool = False
) -> Iterator[SettingProblem]:
    for name, _ in _items(value):
        if name not in known:
            near = get_close_matches(str(name), sorted(known), 1, 0.5)
            where = ".".join(map(str, ("extra.dossier", *path)))
            meant = (
                f"did you mean `{near[0]}`?" if near else f"expected one of {', '.join(sorted(known)[:30])}"
            )
            at = str(name).split(".") if dotted else [name]
            yield SettingProblem((*path, *at), "D140", f"`{where}` knows no `{name}`: {meant}")


def _diagnostic(files: Mapping[str, str], problem: SettingProblem) -> Diagnostic:
    at = place(files, ("extra", "dossier", *problem.path))
    severity = "warning" if problem.code == "D142" else "error"
    return Diagnostic(*at, problem.code, problem.message, severity)


def _misplaced(files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Problems for settings that are written below the plugin `dossier`, where only `drafts` is read."""
    wholes = ((file, yaml.compose(text, Loader=LOADER)) for file, text in files.items())
    for file, listed in ((file, listed) for file, whole in wholes for listed in _below(whole, "plugins")):
        items = listed.value if isinstance(listed, yaml.SequenceNode) else (listed,)
        for given in (one for item in items for one in _below(item, "dossier")):
            for key, _ in given.value if isinstance(given, yaml.MappingNode) else ():
                if key.value != "drafts":
                    known = "it belongs" if key.value in KNOWN else "what a site sets belongs"
                    message = (
                        f"the plugin `dossier` has no option `{key.value}`: {known} under `extra: dossier:`"
                    )
                    yield Diagnostic(file, *position(key), "D140", message)


def _below(node: yaml.Node | None, name: str) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        yield from (value for key, value in node.value if key.value == name)


def place(files: Mapping[str, str], path: Path_) -> tuple[str, int, int]:
    """File, line and column, from 1, of the deepest key or item on the path; the start of the first file if there is none.

    `files`: the texts of mkdocs.yml and of what it inherits from, by path from the repository. A file comes before what it
    inherits from.
    """
    placed = [(file, *_place(text, path)) for file, text in files.items()]
    file, _, line, col = max(placed, key=lambda one: one[1])  # of equals the first
    return file, line, col


def _place(text: str, path: Path_) -> tuple[int, int, int]:
    """How much of the path is in the text, and line and column of the last part of that."""
    node, found = yaml.compose(text, Loader=LOADER), (1, 1)
    rest = list(path)
    while rest:
        if isinstance(node, yaml.SequenceNode) and isinstance(rest[0], int) and rest[0] < len(node.value):
            node = node.value[rest.pop(0)]
            found = position(node)
            continue
        step = _step(node, rest) if isinstance(node, yaml.MappingNode) else None
        if step is None:
            break
        key, node, taken = step
        found = position(key)
        rest = rest[taken:]
    return len(path) - len(rest), *found


def _step(node: yaml.MappingNode, rest: list[str | int]) -> tuple[yaml.Node, yaml.Node, int] | None:
    """The key for the first part of the path, or for several parts written with dots; its value, and how many parts it is."""
    for key, value in node.value:
        for taken in range(1, len(rest) + 1):
            if str(key.value) == ".".join(map(str, rest[:taken])):
                return key, value, taken
    return None


def frame(options: SiteOptions, strings: Strings, markup: str, *, from_disk: bool = False) -> dict[str, Any]:
    """The values that templates read as `config.extra.dossierkit`: interface strings and the site's look. `markup`: a key of `MARKUP`.

    `from_disk`: pages are to be read as files (`file://`), for which browsers refuse to preload fonts.
    """
    return {
        "t": strings.tree(),
        "lang": strings.lang,
        "dir": strings.dir,
        "sheet": SHEET if options.look.sheet else "",
        "shell": SHELLS[options.shell],
        "markup": MARKUP[markup],
        "preload": "" if from_disk else options.look.preload,
        "web_fonts": web_fonts(options.csp),
    }
