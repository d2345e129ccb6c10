"""Mailboxes (.mbox, RFC 4155): one source for each message, with its attachments. Streamed, whatever the size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from dossierkit.ingest import mail
from dossierkit.ingest.formats import Given, Opened
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Part, Source

MOST_MESSAGE = 64_000_000
_LINE = 1_000_000
_FROM = re.compile(rb"From \S+ .{0,80}?\d{2}:\d{2}.{0,40}?\d{4}")
_ESCAPED = re.compile(rb">+From ")


def read(given: Given) -> Source:
    """Refuse: a mailbox must be split first."""
    raise RefusedError(f"{given.name} is a mailbox of several mails: add it again, and each becomes a source")


def split(opened: Opened) -> Iterator[Part]:
    """Each message as an .eml, with mboxrd's escaped lines restored. Raises RefusedError if there is none."""
    number = 0
    for number, data in enumerate(_messages(opened.stream), 1):
        label = f"message {number}"
        try:
            yield from (
                _labelled(part, label) for part in mail.split(Opened(_name(data, number), BytesIO(data)))
            )
        except RefusedError:
            yield Part(f"message-{number}.eml", data, label)  # is refused when it is read
    if not number:
        raise RefusedError(
            "contains no message (a line `From ` before each): is it really a mailbox? Rename it for what it is"
        )


def _labelled(part: Part, label: str) -> Part:
    return replace(part, label=f"{label}, {part.label}" if part.label else label)


def _name(data: bytes, number: int) -> str:
    subject = mail.header(mail.parsed(data), "Subject") if data else ""
    return f"{subject[:80] or f'message-{number}'}.eml"


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    lines: list[bytes] = []
    begun, empty, size = False, True, 0
    while line := stream.readline(_LINE):
        if empty and line.startswith(b"From ") and _FROM.match(line):
            if begun:
                yield b"".join(lines)
            lines, begun, size = [], True, 0
        elif begun and size < MOST_MESSAGE:
            lines.append(line[1:] if _ESCAPED.match(line) else line)
            size += len(line)
        empty = not line.strip()
    if begun:
        yield b"".join(lines)
