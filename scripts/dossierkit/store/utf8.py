"""The text of files that people write, which are UTF-8: another encoding is told and not guessed."""

from __future__ import annotations

import codecs

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError

_TYPED = "’‘“”«»–—…"


def decoded(data: bytes, path: str, code: str = "D100") -> str:
    """The text, with its line breaks and its byte order mark. Raises DiagnosticsError with the place of the first wrong byte."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DiagnosticsError([_undecoded(path, data, error.start, code)]) from None


def _undecoded(path: str, data: bytes, at: int, code: str) -> Diagnostic:
    """The problem of the first byte that is not UTF-8, and which encoding the file may be in."""
    before = data[:at].decode("utf-8")
    line, col = before.count("\n") + 1, len(before) - before.rfind("\n")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = "the file is in UTF-16: save it as UTF-8"
    else:
        char = data[at : at + 1].decode("cp1252", "replace")
        meant = f", and would be `{char}` in Windows-1252" if char.isalnum() or char in _TYPED else ""
        message = f"the byte {data[at]:02X} is not UTF-8{meant}: open the file in its encoding, and save it as UTF-8"
    return Diagnostic(path, line, col, code, message)
