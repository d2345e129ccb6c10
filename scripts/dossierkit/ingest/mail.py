"""Mails (.eml): sender and recipients, quoted replies marked, attachments as separate sources (RFC 5322, MIME)."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from email import policy
from email.errors import MultipartInvariantViolationDefect, StartBoundaryNotFoundDefect
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.days import day
from dossierkit.ingest.encoding import decode
from dossierkit.ingest.escape import markdown_text
from dossierkit.ingest.facts import NONE, fact, first, source_of
from dossierkit.ingest.formats import Given, Opened, readable
from dossierkit.ingest.html.fragment import blocks_of, tree
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Fact, Part, Source
from dossierkit.text import data
from dossierkit.text.fold import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_PARTS = 1_000
_SHOWN = ("From", "To", "Cc", "Bcc")
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_LOCKED = RefusedError("is encrypted: decrypt it in your mail program, save it again, and add that")
_ADDRESS = re.compile(r"<[^<>]{0,300}>")
_LINK = re.compile(r"<?(https?://[^\s<>]{1,2000})>?\s*\Z")
_QUOTES = frozenset({"gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix"})
_UNDIVIDED = (MultipartInvariantViolationDefect, StartBoundaryNotFoundDefect)
_DIVIDES = re.compile(r"^--(\S[^\r\n]{0,68}\S)[ \t]{0,9}\r?\nContent-", re.MULTILINE)
_ENCODED_WORDS = re.compile(
    r"=\?([\w-]{1,40})\?[bB]\?[\w+/=]{1,80}+\?=(?>(?:\s{1,9}+=\?\1\?[bB]\?[\w+/=]{1,80}+\?=)+)"
)
_PARAMETERS = re.compile(
    rb"^(content-(?:type|disposition)):[^\r\n]*+(?>(?:\r?\n[ \t][^\r\n]*+)*)", re.IGNORECASE | re.MULTILINE
)
_PIECE = re.compile(r"\?[bB]\?([\w+/=]{1,80})\?=")
_MOST_HEADER = 4_000
_MOST_PARSED = 20_000
_MOST_NAMES = 5  # words
_T = TypeVar("_T")
# Lines above an earlier mail whose lines are not marked: Outlook's rule, and the words of Apple and others.
_BELOW_IS_QUOTED = re.compile(
    r"\A(?:-{3,} ?(?:Original Message|Message d'origine|Ursprüngliche Nachricht|Forwarded message|الرسالة الأصلية)[ \w]*-{3,}"
    r"|Begin forwarded message:|_{20,})\Z",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\A(?:> ?)+")
_SIGNATURE = "-- "


def read(given: Given) -> Source:
    """The mail's own text, with what it quotes as quotations. Raises RefusedError."""
    mail = parsed(given.data)
    blocks, notes = _body(mail, given.encoding)
    facts = _facts(mail)
    left = [name for name, _ in _attachments(mail) if not readable(PurePosixPath(name.lower()).suffix)]
    if left:
        names = ", ".join(left[:5]) + (" and others" if len(left) > 5 else "")
        notes = (*notes, f"attachments that are not read stay in the mail alone: {one_line(names)[:300]}")
    return source_of([*_people(mail), *blocks], facts, notes)


def split(opened: Opened) -> Iterator[Part]:
    """The mail itself, then its readable attachments. Raises RefusedError."""
    data = opened.stream.read()
    mail = parsed(data)
    yield Part(opened.name, data, "", header(mail, "Message-ID"))
    for number, (name, content) in enumerate(_attachments(mail), 1):
        if readable(PurePosixPath(name.lower()).suffix) and content.strip():
            yield Part(name, content, f"attachment {number}", attached=True)


def parsed(data: bytes) -> EmailMessage:
    """The message. Raises RefusedError if it is not a mail, is encrypted, or has too many parts."""
    _refuse_long_parameters(data)
    try:
        mail = _with_boundary(BytesParser(policy=policy.default).parsebytes(data))
        parts = sum(1 for _ in mail.walk())
    except RecursionError:
        raise RefusedError("its parts are nested too deeply to be read: save the message alone") from None
    if not any(name in mail for name in ("From", "Date", "Subject", "Message-ID", "Received")):
        raise RefusedError(
            "has no header of a mail (From, Date, Subject): is it really one? Rename it for what it is"
        )
    if parts > MOST_PARTS:
        raise RefusedError(
            f"has {parts:,} parts, more than {MOST_PARTS:,}: save the message alone, without what it carries"
        )
    if mail.get_content_type() in _ENCRYPTED:
        raise _LOCKED
    return mail


