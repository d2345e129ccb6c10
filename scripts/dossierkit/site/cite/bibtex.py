"""A reference as BibTeX for biblatex, whose dates are EDTF (biblatex manual, 2.3.8: ISO 8601-2, level 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierkit.model.media import Author
from dossierkit.site.cite.plain import unmarked
from dossierkit.site.cite.reference import Reference
from dossierkit.site.dateview import view
from dossierkit.site.strings import Strings
from dossierkit.text.data import load

_POINT = r"\d{4}(-\d\d){0,2}[~?]?"
_DATE = re.compile(rf"(?:{_POINT})(?:/(?:{_POINT}|\.\.)?)?|(?:\.\.)?/{_POINT}")
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
        "{": r"\textbraceleft{}",  # BibTeX counts braces even after a backslash
        "}": r"\textbraceright{}",
        **{char: f"\\{char}" for char in "#$%&_"},
    }
)


def bibtex(reference: Reference, t: Strings) -> str:
    """One entry, `@online`. A name in one part stays whole: whether it is a person's or an organization's is not guessed."""
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(reference, t)]
    return "\n".join([f"@online{{{reference.key},", *lines, "}"]) + "\n"


def _fields(reference: Reference, t: Strings) -> Iterator[tuple[str, str]]:
    if reference.authors:
        yield "author", " and ".join(map(_author, reference.authors))
    yield "title", f"{{{_text(reference.title)}}}"
    body = reference.publisher if reference.kind == "source" else reference.site
    if body:
        yield "organization", f"{{{_text(body)}}}"
    if _DATE.fullmatch(reference.date):
        yield "date", reference.date
    elif reference.date:
        yield "note", _text(view(reference.date, t.lang).words)
    yield "language", _text(reference.lang)
    if langid := _langid(reference.lang):
        yield "langid", langid
    if address := reference.url or reference.archived or reference.page:
        yield "url", address
    if addenda := " ".join(_addenda(reference, t)):
        yield "addendum", addenda


def _author(author: Author) -> str:
    """Each part in braces, so that no comma or `and` inside a name ends it."""
    if author.family:
        return f"{{{_text(author.family)}}}" + (f", {{{_text(author.given)}}}" if author.given else "")
    return f"{{{_text(author.shown)}}}"


def _langid(lang: str) -> str:
    known = load("langid")
    return str(known.get(lang) or known.get(lang.partition("-")[0], ""))


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
