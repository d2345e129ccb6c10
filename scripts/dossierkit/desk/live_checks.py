"""What is said of a value while it is typed: what it will mean, or why it cannot stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from dossierkit.desk.article_state import ArticleState
from dossierkit.desk.strings import DeskStrings
from dossierkit.model.edtf import EdtfError, parse
from dossierkit.store.content import ID
from dossierkit.text.match import Matcher
from dossierkit.text.quote import fold_spaces, locate

Said = tuple[bool, str]
"""Whether it can stand, and what is said of it."""
_LONGEST = 140  # code points of a heading that still fits its panel


def said(kind: str, value: str, article: ArticleState | None, t: DeskStrings) -> Said:
    return _CHECKS.get(kind, _anything)(value.strip(), article, t)


def _date(value: str, _: ArticleState | None, t: DeskStrings) -> Said:
    if not value:
        return True, t("check_no_date")
    try:
        date = parse(value)
    except EdtfError as error:
        return False, str(error)
    first, last = date.earliest, date.latest - timedelta(days=1) if date.latest else None
    return True, str(first) if first and first == last else f"{first or '…'} – {last or '…'}"


def _quote(value: str, article: ArticleState | None, t: DeskStrings) -> Said:
    if article is None:
        return True, ""
    if not value:
        return False, t("check_no_quote")
    number = len(locate(fold_spaces(article.readable), value, "", ""))
    return number == 1, t("check_once") if number == 1 else t("check_nowhere") if not number else t.count(
        "check_times", number
    )


def _name(value: str, article: ArticleState | None, t: DeskStrings) -> Said:
    if article is None or not value:
        return bool(value), ""
    number = len(Matcher([(value, 0)]).find(article.readable))
    return number > 0, t.count("mentions", number) if number else t("check_nowhere")


def _heading(value: str, _: ArticleState | None, t: DeskStrings) -> Said:
    if not value:
        return False, t("check_no_heading")
    return len(value) <= _LONGEST, "" if len(value) <= _LONGEST else t("check_long")


def _id(value: str, _: ArticleState | None, t: DeskStrings) -> Said:
    return (True, "") if ID.match(value) else (False, t("check_id"))


def _anything(*_: object) -> Said:
    return True, ""


_CHECKS: Mapping[str, Callable[[str, ArticleState | None, DeskStrings], Said]] = {
    "date": _date, "quote": _quote, "name": _name, "heading": _heading, "id": _id,
}  # fmt: skip
