"""A page's text merged three ways, line by line: the text of its source, the page as an editor left it, the corrected source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class TextChange:
    """Lines of the source that became others; either may be empty."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class BodyMerge:
    """`text`: the page's new text. `taken`: what changed in it; `left`: what changed in lines that the editor changed too."""

    text: str
    taken: tuple[TextChange, ...]
    left: tuple[TextChange, ...]


def merge_body(source: str, page: str, corrected: str) -> BodyMerge:
    """Make in the page what the correction made in the source. Lines that the editor wrote, changed or took out stay so."""
    before, here, after = (
        text.splitlines(keepends=True) for text in (_ended(source), page, _ended(corrected))
    )
    places = _places(before, here)
    changes = [_Change(*codes[1:]) for codes in _matcher(before, after).get_opcodes() if codes[0] != "equal"]
    taken: list[TextChange] = []
    left: list[TextChange] = []
    for one in reversed(changes):
        change = TextChange("".join(before[one.start : one.end]), "".join(after[one.first : one.last]))
        at = one.place(places, len(before))
        if at is not None:
            here[at[0] : at[1]] = after[one.first : one.last]
            taken.append(change)
        elif not _made(change, page):
            left.append(change)
    return BodyMerge("".join(here), tuple(_in_order(taken)), tuple(_in_order(left)))


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines [start, end) of the source, which are [first, last) of the corrected one."""

    start: int
    end: int
    first: int
    last: int

    def place(self, places: dict[int, int], count: int) -> tuple[int, int] | None:
        """Where these lines stand in the page, None where an editor changed them. `places`: line of the source -> of the page."""
        found = [places.get(at) for at in range(self.start, self.end)]
        if found:
            first = found[0]
            whole = first is not None and found == list(range(first, first + len(found)))
            return (first, first + len(found)) if whole and first is not None else None
        if self.start - 1 in places:
            return places[self.start - 1] + 1, places[self.start - 1] + 1
        after = places.get(self.start) if self.start < count else None
        return None if after is None else (after, after)


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _matcher(before: Sequence[str], after: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, before, after, autojunk=False)


def _places(before: Sequence[str], here: Sequence[str]) -> dict[int, int]:
    blocks = _matcher(before, here).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _made(change: TextChange, page: str) -> bool:
    """Whether the editor made the change already."""
    new, old = change.new.strip(), change.old.strip()
    return new in page and (not old or old not in page)


def _in_order(changes: Sequence[TextChange]) -> Iterator[TextChange]:
    """The changes in the order of the text, without those of empty lines alone."""
    return (one for one in reversed(changes) if (one.old + one.new).strip())


_AROUND = 3  # words shown on each side of those that changed


def in_words(change: TextChange) -> tuple[str, str]:
    """The words that changed, with a few around them: before and after."""
    old, new = change.old.split(), change.new.split()
    same, tail = common_ends(old, new)
    return _cut(old, same, tail), _cut(new, same, tail)


def common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many words two texts have in common at their beginnings, and at their ends."""
    most = min(len(old), len(new))
    same = next((at for at in range(most) if old[at] != new[at]), most)
    return same, next((at for at in range(most - same) if old[-1 - at] != new[-1 - at]), most - same)


def _cut(words: Sequence[str], same: int, tail: int) -> str:
    start, end = max(0, same - _AROUND), min(len(words), len(words) - tail + _AROUND)
    return f"{'…' if start else ''}{' '.join(words[start:end])}{'…' if end < len(words) else ''}"
