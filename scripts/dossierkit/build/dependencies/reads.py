"""Records which parts of the content each page reads while it is made, so that the page can be kept while they are unchanged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar

Key = tuple[str, str]
"""Kind and id of a part of the content that was read, such as `("record.card", "un")`. The id `*` means all of that kind."""
ALL = "*"
_MANY = 300
"""A page that read more parts of one kind than this is recorded as having read all of that kind."""
SHOWN = 10_000
"""Most values that `Reads` holds in memory between pages; beyond it, all are dropped."""
_kind = itemgetter(0)
_T = TypeVar("_T")
_V = TypeVar("_V")


class Reads:
    """Recorder of the keys read while one page is made; between pages it records nothing.

    It also holds the tracked values that pages are given, so that several pages share one. They are dropped beyond `SHOWN`:
    those of a whole large site would not fit into memory.
    """

    __slots__ = ("_keys", "_made")

    def __init__(self) -> None:
        self._keys: set[Key] | None = None
        self._made: dict[Key, Any] = {}

    @property
    def noting(self) -> bool:
        """Whether a page is being made, and reads are recorded."""
        return self._keys is not None

    def note(self, kind: str, key: str) -> None:
        if self._keys is not None:
            self._keys.add((kind, key))

    def shown(self, kind: str, key: str, make: Callable[[], _T]) -> _T:
        """Record a read and return its value, made by `make` the first time."""
        noted = kind, key
        if self._keys is not None:
            self._keys.add(noted)
        found: _T | None = self._made.get(noted)
        if found is None:
            found = self._made[noted] = make()
        return found

    def during(self, make: Callable[[], _T]) -> tuple[_T, frozenset[Key]]:
        """Call `make`; returns its result and the keys that were read meanwhile."""
        self._keys = set()
        try:
            made = make()
            return made, _few(self._keys)
        finally:
            self._keys = None
            if len(self._made) > SHOWN:
                self._made.clear()


def _few(keys: set[Key]) -> frozenset[Key]:
    counts = Counter(map(_kind, keys))
    whole = {kind for kind, count in counts.items() if count > _MANY or (kind, ALL) in keys}
    return (
        frozenset(keys) if not whole else frozenset((key[0], ALL) if key[0] in whole else key for key in keys)
    )


class Noted(NamedTuple):
    """The keys that something read, a line of `key_lines` each; `digests`: a line for each, empty where it is not told."""

    keys: str
    digests: str


def key_lines(keys: Iterable[Key]) -> list[str]:
    """Keys as lines, sorted: joined, they are smaller and faster to send between processes than a set of tuples."""
    return sorted([f"{kind}\t{key}" for kind, key in keys])


def key_of(line: str) -> Key:
    """Parse one of `key_lines`."""
    kind, _, key = line.partition("\t")
    return kind, key


class TrackedMapping(Mapping[str, _V], Generic[_V]):
    """A mapping that records every access. `shown` wraps an item in the tracked form that pages are given."""

    __slots__ = ("_items", "_kind", "_reads", "_shown")

    def __init__(self, kind: str, items: Mapping[str, Any], reads: Reads, shown: Callable[[Any], _V]) -> None:
        self._kind, self._items, self._reads, self._shown = kind, items, reads, shown

    def __getitem__(self, key: str) -> _V:
        if key not in self._items:  # `items` may be a defaultdict
            self._reads.note(self._kind, key)
            raise KeyError(key)
        return self._reads.shown(self._kind, key, lambda: self._shown(self._items[key]))

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as the base has it, with no error on the way
        if key in self._items:
            return self[key]
        self._reads.note(self._kind, key)
        return default

    def __contains__(self, key: object) -> bool:
        self._reads.note(self._kind, str(key))
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        self._reads.note(self._kind, ALL)
        return iter(self._items)

    def __len__(self) -> int:
        self._reads.note(self._kind, ALL)
        return len(self._items)


class UntrackedError(Exception):
    """A page read something that has no digest, so that a change of it would go unnoticed."""


class _Untracked:
    """Placeholder for values that pages must not read: any use raises UntrackedError."""

    def _refuse(self, *_: object) -> NoReturn:
        raise UntrackedError

    __getattr__ = __contains__ = __iter__ = __len__ = __lt__ = __gt__ = __eq__ = __hash__ = _refuse


UNTRACKED: Any = _Untracked()
