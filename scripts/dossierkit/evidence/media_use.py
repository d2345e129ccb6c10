"""Media on pages: missing files, and missing descriptions for readers who cannot see or hear them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple
from urllib.parse import unquote

from dossierkit.evidence import visibility
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.media import FOLDER, MediaFile, Medium
from dossierkit.model.page import ArticlePage, Content, ContentPage
from dossierkit.text.figures import KEYS, Figure, figures

_NAMED = re.compile(rf"{FOLDER}[^\s()<>\"'\\]++")
_PICTURES = frozenset({"picture", "drawing"})
_RECORDINGS = frozenset({"sound", "film"})


class Use(NamedTuple):
    """Use of a medium in the page with file `page`. `place`: its key, or "figure"."""

    page: str
    place: str
    medium: Medium


def problems(
    content: Content, media: Mapping[str, MediaFile], there: Collection[str]
) -> Iterator[Diagnostic]:
    """Problems of all uses in all pages. `there`: all files below content/, valid or not."""
    for path, page in visibility.pages_of(content):
        for found in _figures(path, page):
            yield from _unknown(page, found)
        for use in uses(path, page):
            yield from wrong(use, media, there)


def of_lead(
    path: str, image: Medium | None, body: str, media: Mapping[str, MediaFile], there: Collection[str]
) -> Iterator[Diagnostic]:
    """The same for a generated page's own picture; its path below content/ is given."""
    shown = f"content/{path}"
    used = [Use(shown, "image", image)] if image else []
    for use in (*used, *(Use(shown, "figure", found.medium) for found in figures(body, path))):
        yield from wrong(use, media, there)


def uses(path: str, page: ContentPage) -> Iterator[Use]:
    """All uses in a page; its path below content/ is given."""
    if page.image:
        yield Use(page.path, "image", page.image)
    yield from (Use(page.path, "media", medium) for medium in page.media)
    for found in _figures(path, page):
        yield Use(page.path, "figure", _placed(found, page))


def wrong(use: Use, media: Mapping[str, MediaFile], there: Collection[str]) -> Iterator[Diagnostic]:
    """Problems of one use. Problems of the file itself are reported by the survey of media files."""
    medium = use.medium
    for path in medium.files:
        if path not in there:
            yield _problem(use, "D851", _missing(path, there))
    found = None if medium.elsewhere else media.get(medium.src)
    if found:
        yield from _unfit(use, found)
    for path, kinds, name in ((medium.poster, _PICTURES, "poster"), (medium.captions, {"text"}, "captions")):
        if path in media and media[path].kind not in kinds:
            message = f"`{name}` is `{path}`, a {media[path].kind}: expected {_expected(name)}"
            yield _problem(use, "D858", message)


def published(content: Content, texts: Iterable[str], media: Collection[str]) -> frozenset[str]:
    """Media that readers may see: named by a page, or pictures elsewhere.

    `content`: what is visible; `texts`: all other pages and style sheets.
    """
    named = {
        path
        for place, page in visibility.pages_of(content)
        for use in uses(place, page)
        for path in use.medium.files
    }
    bodies = (page.body for _, page in visibility.pages_of(content) if _may_have_media(page))
    for text in (*bodies, *texts):
        if FOLDER in text:
            named |= {unquote(found.partition("#")[0]) for found in _NAMED.findall(text)}
    return frozenset(path for path in media if path in named or not path.startswith(FOLDER))


def _may_have_media(page: ContentPage) -> bool:
    """Articles' texts are read only if necessary."""
    return page.gist.media if isinstance(page, ArticlePage) else True


def _figures(path: str, page: ContentPage) -> tuple[Figure, ...]:
    return figures(page.body, path) if _may_have_media(page) else ()


def _placed(found: Figure, page: ContentPage) -> Medium:
    line = page.body_line + page.body.count("\n", 0, found.start)
    return replace(found.medium, line=line, col=1)


def _unknown(page: ContentPage, found: Figure) -> Iterator[Diagnostic]:
    for name in found.unknown:
        close = get_close_matches(name, sorted(KEYS), 1, 0.6)
        meant = f"did you mean `{close[0]}`?" if close else "expected one of " + ", ".join(sorted(KEYS))
        message = f"the attribute `{name}` of a figure means nothing here: {meant}"
        yield Diagnostic(page.path, _placed(found, page).line, 1, "D109", message, "warning")


def _missing(path: str, there: Collection[str]) -> str:
    close = get_close_matches(path, [one for one in there if one.startswith(FOLDER)], 1, 0.8)
    meant = f"did you mean `{close[0]}`?" if close else "put the original there, or correct the path"
    return f"there is no file content/{path}: {meant}"


def _unfit(use: Use, found: MediaFile) -> Iterator[Diagnostic]:
    medium = use.medium
    if use.place == "image" and found.kind not in _PICTURES:
        yield _problem(
            use, "D858", f"`image` is a {found.kind}: expected a picture (JPEG, PNG, WebP, GIF, AVIF, SVG)"
        )
    if found.kind in _PICTURES and medium.alt is None:
        what = "`![What it shows](…)`" if use.place == "figure" else "`alt`"
        yield _problem(use, "D852", f"`{medium.src}` has no alternative text: say in {what} what it shows")
    if found.kind in _RECORDINGS and not (medium.captions or medium.transcript):
        message = f"`{medium.src}` has neither `captions` nor `transcript`: add a WebVTT file of what is said"
        yield _problem(use, "D857", message, "warning")
    if found.kind not in _RECORDINGS and (medium.captions or medium.poster):
        yield _problem(
            use, "D858", f"`{medium.src}` is a {found.kind}: only sound and film have captions and a poster"
        )


def _expected(name: str) -> str:
    return "a picture" if name == "poster" else "a WebVTT file (`.vtt`)"


def _problem(use: Use, code: str, message: str, severity: str = "error") -> Diagnostic:
    return Diagnostic(use.page, use.medium.line, use.medium.col, code, message, severity)
