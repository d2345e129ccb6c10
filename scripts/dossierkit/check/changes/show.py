"""Changes as text for a terminal, as a comment on a pull request, and as JSON."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from html import escape as escape_html

from dossierkit.check.changes.compare import PageChanges
from dossierkit.check.changes.headline import headline, tally, warnings
from dossierkit.check.changes.kinds import Change
from dossierkit.check.changes.others import NONE, OtherFiles
from dossierkit.text.number_of import number_of, some
from dossierkit.text.printable import printable_json, signs

_NOTHING = "Nothing changed in meaning."
_NO_PAGE = "No article, record, dossier or decision changed in meaning."
_AS_RECEIVED = (
    "although sources are kept as they were received: compare them with the earlier ones in git, and ask why"
)
_POWER = "outside of the content: such files can change every page, or run programs when a site is built. Read them in git"
_TITLE = "### What changes in meaning\n\n"
_WARNED = 50
_NAMED = 12
_LONGEST = 60_000  # characters; GitHub refuses comments of more than 65,536
SIGNS = {
    "added": "+",
    "removed": "−",
    "lost": "!",
    "conflict": "!",
    "given": "!",
    "missing": "!",
    "proposed": "?",
}
_MARKUP = re.compile(r"([\\`*_\[\]<>#~$&])")
_AT_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
_CALLS = re.compile(r"@|#(?=\d)|(?<=GH)-(?=\d)|(?<=:)//|(?<=www)\.", re.IGNORECASE)
# Between a character that makes a link or mention and its target. Written as a reference: printed, the character itself would become
# the words of an escape.
_BREAK, _BREAK_WRITTEN = "\u200b", "&#8203;"


def plain(pages: tuple[PageChanges, ...], others: OtherFiles = NONE) -> str:
    """The headline, then every page with its changes, one in each line."""
    if not pages and others == NONE:
        return _NOTHING
    lines = [f"! {line}" for line in _all_warnings(pages, others)] + [_headline(pages, ", ", "edits only")]
    lines += [f"not compared: {some(others.content, _NAMED)}"] if others.content else []
    for page in pages:
        lines += ["", f"{page.path}: {tally(page)}"]
        for change in page.changes:
            lines.append(f"  {SIGNS.get(change.how, '·')} {sentence(change)}")
            lines += [f"      “{change.quote}”"] if change.quote else []
    return "\n".join(signs(line) for line in lines)


def as_json(pages: tuple[PageChanges, ...], others: OtherFiles = NONE) -> str:
    """`{headline, warnings, files: {settings, content, sources}, pages: [{path, kind, title, state, changes: [...]}]}`; empty fields of changes
    are left out.
    """
    payload = {
        "headline": headline(pages),
        "warnings": _all_warnings(pages, others),
        "files": asdict(others),
        "pages": [{**asdict(page), "changes": [_given(change) for change in page.changes]} for page in pages],
    }
    return printable_json(payload)


def _given(change: Change) -> dict[str, object]:
    return {name: value for name, value in asdict(change).items() if value not in ("", False)}


def _all_warnings(pages: Sequence[PageChanges], others: OtherFiles) -> tuple[str, ...]:
    files = (f"{some(others.settings, _NAMED)} changed, {_POWER}",) if others.settings else ()
    kept = (f"{some(others.sources, _NAMED)} changed or gone, {_AS_RECEIVED}",) if others.sources else ()
    return (*files, *kept, *warnings(pages))


def _headline(pages: Sequence[PageChanges], between: str, else_: str) -> str:
    return (between.join(headline(pages)) or else_) if pages else _NO_PAGE


def markdown(pages: tuple[PageChanges, ...], others: OtherFiles = NONE) -> str:
    """A comment within a host's size limit. If not all pages fit, those that need attention come before changed ones, and new ones
    last; what does not fit is counted.
    """
    if not pages and others == NONE:
        return f"{_TITLE}{_NOTHING}\n"
    files = f"\nNot compared: {inert(some(others.content, _NAMED))}\n" if others.content else ""
    said = inert(_headline(pages, "; ", "Edits only"))
    head = _TITLE + _warned(_all_warnings(pages, others)) + f"**{said}**\n{files}"
    blocks = _fitting(pages, _LONGEST - len(head))
    left = [page.path for at, page in enumerate(pages) if at not in blocks]
    more = f"\n… and {number_of(len(left), 'more page')} ({inert(some(left, _NAMED))}): run `dossier diff` to see what changed.\n"
    return head + "".join(f"\n{blocks[at]}" for at in sorted(blocks)) + (more if left else "")


def _warned(lines: Sequence[str]) -> str:
    more = f"… and {len(lines) - _WARNED} more: run `dossier diff`"
    shown = [*map(inert, lines[:_WARNED]), *([more] if len(lines) > _WARNED else [])]
    return "".join(f"> [!WARNING]\n> {line}\n\n" for line in shown)


def _fitting(pages: Sequence[PageChanges], room: int) -> dict[int, str]:
    """The blocks of the pages that matter most, as far as there is room, by the number of the page."""
    found: dict[int, str] = {}
    for at in sorted(range(len(pages)), key=lambda at: (_rank(pages[at]), at)):
        block = "\n".join(_folded(pages[at])) + "\n"
        if len(block) < room:
            found[at] = block
            room -= len(block) + 1
    return found


def _rank(page: PageChanges) -> int:
    """0 for a page that needs attention, 1 for a changed or deleted one, 2 for a new one."""
    if _is_open(page) or warnings([page]):
        return 0
    return 2 if page.state == "new" else 1


def _is_open(page: PageChanges) -> bool:
    return page.state == "unreadable" or any(
        change.how in {"lost", "conflict", "missing"} for change in page.changes
    )


def _folded(page: PageChanges) -> Iterator[str]:
    head = f"<code>{_html(page.path)}</code>: {_html(page.title)} ({_html(tally(page))})"
    yield f"<details{' open' if _is_open(page) else ''}><summary>{head}</summary>"
    yield ""
    for group in _groups(page.changes):
        yield f"- {_marked(group)}"
        if group[0].quote:
            yield f"  > {inert(group[0].quote)}"
            yield ""
    yield ""
    yield "</details>"


def _groups(changes: Iterable[Change]) -> Iterator[tuple[Change, ...]]:
    """Changes shown on one line: items of one kind added or removed, without quotes."""

    def kind(change: Change) -> tuple[str, ...]:
        alone = (
            change.quote or change.how in {"changed", "lost", "conflict", "given"} or change.what == "event"
        )
        return (change.what, change.how, change.type, change.field, str(alone and id(change)))

    groups: dict[tuple[str, ...], list[Change]] = defaultdict(list)
    for change in changes:
        groups[kind(change)].append(change)
    return (tuple(group) for group in groups.values())


def _marked(group: tuple[Change, ...]) -> str:
    """The action in bold, then its object; dates come first."""
    first = group[0]
    if first.how in {"added", "removed", "accepted", "rejected", "withdrawn", "proposed"}:
        kind = inert(first.type or ("event" if first.quote else first.what))
        of = f" of {inert(first.field)}" if first.field else ""
        names = ", ".join(inert(change.name) + (" (new record)" if change.fresh else "") for change in group)
        date = f"{inert(first.date)} " if first.date else ""
        return f"**{first.how}** {kind}{of}: {date}{names}"
    date = f"**{inert(first.date)}** " if first.date and first.field != "date" else ""
    bold = "**quote lost**: " if first.how == "lost" else ""
    return bold + date + inert(_words(first))


def sentence(change: Change) -> str:
    return (f"{change.date} " if change.date else "") + _words(change)


def _words(change: Change) -> str:
    was, now = change.before, change.after
    match change.what, change.how:
        case "status" | "field", _:
            words = f"{change.field or change.what}: {was or 'none'} → {now or 'none'}"
        case "text", _:
            words = f"the text: {_cited(was)} → {_cited(now)}"
        case "event", "changed":
            words = f"{change.name}: {change.field} {was or 'none'} → {now or 'none'}"
        case _, "lost":
            words = f"{change.name}: the quote is no longer in the text"
        case "name", "given":
            words = f"“{change.name}” means this record now, in {change.field}"
        case "source", "missing":
            words = "no source in seeds/: nothing shows whether the text is as it was received"
        case _, "conflict":
            words = f"conflict over {change.field}: the page says {was or 'nothing'}, the machine {now or 'nothing'}"
        case _:
            words = _listed(change)
    return words


def _cited(words: str) -> str:
    return f"“{words}”" if words else "nothing"


def _listed(change: Change) -> str:
    kind = change.type or ("event" if change.quote and change.what == "proposal" else change.what)
    new = ", a new record" if change.fresh else ""
    of = f" of {change.field}" if change.field else ""
    how = {"moved": "in another order"}.get(change.how, change.how)
    return f"{change.name or change.what} ({kind}{of} {how}{new})"


def inert(text: str) -> str:
    """Source text as Markdown that cannot format, link, embed or mention anybody."""
    broken = _CALLS.sub(_parted, signs(" ".join(text.split())))
    escaped = _MARKUP.sub(lambda match: _ENTITIES.get(match[1], f"\\{match[1]}"), broken)
    return _AT_START.sub(_BREAK + r"\1", escaped).replace(_BREAK, _BREAK_WRITTEN)


_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def _parted(match: re.Match[str]) -> str:
    return f"{match[0]}{_BREAK}" if match[0] in "@#" else f"{_BREAK}{match[0]}"


def _html(text: str) -> str:
    shown = escape_html(signs(" ".join(text.split())), quote=True).replace("&#x27;", "’")
    return _CALLS.sub(_parted, shown).replace(_BREAK, _BREAK_WRITTEN)
