"""Records what is read while a page is made, and collections that record what is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, NoReturn, TypeVar

Key = tuple[str, str]
"""What was read: a kind, and which one of it; `*` is all of them."""
ALL = "*"
_MANY = 300
"""So many of a kind are noted as all of them."""
SHOWN = 10_000
"""With more than so many things made to be shown, all are let go."""
_T = TypeVar("_T")
_V = TypeVar("_V")


class Reads:
    """Writes down what is read while a page is made; between pages nothing.

    What pages are shown is made once for many of them, then let go: all of a large site is more than fits into memory.
    """

    __slots__ = ("_keys", "_made")

    def __init__(self) -> None:
        self._keys: set[Key] | None = None
        self._made: dict[Key, Any] = {}

    @property
    def noting(self) -> bool:
        """Whether a page is being made."""
        return self._keys is not None

    def note(self, kind: str, key: str) -> None:
        if self._keys is not None:
            self._keys.add((kind, key))

    def shown(self, kind: str, key: str, make: Callable[[], _T]) -> _T:
        """Note what is read, and give it as it is made."""
        noted = kind, key
        if self._keys is not None:
            self._keys.add(noted)
        found: _T | None = self._made.get(noted)
        if found is None:
            found = self._made[noted] = make()
        return found

    def during(self, make: Callable[[], _T]) -> tuple[_T, frozenset[Key]]:
        """What is made, and what was read for it."""
        self._keys = set()
        try:
            made = make()
            return made, _few(self._keys)
        finally:
            self._keys = None
            if len(self._made) > SHOWN:
                self._made.clear()


def _few(keys: set[Key]) -> frozenset[Key]:
    by_kind: dict[str, list[Key]] = {}
    for key in keys:
        by_kind.setdefault(key[0], []).append(key)
    return frozenset(
        key
        for kind, same in by_kind.items()
        for key in (same if len(same) <= _MANY and (kind, ALL) not in keys else [(kind, ALL)])
    )


def listed_keys(keys: Iterable[Key]) -> str:
    """Keys as one text, which is small and goes quickly from one process to another."""
    return "\n".join(f"{kind}\t{key}" for kind, key in sorted(keys))


def key_of(line: str) -> Key:
    """The key that is on a line of `listed_keys`."""
    kind, _, key = line.partition("\t")
    return kind, key


class TrackedMapping(Mapping[str, _V], Generic[_V]):
    """A collection: what is asked of it is noted. `shown`: an item as pages see it, made once for many of them."""

    __slots__ = ("_items", "_kind", "_reads", "_shown")

    def __init__(self, kind: str, items: Mapping[str, Any], reads: Reads, shown: Callable[[Any], _V]) -> None:
        self._kind, self._items, self._reads, self._shown = kind, items, reads, shown

    def __getitem__(self, key: str) -> _V:
        if key not in self._items:  # some make an item of what they do not have
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
    """A page asks for what is not written down: it could not be told when it changes."""


class _Untracked:
    """Stands for what pages do not read."""

    def _refuse(self, *_: object) -> NoReturn:
        raise UntrackedError

    __getattr__ = __contains__ = __iter__ = __len__ = __lt__ = __gt__ = __eq__ = __hash__ = _refuse


UNTRACKED: Any = _Untracked()
