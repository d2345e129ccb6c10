"""A reference as CSL-JSON (https://github.com/citation-style-language/schema, csl-data.json 1.0.2), which Zotero reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from dossierkit.model.media import Author
from dossierkit.site.cite.plain import unmarked
from dossierkit.site.cite.reference import Reference
from dossierkit.site.dateview import view
from dossierkit.site.strings import Strings
from dossierkit.text.links import host

_POINT = r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?]?)"
_DATE = re.compile(rf"{_POINT}(?:/{_POINT})?")
HEAD, BETWEEN, TAIL = "[\n", ",\n", "\n]\n"
"""What is around the items of a list, and between them."""
_encode = json.JSONEncoder(ensure_ascii=False).encode


def csl(references: Iterable[Reference], t: Strings) -> str:
    """The references as a JSON text: a list of items, UTF-8, one key per line."""
    return HEAD + BETWEEN.join(written(reference, t) for reference in references) + TAIL


def written(reference: Reference, t: Strings) -> str:
    """One item of the list."""
    values = item(reference, t)
    return "{\n" + ",\n".join([f'  "{name}": {_encode(value)}' for name, value in values.items()]) + "\n}"


def item(reference: Reference, t: Strings) -> dict[str, Any]:
    """One item. `accessed` is left to the reader's program."""
    source = reference.kind == "source"
    given = {
        "id": reference.key,
        "type": "article-newspaper" if source else "webpage",
        "title": reference.title,
        "author": [_author(author) for author in reference.authors],
        "container-title": reference.publisher if source else reference.site,
        "issued": _date(reference.date, t) if reference.date else None,
        "language": reference.lang,
        "URL": reference.url or reference.archived or reference.page,
        "archive": host(reference.archived),
        "archive_location": reference.archived,
        "note": unmarked(t("cite_in", site=reference.site, address=reference.page))
        if source and reference.page
        else None,
    }
    return {name: value for name, value in given.items() if value}


def _author(author: Author) -> dict[str, str]:
    if not author.family:
        return {"literal": author.shown}
    return {"family": author.family, **({"given": author.given} if author.given else {})}


def _date(edtf: str, t: Strings) -> dict[str, Any]:
    """Date parts for a day, month, year or span, with `circa` if it is approximate or uncertain; other dates in words."""
    match = _DATE.fullmatch(edtf)
    if not match:
        return {"literal": view(edtf, t.lang).words}
    first, last = match.groups()[:4], match.groups()[4:]
    parts = [[int(part) for part in point[:3] if part] for point in (first, last) if point[0]]
    return {"date-parts": parts, **({"circa": True} if first[3] or last[3] else {})}
