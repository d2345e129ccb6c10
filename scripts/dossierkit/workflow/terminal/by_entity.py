"""`dossier review --entity`: the names of the whole site one after another, each with all its mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dossierkit.merge.open import Open
from dossierkit.model.message import Message
from dossierkit.store.edit import EditError
from dossierkit.text.number_of import number_of
from dossierkit.workflow.editing.names import (
    RowDecision,
    called_in_the_end,
    decide,
    join_all,
    joinable,
    shown_twins,
    still_waits,
)
from dossierkit.workflow.editing.queue import Filter, Row, Waiting
from dossierkit.workflow.editing.session import digest
from dossierkit.workflow.review.display import show_choices
from dossierkit.workflow.review.engine import GONE
from dossierkit.workflow.review.item_decisions import Answer, ItemDecision, SameAs
from dossierkit.workflow.review.page_review import choices
from dossierkit.workflow.review.prompts import decision_of
from dossierkit.workflow.review.screen import Screen, form_span
from dossierkit.workflow.terminal import together
from dossierkit.workflow.terminal.terminal_session import TerminalSession, keys, open_terminal, walk

_KEYS = (("a", "accept"), ("r", "reject here"))
_NAMELESS = (("j", "junk in every article"), ("t", "other type"), ("w", "name"), ("e", "make it a record"))
_RECORDED = (("e", "other id"),)
_MORE = (
    ("x", "somebody else"), ("m", "is another"), ("n", "is not the same as"), ("o", "only some articles"),
    ("l", "all mentions"), ("s", "unsure"), ("A", "all that are left"),
)  # fmt: skip
_ARTICLES = 6


@dataclass(slots=True)
class _Names:
    """The state of the walk. `at`: the key of the current row. `chosen`: by row, the ids of the articles that the next
    decision is for; missing for all. `whole`: show all mentions.
    """

    terminal: TerminalSession
    wanted: Filter
    at: str = ""
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)
    whole: bool = False


def run(root: Path, wanted: Filter, screen: Screen | None = None) -> None:
    """Walk through the names that match the filter. Raises click.UsageError without a terminal."""
    names = _Names(open_terminal(root, screen), wanted)
    walk(names.terminal, lambda: _step(names))


def _step(names: _Names) -> bool:
    rows = [row for row in names.terminal.session.queue.rows() if names.wanted.takes(row)]
    if not rows:
        return names.terminal.at_the_end()
    row = next((one for one in rows if one.key == names.at), rows[0])
    names.at = row.key
    _show(names, row, names.terminal.session.queue.number(rows, row), len(rows))
    key = names.terminal.screen.ask(_keys(names, row))
    if key == "q":
        return False
    _act(names, row, rows, key)
    return True


def _act(names: _Names, row: Row, rows: Sequence[Row], key: str) -> None:
    terminal, whole = names.terminal, names.whole
    names.whole = False
    match key:
        case "u":
            terminal.undo()
        case "s":
            terminal.session.queue.later[row.key] = None
            names.at = _after(rows, row)
        case "l":
            names.whole = not whole
        case "o":
            terminal.attempt(lambda: _choose(names, row))
        case "=":
            terminal.attempt(lambda: _join(names, row))
        case "A":
            together.ask(terminal, names.wanted)
        case _:
            terminal.attempt(lambda: _decide(names, row, rows, key))


def _after(rows: Sequence[Row], row: Row) -> str:
    at = rows.index(row) + 1
    return rows[at].key if at < len(rows) else ""


def _keys(names: _Names, row: Row) -> tuple[tuple[str, str], ...]:
    if row.question:
        numbers = tuple((str(at), "this") for at in range(1, min(9, len(row.question.candidates)) + 1))
        return keys(numbers, (("0", "none of them"), ("s", "unsure")))
    listed, joined = shown_twins(row), joinable(names.terminal.session.queue, row)
    twins = tuple((str(at), "the same") for at in range(1, len(listed) + 1))
    places = " ".join(str(at) for at, twin in enumerate(listed, 1) if twin in joined)
    together = (("=", f"the same: {places}"),) if joined else ()
    return keys(_KEYS, twins, together, _RECORDED if row.recorded else _NAMELESS, _MORE)


def _join(names: _Names, row: Row) -> None:
    """Join the row and all its twins with the same name. Raises EditError, DiagnosticsError."""
    session, screen = names.terminal.session, names.terminal.screen
    shown_digest = digest(session.index, [item.article.path for item in row.waiting])
    names.at, done, why = join_all(session, row, shown_digest, f"{row.name}: =")
    screen.say(f"all → {session.index.called(names.at)[0]}: {number_of(done, 'article')}", "green")
    _say_why(names, why)


def _say_why(names: _Names, why: Sequence[Message]) -> None:
    for reason in dict.fromkeys(map(str, why)):
        names.terminal.screen.say(f"not done: {reason}", "red")


def _decide(names: _Names, row: Row, rows: Sequence[Row], key: str) -> None:
    """Carry out the decision of a key. Raises EditError, DiagnosticsError."""
    session = names.terminal.session
    chosen = _chosen(names, row)
    decision = _decision(names, row, key)
    if decision is None:
        return
    after = still_waits(session.queue, row, decision) or _after(rows, row)
    shown_digest = digest(session.index, [item.article.path for item in row.waiting])
    final_id, title = called_in_the_end(session.queue, row, decision)
    done, why = decide(session, RowDecision(row, chosen, decision, shown_digest), f"{row.name}: {key}")
    names.at = after
    names.chosen.pop(row.key, None)
    names.terminal.screen.say(
        f"{final_id}{f' → {title}' if title else ''}: {number_of(done, 'article')}", "green"
    )
    _say_why(names, why)


def _decision(names: _Names, row: Row, key: str) -> ItemDecision | None:
    """The decision of a key; None if the editor cancels. Raises EditError."""
    if not row.waiting:
        raise EditError(GONE)
    if row.question:
        return Answer(row.question.candidates[int(key) - 1] if key != "0" else "")
    if key.isdecimal():
        return SameAs(row.twins[int(key) - 1].id)
    session, first = names.terminal.session, row.waiting[0]
    review = first.article.review(session.root, session.index.records)
    return decision_of(
        names.terminal.screen,
        replace(review, found=lambda: session.index.found),
        _named(row, first.open),
        key,
    )


def _named(row: Row, open_: Open) -> Open:
    """The item with the name and type of the row, which prompts offer as defaults."""
    if open_.page_item is None or open_.entity is None or row.recorded:
        return open_
    item = replace(open_.entity, name=row.name, type=row.type)
    return replace(open_, page_item=replace(open_.page_item, item=item))


def _chosen(names: _Names, row: Row) -> tuple[Waiting, ...]:
    ids = names.chosen.get(row.key)
    return tuple(item for item in row.waiting if ids is None or item.article.id in ids)


def _choose(names: _Names, row: Row) -> None:
    """Ask for the articles that the next decision is for. Raises EditError."""
    for number, one in enumerate(row.waiting, 1):
        names.terminal.screen.say(f"  {number:2}  {one.article.page.article.title}")
    places = names.terminal.numbers(
        "numbers of the articles that the next decision is for (Enter: all)", len(row.waiting)
    )
    names.chosen.pop(row.key, None)
    if places:
        names.chosen[row.key] = frozenset(row.waiting[at].article.id for at in places)


def _show(names: _Names, row: Row, number: int, of: int) -> None:
    screen, index = names.terminal.screen, names.terminal.session.index
    screen.head(f"{number} of {of} · {row.kind}", _title(row))
    if row.question:
        show_choices(screen, choices(row.question, index.records, row.waiting[0].article.last))
    else:
        reasons = {made.reason for each in row.waiting if (made := each.article.proposed(each.open))}
        new = "" if row.recorded else ", new to the site" if row.new else ", accepted elsewhere"
        screen.say(f"{'; '.join(sorted(reasons))}, score {row.score:.2f}{new}", "dim")
        _show_twins(names, row)
    chosen = _chosen(names, row)
    for one in chosen if names.whole else chosen[:_ARTICLES]:
        _show_mention(names, row, one)
    if not names.whole and len(chosen) > _ARTICLES:
        screen.say(f"and in {number_of(len(chosen) - _ARTICLES, 'more article')} (l)", "dim")


def _title(row: Row) -> str:
    if row.question:
        return row.question.text
    open_ = f", open in {len(row.waiting)}" if row.articles > len(row.waiting) else ""
    return f"{row.name} ({row.type}) {row.id}, in {number_of(row.articles, 'article')}{open_}"


def _show_twins(names: _Names, row: Row) -> None:
    index = names.terminal.session.index
    listed = []
    for number, twin in enumerate(shown_twins(row), 1):
        name, type_ = index.called(twin.id)
        kind = f"{type_}, record" if twin.id in index.records else type_
        listed.append(
            (str(number), name, kind, f"{twin.score:.2f}", twin.reason, str(len(index.naming(twin.id))))
        )
    names.terminal.screen.table(("", "may be the same as", "type", "score", "why", "articles"), listed)


def _show_mention(names: _Names, row: Row, one: Waiting) -> None:
    screen, article = names.terminal.screen, one.article
    forms = (
        (row.question.form,)
        if row.question
        else article.forms(one.open, names.terminal.session.index.records)
    )
    screen.say(f"{article.page.article.title} · {article.path}", "dim")
    screen.sentence(article.readable, form_span(article.readable, forms), article.page.article.lang)
