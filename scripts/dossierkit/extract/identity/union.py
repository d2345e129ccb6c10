"""Disjoint sets with a reason for each join."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Union(Generic[T]):
    """Joins items unless `apart` (called with the two representatives) forbids it; the reason is kept with the item joined."""

    def __init__(self, apart: Callable[[T, T], bool] = lambda _one, _other: False) -> None:
        self._parent: dict[T, T] = {}
        self._apart = apart
        self.reasons: dict[T, str] = {}

    def find(self, item: T) -> T:
        root = item
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(item, item)) != root:
            self._parent[item] = root
            item = above
        return root

    def join(self, item: T, into: T, reason: str = "") -> None:
        """Join `item` to `into` unless they must stay apart. Joining again changes nothing."""
        one, other = self.find(item), self.find(into)
        if one != other and not self._apart(one, other):
            self._parent[one] = other
            self.reasons.setdefault(item, reason)
