"""Pictures, sound, film and documents on pages, and their authors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

FOLDER = "media/"
"""Where originals lie, below content/."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A use of a file, or of something elsewhere.

    `src`: a path below content/ that begins with `media/`, or an address of the web, which becomes a link and is never embedded.
    `alt`: what it shows, for those who do not see or hear it; None where nobody has written it, empty for decoration. `page`:
    of a document, from 1; 0 for the whole. `poster`, `captions`, `transcript`: files below `media/`. `lang`: of its captions.
    """

    src: str
    alt: str | None = None
    caption: str = ""
    credit: str = ""
    title: str = ""
    page: int = 0
    poster: str = ""
    captions: str = ""
    transcript: str = ""
    lang: str = ""
    line: int = 0
    col: int = 0

    @property
    def elsewhere(self) -> bool:
        return self.src.startswith(("https://", "http://"))

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it needs."""
        own = () if self.elsewhere else (self.src,)
        return (*own, *filter(None, (self.poster, self.captions, self.transcript)))


@dataclass(frozen=True, slots=True)
class Author:
    """A person by `given` and `family`, a body by `organization`, or a `name` if it is unknown which it is.

    `orcid`: sixteen characters in groups of four (https://orcid.org), without the address.
    """

    name: str = ""
    given: str = ""
    family: str = ""
    organization: str = ""
    orcid: str = ""
    line: int = 0
    col: int = 0

    @property
    def shown(self) -> str:
        """As readers see it."""
        return self.organization or self.name or " ".join(filter(None, (self.given, self.family)))

    @property
    def address(self) -> str:
        """Address of the ORCID; "" without one."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


class MediaSize(NamedTuple):
    """One size of a picture: its path on the site, and its width and height in pixels."""

    path: str
    width: int
    height: int


class MediaFile(NamedTuple):
    """A file below content/ as readers get it.

    `kind`: "picture", "drawing" (SVG), "sound", "film", "document", "text" (subtitles, transcripts) or "file". `type`: its MIME
    type. `width`, `height`: in pixels, upright; 0 where it has none or none is known. `size`: bytes of the original. `digest`:
    of the original, 16 hexadecimal characters. `sizes`: WebP, the narrowest first; `fallback`: for browsers that cannot show
    these.
    """

    path: str
    kind: str
    type: str
    size: int
    digest: str
    width: int = 0
    height: int = 0
    sizes: tuple[MediaSize, ...] = ()
    fallback: MediaSize | None = None


ORIGINALS = "originals/"
"""Where readers find what texts were taken from, below the site: each under its SHA-256, so that no name of seeds/ is told."""


class Original(NamedTuple):
    """The file that an article's text was taken from, as readers get it: with every byte that was added.

    `path`: on the site; `seed`: from the repository's root. `kind`: "document", "picture" or "text"; `ending`: as it is named to
    readers ("PDF"). `size`: in bytes. `tells`: what it holds beside what is seen in it, as far as that is plain to see.
    """

    path: str
    seed: str
    kind: str
    ending: str
    size: int
    tells: tuple[str, ...] = ()

    def at(self, page: str) -> str:
        """The address of a page below the site (RFC 8118, `page`); "" if it cannot be linked."""
        known = self.kind == "document" and page.isascii() and page.isdigit()
        return f"{self.path}#page={page}" if known else ""


_DIGITS = frozenset("0123456789abcdef")
_LENGTH = 64
"""Of a SHA-256 in hexadecimal."""


def named_digest(path: str) -> str:
    """The SHA-256 that a path on a site names, of a published original; empty for any other file."""
    name = path.removeprefix(ORIGINALS).partition(".")[0]
    right = path.startswith(ORIGINALS) and len(name) == _LENGTH and _DIGITS.issuperset(name)
    return name if right else ""
