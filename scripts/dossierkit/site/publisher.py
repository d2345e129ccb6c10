"""The publisher of the site as `extra.dossier.publisher` states it, for the about page and for machine-readable data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dossierkit.text.data import load

KEYS = ("name", "legal_name", "founded", "url", "contact")
_ADDRESS = re.compile(r"https?://[^\s\"<>]+")
_MAIL = re.compile(r"[^\s@:/?#&\"<>]+@[^\s@:/?#&\"<>]+")
_PAGE = re.compile(r"[^\s:?#\\]+\.md")
Kind = Literal["address", "page", "text"]


def properties() -> Mapping[str, str]:
    """By the name of a statement, its property in schema.org."""
    found: Mapping[str, str] = load("publisher")
    return found


@dataclass(frozen=True, slots=True)
class PublisherStatement:
    """A statement of the publisher about one matter. `value`: a web address, the path of a page below docs_dir, or words."""

    key: str
    value: str

    @property
    def kind(self) -> Kind:
        if _ADDRESS.fullmatch(self.value):
            return "address"
        return "page" if _PAGE.fullmatch(self.value) else "text"


@dataclass(frozen=True, slots=True)
class Publisher:
    """`founded`: a year, month or day. `contact`: an e-mail address or a web address. All may be empty."""

    name: str = ""
    legal_name: str = ""
    founded: str = ""
    url: str = ""
    contact: str = ""
    statements: tuple[PublisherStatement, ...] = field(default=())

    def __bool__(self) -> bool:
        return any((self.name, self.legal_name, self.founded, self.url, self.contact, self.statements))

    @property
    def by_mail(self) -> bool:
        return _MAIL.fullmatch(self.contact) is not None


def publisher(settings: Mapping[str, Any]) -> Publisher:
    """The publisher from the site's settings, whose form has been checked already."""
    texts = {key: " ".join(str(settings[key]).split()) for key in (*KEYS, *properties()) if settings.get(key)}
    statements = tuple(PublisherStatement(key, texts[key]) for key in properties() if key in texts)
    return Publisher(**{key: texts.get(key, "") for key in KEYS}, statements=statements)


def reachable(contact: object) -> bool:
    return isinstance(contact, str) and bool(_MAIL.fullmatch(contact) or _ADDRESS.fullmatch(contact))


def web_address(url: object) -> bool:
    return isinstance(url, str) and _ADDRESS.fullmatch(url) is not None
