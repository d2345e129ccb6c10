"""Media as pages show them: pictures with sizes, the site's own film and sound, documents, and links to other media."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from dossierkit.model.media import MediaFile, MediaSize, Medium
from dossierkit.site.interface import Site
from dossierkit.text.figures import filled, replaced
from dossierkit.text.language import direction
from dossierkit.text.links import host

COLUMN, BESIDE, PORTRAIT = "(min-width: 48em) 660px, 96vw", "(min-width: 60em) 480px, 96vw", "160px"
"""Values of the attribute `sizes`: for a picture in the text, for a picture beside the head of a page, for a portrait."""
_SCREEN = (16, 9)
"""The aspect ratio reserved for a film without a poster."""


class FigureTrack(NamedTuple):
    href: str
    lang: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """A medium prepared for templates.

    `kind`: "picture" (drawings too), "film", "sound", "document", "file" or "link". `href`: the file itself, or the address
    elsewhere. `srcset`: WebP files; empty if there are no sizes. `width`, `height`: pixels to reserve, 0 if unknown. `host`:
    of an address elsewhere. `page`: of a document, 0 for the whole. `name`: the text of a link.
    """

    kind: str
    href: str
    src: str = ""
    type: str = ""
    srcset: str = ""
    sizes: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""
    credit: str = ""
    name: str = ""
    host: str = ""
    page: int = 0
    poster: str = ""
    track: FigureTrack | None = None
    transcript: str = ""
    lang: str = ""
    dir: str = ""


class Figures:
    """Makes views for one page (`here`, a path below docs_dir) whose texts are in the language `lang`."""

    def __init__(self, site: Site, here: str, lang: str = "") -> None:
        self._site, self._here = site, here
        self._lang = lang or site.strings.lang

    def view(self, medium: Medium | None, sizes: str = COLUMN) -> FigureView | None:
        """The view of a medium; None if its file is missing or not in order."""
        if medium is None:
            return None
        if medium.elsewhere:
            return self._link(medium)
        found = self._site.media.get(medium.src)
        return self._file(medium, found, sizes) if found else None

    def html(self, medium: Medium, sizes: str = COLUMN) -> str:
        """The figure as HTML on a single line; empty if there is nothing to show."""
        view = self.view(medium, sizes)
        return self._site.single("figure.html", {"view": view}) if view else ""

    def text(self, html: str) -> str:
        """An article's HTML with the placeholders of `text.figures` replaced by figures."""
        return filled(html, self._here, self.html)

    def body(self, markdown: str) -> str:
        """An editor's Markdown with its figures replaced by HTML."""
        return replaced(markdown, self._here, self.html)

    def _link(self, medium: Medium) -> FigureView:
        name_of_host = host(medium.src) or medium.src
        name = medium.title or medium.alt or medium.caption or medium.src
        caption = "" if medium.caption == name else medium.caption
        return FigureView(
            "link", medium.src, caption=caption, credit=medium.credit, name=name, host=name_of_host.removeprefix("www."),
            lang=self._lang, dir=direction(self._lang),
        )  # fmt: skip

    def _file(self, medium: Medium, found: MediaFile, sizes: str) -> FigureView:
        shown = found.fallback or MediaSize(found.path, found.width, found.height)
        picture = found.kind in {"picture", "drawing"}
        largest = found.sizes[-1] if found.sizes else shown
        width, height = (largest.width, largest.height) if picture else self._room(medium, found)
        return FigureView(
            kind="picture" if picture else found.kind,
            href=self._at(found.path) + (f"#page={medium.page}" if medium.page else ""),
            src=self._at(shown.path if picture else found.path),
            type=found.type,
            srcset=self._srcset(found),
            sizes=sizes if found.sizes else "",
            width=width,
            height=height,
            alt=medium.alt or "",
            caption=medium.caption,
            credit=medium.credit,
            name=medium.title or medium.alt or medium.caption or found.path.rpartition("/")[2],
            page=medium.page,
            poster=self._poster(medium),
            track=FigureTrack(self._at(medium.captions), medium.lang or self._lang)
            if medium.captions
            else None,
            transcript=self._at(medium.transcript) if medium.transcript else "",
            lang=self._lang,
            dir=direction(self._lang),
        )

    def _srcset(self, found: MediaFile) -> str:
        return ", ".join(f"{self._at(size.path)} {size.width}w" for size in found.sizes)

    def _poster(self, medium: Medium) -> str:
        found = self._site.media.get(medium.poster)
        if not found:
            return ""
        # Engines that resolve links themselves know those of `src` and `href`, not this one.
        path = found.fallback.path if found.fallback else found.path
        return self._site.urls.as_served().to(self._here, quote(path))

    def _room(self, medium: Medium, found: MediaFile) -> tuple[int, int]:
        """Width and height to reserve for a film, taken from its poster; 0 and 0 for other files."""
        poster = self._site.media.get(medium.poster)
        if found.kind != "film":
            return 0, 0
        return (poster.width, poster.height) if poster and poster.width else _SCREEN

    def _at(self, path: str) -> str:
        return self._site.urls.to(self._here, quote(path))
