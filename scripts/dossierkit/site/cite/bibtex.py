"""A reference as BibTeX for biblatex, whose dates are EDTF (biblatex manual, 2.3.8: ISO 8601-2, level 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierkit.site.cite.plain import unmarked
from dossierkit.site.cite.reference import Reference
from dossierkit.site.dateview import view
from dossierkit.site.strings import Strings

_POINT = r"\d{4}(-\d\d){0,2}[~?]?"
_DATE = re.compile(rf"(?:{_POINT})(?:/(?:{_POINT}|\.\.)?)?|(?:\.\.)?/{_POINT}")
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
        **{char: f"\\{char}" for char in "{}#$%&_"},
    }
)


def bibtex(reference: Reference, t: Strings) -> str:
    """One entry, `@online`. Names are written as they stand: who is a person and who a body is not guessed."""
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(reference, t)]
    return "\n".join([f"@online{{{reference.key},", *lines, "}"]) + "\n"


def _fields(reference: Reference, t: Strings) -> Iterator[tuple[str, str]]:
    if reference.author:
        yield "author", f"{{{_text(reference.author)}}}"
    yield "title", f"{{{_text(reference.title)}}}"
    body = reference.publisher if reference.kind == "source" else reference.site
    if body:
        yield "organization", f"{{{_text(body)}}}"
    if _DATE.fullmatch(reference.date):
        yield "date", reference.date
    elif reference.date:
        yield "note", _text(view(reference.date, t.lang).words)
    yield "language", _text(reference.lang)
    if address := reference.url or reference.archived or reference.page:
        yield "url", address
    if addenda := " ".join(_addenda(reference, t)):
        yield "addendum", addenda


def _addenda(reference: Reference, t: Strings) -> Iterator[str]:
    if reference.archived and reference.url:
        yield (
            _text(t("cite_archived", address="\x00")).replace("\x00", rf"\url{{{reference.archived}}}") + "."
        )
    if reference.page and (reference.url or reference.archived):
        note = _text(unmarked(t("cite_in", site=reference.site, address="\x00")))
        yield note.replace("\x00", rf"\url{{{reference.page}}}") + "."


def _text(text: str) -> str:
    return text.translate(_ESCAPED)
