"""What the system refused, such as a write to a full disk, with what to do."""

from __future__ import annotations

from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS

from dossierkit.model.message import Message

_NO_ROOM = frozenset({ENOSPC, EDQUOT})
_NO_RIGHT = frozenset({EACCES, EPERM})
WITH_REMEDY = _NO_ROOM | _NO_RIGHT | {EROFS}
"""Numbers of the errors for which it is known what to do."""


def refused_by_system(error: OSError) -> Message:
    """The file, the system's reason, and what to do if that is known. All writes are of the kind that leaves no half file."""
    place = error.filename2 or error.filename  # of two names, the second is that of a copy's target
    reason = f"{f'{place}: ' if place else ''}{error.strerror or error}"
    if error.errno in _NO_ROOM:
        return Message(
            "{reason}: make room on that disk, and do the same again; no page is half written",
            {"reason": reason},
        )
    if error.errno == EROFS:
        return Message(
            "{reason}: mount that disk so that it can be written to, and do the same again",
            {"reason": reason},
        )
    if error.errno in _NO_RIGHT:
        return Message(
            "{reason}: give yourself the rights to that file and its folder, and do the same again",
            {"reason": reason},
        )
    return Message("{reason}", {"reason": reason})
