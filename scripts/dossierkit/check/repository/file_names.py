"""File names that are unsafe for file systems or terminals, or equal on some systems."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from dossierkit.check.repository.scan import ScannedEntry
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store.seeds import DEVICES, same_name
from dossierkit.text.printable import printable

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_BYTES = re.compile("[\ud800-\udfff]")
_FORBIDDEN = re.compile(r'[\\:*?"<>|]')
_PLAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z]+)*\Z")
_REASONS = (
    (_BYTES, "is not UTF-8"),
    (_CONTROL, "contains a control character or line break"),
    (_BIDI, "contains a character that changes the writing direction"),
    (_FORBIDDEN, "contains `{}`, which Windows does not allow in names"),
    (re.compile(r"[. ]\Z"), "ends with a full stop or a space, which Windows takes away"),
    (re.compile(rf"\A{DEVICES.pattern}", DEVICES.flags), "is that of a device on Windows"),
)
_LONGEST = 259 - len("C:/D/")
"""Of a path from the root of the repository: https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation"""


def unusable(entries: Iterable[ScannedEntry]) -> Iterator[Diagnostic]:
    """D906: names that some systems cannot store, or that are misleading."""
    for entry in entries:
        if problem := reason(entry.name):
            message = f"the name {problem}: rename it to letters, digits, `-`, `_` and `.`"
            yield Diagnostic(printable(entry.path), 0, 0, "D906", message)
        elif len(entry.path) > _LONGEST:
            message = f"the path has {len(entry.path)} characters, and Windows stores at most {_LONGEST} in the shortest folder: shorten it"
            yield Diagnostic(printable(entry.path), 0, 0, "D906", message)


def reason(name: str) -> str:
    """What is wrong with a file name, or ""."""
    if _PLAIN.match(name) and not DEVICES.match(name):  # most names: nothing is wrong
        return ""
    for pattern, template in _REASONS:
        if found := pattern.search(name):
            return template.format(found[0])
    return ""


def same(entries: Iterable[ScannedEntry]) -> Iterator[Diagnostic]:
    """D907: names in one folder that differ only in case or Unicode form."""
    listed = tuple(entries)
    # Plain names cannot collide otherwise.
    odd = {_folder(entry) for entry in listed if not _PLAIN.match(entry.name)}
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in listed if odd else ():
        if (folder := _folder(entry)) in odd:
            names[(folder, same_name(entry.name))].append(entry.path)
    for (folder, _), paths in sorted(names.items()):
        first, *others = sorted(paths)
        for path in others:
            alike = "case" if _composed(path) != _composed(first) else "the form of its letters in Unicode"
            message = f"the name differs only in {alike} from `{_last(first)}` in {printable(folder) or 'the same folder'}: rename one"
            yield Diagnostic(printable(path), 0, 0, "D907", message)


def _folder(entry: ScannedEntry) -> str:
    return entry.path[: -len(entry.name) - 1]


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _last(path: str) -> str:
    return printable(path.rpartition("/")[2])
