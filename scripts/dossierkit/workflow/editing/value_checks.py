"""Checks a value before it is written: says how it will be read, or why it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from dossierkit.model.edtf import EdtfError, parse
from dossierkit.model.message import Message
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.store.edit import EditError
from dossierkit.store.reader import ID
from dossierkit.text.match import Matcher
from dossierkit.text.quote import fold_spaces, locate
from dossierkit.workflow.editing.article_state import ArticleState

Said = tuple[bool, Message]
"""Whether the value is valid, and a message about it; an empty template for no message."""
_LONGEST = 140  # code points: a longer heading does not fit its panel
_NOTHING = Message("")
NO_QUOTE = Message("the quote is not in the text")


def said(kind: str, value: str, article: ArticleState | None) -> Said:
    """Check a value. `kind`: date | quote | name | heading | id; values of other kinds are always valid."""
    return _CHECKS.get(kind, _anything)(value.strip(), article)


def refuse_wrong(kind: str, value: str, article: ArticleState | None = None) -> None:
    """Raises EditError for an invalid value."""
    fine, why = said(kind, value, article)
    if not fine:
        raise EditError(why)


def refuse_strange(text: str, quote: str) -> None:
    """Raises EditError for a quote that is not in the text."""
    if not locate(fold_spaces(text), quote):
        raise EditError(NO_QUOTE)


def refuse_type(type_: str) -> None:
    """Raises EditError for what is no type of an entity."""
    if type_ not in ENTITY_TYPES:
        raise EditError("`{type}` is not a type: use {listed}", type=type_, listed=", ".join(ENTITY_TYPES))


def _date(value: str, _: ArticleState | None) -> Said:
    if not value:
        return True, Message("undated")
    try:
        date = parse(value)
    except EdtfError as error:
        return False, error.message
    first, last = date.earliest, date.latest - timedelta(days=1) if date.latest else None
    span = str(first) if first and first == last else f"{first or '…'} – {last or '…'}"
    return True, Message("{span}", {"span": span})


def _quote(value: str, article: ArticleState | None) -> Said:
    if article is None:
        return True, _NOTHING
    if not value:
        return False, Message("an entry needs its quote")
    number = len(locate(fold_spaces(article.readable), value, "", ""))
    if number > 1:
        return False, Message(
            "the quote occurs {number} times in the text: select it in the text, or give more words",
            {"number": number},
        )
    return number == 1, Message("occurs once in the text") if number else NO_QUOTE


def _name(value: str, article: ArticleState | None) -> Said:
    if article is None or not value:
        return bool(value), _NOTHING
    number = len(Matcher([(value, 0)]).find(article.readable))
    if number > 1:
        return True, Message("occurs {number} times in the text", {"number": number})
    return number == 1, Message("occurs once in the text") if number else Message(
        "the name is not in the text"
    )


def _heading(value: str, _: ArticleState | None) -> Said:
    if not value:
        return False, Message("an entry needs a heading")
    fine = len(value) <= _LONGEST
    return fine, _NOTHING if fine else Message(
        "the heading is longer than {most} characters", {"most": _LONGEST}
    )


def _id(value: str, _: ArticleState | None) -> Said:
    fine = bool(ID.match(value))
    return fine, _NOTHING if fine else Message("use lower-case a-z, 0-9 and single hyphens")


def _anything(*_: object) -> Said:
    return True, _NOTHING


_CHECKS: Mapping[str, Callable[[str, ArticleState | None], Said]] = {
    "date": _date, "quote": _quote, "name": _name, "heading": _heading, "id": _id,
}  # fmt: skip
