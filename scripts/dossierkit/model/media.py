"""Pictures, sound, film and documents on pages, and their authors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

FOLDER = "media/"
"""The folder of media files, below content/."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A use of a media file or of a web address on a page.

    `src`: a path below content/ that begins with `media/`, or a web address, which becomes a link and is never embedded.
    `alt`: its description for those who do not see or hear it; None if missing, empty for decoration. `page`: of a document,
    from 1; 0 for the whole document. `poster`, `captions`, `transcript`: files below `media/`. `lang`: of its captions.
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
        """The files below `media/` that it needs."""
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
        """The name as readers see it."""
        return self.organization or self.name or " ".join(filter(None, (self.given, self.family)))

    @property
    def address(self) -> str:
        """The address of the ORCID; empty if there is none."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


class MediaSize(NamedTuple):
    """One size of a picture: its path on the site, and its width and height in pixels."""

    path: str
    width: int
    height: int


class MediaFile(NamedTuple):
    """A media file as it is published.

    `kind`: "picture", "drawing" (SVG), "sound", "film", "document", "text" (subtitles, transcripts) or "file". `type`: its MIME
    type. `width`, `height`: in pixels, after rotation; 0 if it has none or they are unknown. `size`: bytes of the original.
    `digest`: of the original, 16 hexadecimal characters. `sizes`: WebP, the narrowest first; `fallback`: for browsers that
    cannot show these.
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
"""The folder of published originals on the site. Their names are their SHA-256, so that names of seeds/ are not published."""


class Original(NamedTuple):
    """The published original of an article's text, byte for byte as it was added.

    `path`: on the site; `seed`: below the repository. `kind`: "document", "picture" or "text"; `ending`: the format's name for
    readers ("PDF"). `size`: in bytes. `tells`: the metadata and hidden content found in it, such as authors or comments.
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
"""Characters of a SHA-256 in hexadecimal."""


def named_digest(path: str) -> str:
    """The SHA-256 of the published original at a path on a site; empty for any other file."""
    name = path.removeprefix(ORIGINALS).partition(".")[0]
    right = path.startswith(ORIGINALS) and len(name) == _LENGTH and _DIGITS.issuperset(name)
    return name if right else ""