def _refuse_long_parameters(data: bytes) -> None:
    """Raises RefusedError for a header whose parameters the library would take very long to join: it goes through all for each."""
    for found in _PARAMETERS.finditer(data):
        if len(found[0]) > _MOST_HEADER:
            raise RefusedError(
                f"has {len(found[0]):,} bytes of one header {found[1].decode('ascii')}, more than {_MOST_HEADER:,}: save the message again"
            )


def _with_boundary(mail: EmailMessage) -> EmailMessage:
    """A mail whose parts are divided by another line than it declares, with that line declared."""
    text = mail.get_payload() if any(isinstance(one, _UNDIVIDED) for one in mail.defects) else ""
    found = _DIVIDES.search(text) if isinstance(text, str) else None
    if found is None:
        return mail
    mail.set_boundary(found[1])
    return BytesParser(policy=policy.default).parsebytes(_bytes_of(mail))


def header(mail: EmailMessage, name: str) -> str:
    """A header's decoded text; unparsable or very long headers as written."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    mended = _ENCODED_WORDS.sub(_joined, raw) if len(raw) <= _MOST_PARSED else raw
    if mended != raw:
        return one_line(_asked(lambda: str(make_header(decode_header(mended))), raw)[:_MOST_HEADER])
    value = raw if len(raw) > _MOST_PARSED else _asked(lambda: str(mail[name] or ""), raw)
    return one_line(value[:_MOST_HEADER])


def _joined(words: re.Match[str]) -> str:
    """Encoded words that a program has cut within a character, or of a larger encoding than they declare, as one word in UTF-8."""
    codec = data.load("encodings")["labels"].get(words[1].lower(), words[1])
    pieces = [_bytes_of_word(piece) for piece in _PIECE.findall(words[0])]
    whole = _decoded(b"".join(pieces), codec)
    if not whole or all(_decoded(piece, words[1]) for piece in pieces):
        return words[0]
    return f"=?utf-8?b?{b64encode(whole.encode()).decode()}?="


def _bytes_of_word(word: str) -> bytes:
    return _asked(lambda: b64decode(word), b"")


def _decoded(word: bytes, codec: str) -> str:
    return _asked(lambda: word.decode(codec), "")


def _asked(ask: Callable[[], _T], otherwise: _T) -> _T:
    """Call the mail library; damaged headers can raise any exception when they are accessed."""
    try:
        return ask()
    except Exception:  # noqa: BLE001 -- ValueError, IndexError, OverflowError, RecursionError and others were seen
        return otherwise


def _people(mail: EmailMessage) -> list[str]:
    """Sender and recipients as the first block, because they are part of a mail's content."""
    lines = [f"{name}: {_named(value)}" for name in _SHOWN if (value := header(mail, name))]
    return ["\n".join(f"- {markdown_text(line)}" for line in lines)] if lines else []


def _named(value: str) -> str:
    """Addresses by their display names; the address itself if there is no name."""
    listed = _asked(lambda: getaddresses([value]), list[tuple[str, str]]())
    shown = (_in_order(name, address) or address for name, address in listed)
    return ", ".join(one for one in shown if one) or value


def _in_order(name: str, address: str) -> str:
    """`Moreau, Ada` as Ada Moreau if the address also contains the family name, since some programs write names so."""
    family, _, given = (part.strip() for part in name.partition(","))
    local = fold(address.partition("@")[0])
    written = bool(given) and "," not in given and len(name.split()) <= _MOST_NAMES
    return f"{given} {family}" if written and fold(family) in local else name


def _sender(value: str) -> str:
    """The author: the name of the only address, else the header without addresses."""
    listed = _asked(lambda: getaddresses([value]), list[tuple[str, str]]())
    if len(listed) == 1 and listed[0][0]:
        return _in_order(*listed[0])
    return _ADDRESS.sub("", value).strip(" \"'") or value


def _facts(mail: EmailMessage) -> dict[str, Fact]:
    sender = _sender(header(mail, "From"))
    subject = header(mail, "Subject")
    about = fact(f"Mail of {sender} without a subject", "the header From") if sender else NONE
    link = _LINK.match(header(mail, "Archived-At"))
    return {
        "title": first(fact(subject, "the header Subject"), about),
        "published": fact(day(header(mail, "Date")), "the header Date"),
        "author": fact(sender, "the header From"),
        "lang": fact(header(mail, "Content-Language").split(",")[0], "the header Content-Language"),
        "archived": fact(link[1] if link else "", "the header Archived-At"),
        "identifier": fact(header(mail, "Message-ID"), "the header Message-ID"),
    }


