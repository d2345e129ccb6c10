"""Days in names: "3 May Street", "the April 6 Movement", "rue du 11 Novembre", "Associação 25 de Abril", "the Sunday Times"."""

from __future__ import annotations

from dossierkit.extract.timex.found import RuleMatch

_BETWEEN = 2  # words between a day and what is named after it


def bears_name(found: RuleMatch) -> bool:
    """Whether something has this day in its name; so it has in languages where a date needs a word before it, behind any other with a capital."""
    if found.rule.means == "weekday":
        return _is_of_a_paper(found)
    if found.rule.means != "date" or not found.has("m"):
        return False
    if _is_behind(found) or _is_in_front(found):
        return True
    if not found.grammar.data.get("name_joins") or "y" in found.captures:
        return False
    return found.tokens.form(found.first).isdigit() and follows_name(found, found.first)


def follows_name(found: RuleMatch, day: int) -> bool:
    """Whether a word with a capital, not the first of its sentence, stands directly before a day."""
    return found.tokens.form(day - 1).istitle() and found.tokens.form(day - 2).isalpha()


def _is_of_a_paper(found: RuleMatch) -> bool:
    """As in "the | Sunday | Times", "the Mail on | Sunday"."""
    tokens, data = found.tokens, found.grammar.data
    before = f"{tokens.lower(found.first - 2)} {tokens.lower(found.first - 1)}"
    if before in data.get("papers_of_days", ()):
        return tokens.form(found.first - 2)[:1].isupper()
    article = tokens.lower(found.first - 1) in data.get("before_papers", ())
    return article and tokens.form(found.last)[:1].isupper()


def _is_behind(found: RuleMatch) -> bool:
    """As in "the Street of | 3 May", "rue du | 11 Novembre"."""
    names, joins = (found.grammar.data.get(key, ()) for key in ("named_days", "named_joins"))
    at = found.first - 1
    while found.first - at <= _BETWEEN and found.tokens.lower(at) in joins:
        at -= 1
    return found.tokens.lower(at) in names


def _is_in_front(found: RuleMatch) -> bool:
    """As in "| 25 January | Square", "the | April 6 | Youth Movement", not "On | 3 May | Lenn Street"."""
    names, tokens = found.grammar.data.get("named_behind", ()), found.tokens
    if tokens.lower(found.first - 1) == "on" and tokens.lower(found.first - 2) == "":
        return False
    for at in range(found.last, found.last + _BETWEEN):
        if tokens.lower(at) in names and tokens.form(at)[:1].isupper():
            return True
        if not tokens.form(at)[:1].isupper():
            return False
    return False