def _body(mail: EmailMessage, encoding: str | None) -> tuple[list[str], tuple[str, ...]]:
    part = _chosen(mail)
    if part is None:
        return [], ("it contains no text",)
    decoded = decode(_content(part) or b" ", _asked(part.get_content_charset, None), encoding)
    if part.get_content_subtype() == "html":
        root = tree(decoded.text)
        return (blocks_of(_set_apart(root)) if root is not None else []), decoded.notes
    flowed = _asked(lambda: part.get_param("format"), None) == "flowed"
    return reply_blocks(clean(decoded.text)[0], flowed=flowed), decoded.notes


def _chosen(mail: EmailMessage) -> Any:  # noqa: ANN401 - a part of the mail
    """The plain text, or the HTML if the plain text is empty."""
    bodies = [part for kind in ("plain", "html") if (part := _body_part(mail, kind)) is not None]
    return next((body for body in bodies if len(_content(body).split()) > 1), next(iter(bodies), None))


def _body_part(mail: EmailMessage, kind: str) -> Any:  # noqa: ANN401 - a part of the mail
    return _asked(lambda: mail.get_body((kind,)), None)


def _content(part: Any) -> bytes:  # noqa: ANN401 - a part of the mail
    content = _asked(lambda: part.get_payload(decode=True), b"")
    return content if isinstance(content, bytes) else b""


def _set_apart(root: HtmlElement) -> HtmlElement:
    """Turn the elements that mail programs use for quoted text into quotations."""
    for element in list(root.iter("div")):
        names = set((element.get("class") or "").split())
        if names & _QUOTES and element.find(".//blockquote") is None:
            element.tag = "blockquote"
    return root


def _attachments(mail: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attachment. An attached mail is one too, with its own attachments inside."""
    bodies = {id(part) for kind in ("plain", "html") if (part := _body_part(mail, kind)) is not None}
    waiting: list[Any] = [mail]
    number = 0
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            number += 1
            yield f"message-{number}.eml", _bytes_of(inner[0]) if isinstance(inner, list) and inner else b""
        elif part.is_multipart():
            waiting[:0] = [one for one in part.get_payload() if hasattr(one, "get_content_type")]
        elif id(part) not in bodies and (
            _named_file(part) or _asked(part.get_content_disposition, "") == "attachment"
        ):
            number += 1
            yield _file_name(part, number), _content(part)


def _bytes_of(mail: Any) -> bytes:  # noqa: ANN401 - a message
    return _asked(lambda: bytes(mail.as_bytes()), b"")


def _file_name(part: Any, number: int) -> str:  # noqa: ANN401 - a part of the mail
    return one_line(_named_file(part))[-200:] or f"attachment-{number}"


def _named_file(part: Any) -> str:  # noqa: ANN401 - a part of the mail
    return _asked(lambda: str(part.get_filename() or ""), "")


def reply_blocks(text: str, *, flowed: bool) -> list[str]:
    """The text as blocks of Markdown. `flowed`: lines that end in a space continue (RFC 3676)."""
    lines = [(*_depth(line), line) for line in _cut(text)]
    blocks: list[str] = []
    for depth, run in groupby(lines, key=lambda one: one[0]):
        parts = list(_paragraphs([bare for _, bare, _ in run], flowed=flowed))
        marked = [_quoted(part, depth) for part in parts]
        blocks += ["\n>\n".join(marked)] if depth and marked else marked
    return blocks


def _cut(text: str) -> Iterator[str]:
    """The lines, with those below a forwarding line marked as quoted."""
    below = False
    for line in text.split("\n"):
        if not below and _BELOW_IS_QUOTED.match(line.strip()):
            below = True
        elif below:
            yield f"> {line}"
        else:
            yield line


def _depth(line: str) -> tuple[int, str]:
    marks = _MARKS.match(line)
    return (min(marks[0].count(">"), 3), line[marks.end() :]) if marks else (0, line)


def _quoted(paragraph: str, depth: int) -> str:
    """A paragraph as a quotation; nested quotations are merged."""
    shown = markdown_text(paragraph)
    return "\n".join(f"> {line}" for line in shown.split("\n")) if depth else shown


def _paragraphs(lines: list[str], *, flowed: bool) -> Iterator[str]:
    width = max((len(line) for line in lines), default=0)
    run = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = line.strip() and _goes_on(line, following, width, flowed=flowed)
        run += line.rstrip() + (" " if goes_on else "")
        if not goes_on:
            if run.strip():
                yield run.strip()
            run = ""


def _goes_on(line: str, following: str, width: int, *, flowed: bool) -> bool:
    """Whether the next line belongs to the same paragraph: flowed, or wrapped at a column."""
    if not following.strip() or line == _SIGNATURE:
        return False
    if flowed:
        return line.endswith(" ")
    return 50 <= width <= 120 and len(line) + 1 + len(following.split(maxsplit=1)[0]) > min(width, 78)
