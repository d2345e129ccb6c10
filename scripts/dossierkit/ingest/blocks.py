"""An element tree (HTML, or trafilatura's names) -> Markdown blocks with the same words and nothing active.

Kept: paragraphs, headings, lists, quotations, tables, emphasis, links to http(s) and mail. Dropped: pictures,
scripts, styles, forms, rules. Of everything else only the text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from lxml.etree import _Element

from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.escape import markdown_text

_NAMES = {
    "head": "h2",
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "lb": "br",
}
_HEADINGS = {"h1": "##", "h2": "##", "h3": "###", "h4": "####", "h5": "#####", "h6": "######"}
_LISTS = frozenset({"ul", "ol"})
BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form header hr html "
    "li main nav ol p pre section summary table tbody td tfoot th thead tr ul doc".split()
) | frozenset(_HEADINGS)
_DROPPED = frozenset(
    "applet audio button canvas embed graphic head-of-page iframe img input link math meta noscript object picture "
    "script select source style svg template textarea title video".split()
)
_EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_SCHEMES = frozenset({"http", "https", "mailto"})
# Private-use marks for inline markup while text is escaped; `clean` has removed these characters from the source.
_MARK = "\x01{}\x02"
_MARKED = re.compile("\x01(\\d+)\x02")
_LISTED = re.compile(r"(?:-|\d+\.) ")
_NO_PARAGRAPH = re.compile(r"(?:-|\d+\.|>|\||#{1,6}) ")
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(slots=True)
class _InlineRun:
    """Inline text being collected: words, and the markup that its marks represent."""

    parts: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)

    def mark(self, markup: str) -> str:
        self.markup.append(markup)
        return _MARK.format(len(self.markup) - 1)

    def markdown(self) -> str:
        text = " ".join("".join(self.parts).split())
        bare = _MARKED.sub("", text).strip()
        return _MARKED.sub(lambda match: self.markup[int(match[1])], markdown_text(text)) if bare else ""


def markdown_blocks(root: _Element) -> list[str]:
    """The blocks below `root`, in order. Raises RecursionError if elements are nested too deeply."""
    return list(_blocks(root))


def words(element: _Element) -> str:
    """The element's text, cleaned, white space collapsed."""
    return one_line("".join(element.itertext()))


def is_shown(element: _Element) -> bool:
    """Whether an element's text is read."""
    name = _name(element)
    return bool(name) and name not in _DROPPED


def _name(element: _Element) -> str:
    """The element's name in HTML; "" for comments and processing instructions."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    name = _NAMES.get(tag, tag).lower()
    return str(element.get("rend", "h2")) if tag == "head" else name


def _blocks(element: _Element) -> Iterator[str]:
    run = _InlineRun()
    _add(run, element.text)
    for child in element:
        name = _name(child)
        if name in BLOCKS or name == "br":
            yield from _flushed(run)
            run = _InlineRun()
            yield from _block(child, name)
        else:
            _inline(run, child, name)
        _add(run, child.tail)
    yield from _flushed(run)


def _flushed(run: _InlineRun) -> Iterator[str]:
    markdown = run.markdown()
    if markdown:
        yield markdown


def _add(run: _InlineRun, text: str | None) -> None:
    if text:
        run.parts.append(clean(text)[0])


def _block(element: _Element, name: str) -> Iterator[str]:
    if name in _HEADINGS:
        text = _flat(element)
        if text:
            yield f"{_HEADINGS[name]} {text}"
    elif name in _LISTS:
        yield from _list(element, name)
    elif name == "blockquote":
        quoted = "\n\n".join(_blocks(element))
        if quoted:
            yield _prefixed(quoted, "> ", "> ")
    elif name == "table":
        yield from _table(element)
    elif name == "pre":
        for line in clean("".join(element.itertext()))[0].split("\n"):
            if line.strip():
                yield markdown_text(line)
    else:
        yield from _blocks(element)


def _inline(run: _InlineRun, element: _Element, name: str) -> None:
    """Add an inline element's words; markup inside markup is dropped."""
    if not name or name in _DROPPED:
        return
    text = " ".join(_inner_text(element).split(" "))
    before, inner, after = _outer(text)
    opened, closed = _markup(element, name)
    if inner and opened:
        run.parts += [before, run.mark(opened), inner, run.mark(closed), after]
    else:
        run.parts.append(text)


def _outer(text: str) -> tuple[str, str, str]:
    begun = text.lstrip()
    bare = begun.rstrip()
    return text[: len(text) - len(begun)], bare, begun[len(bare) :]


def _inner_text(element: _Element) -> str:
    """The words of an inline element; blocks inside it are separated by spaces."""
    parts = [element.text or ""]
    for child in element:
        name = _name(child)
        if name and name not in _DROPPED:
            inner = _inner_text(child)
            parts.append(f" {inner} " if name in BLOCKS or name == "br" else inner)
        parts.append(child.tail or "")
    return clean("".join(parts))[0]


def _markup(element: _Element, name: str) -> tuple[str, str]:
    if name in _EMPHASIS:
        return _EMPHASIS[name], _EMPHASIS[name]
    address = safe_address(element.get("href") or "") if name == "a" else ""
    return ("[", f"]({address})") if address else ("", "")


def safe_address(address: str) -> str:
    """An absolute http(s) or mail address that Markdown cannot misread; "" for any other."""
    cleaned = "".join(clean(address)[0].split())
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return ""
    if parts.scheme.lower() not in _SCHEMES or not (parts.netloc or parts.scheme.lower() == "mailto"):
        return ""
    return quote(cleaned, safe=":/?#@!$&+,;=%-._~")


def _flat(element: _Element) -> str:
    """An element's inline content as one line of Markdown."""
    text = " ".join(_inner_text(element).split())
    return markdown_text(text)


def _list(element: _Element, name: str) -> Iterator[str]:
    shown = [item for item in element if _name(item) and _name(item) not in _DROPPED]
    numbers = _numbers(element, shown) if name == "ol" else []
    if numbers != list(range(1, len(numbers) + 1)):
        yield from _numbered(zip(numbers, shown, strict=True))
        return
    items: list[str] = []
    for item in shown:
        content = _item(item)
        if content:
            number = f"{len(items) + 1}." if name == "ol" else "-"
            items.append(_prefixed(content, f"{number} ", "    "))
    if items:
        loose = any("\n\n" in item for item in items)
        yield ("\n\n" if loose else "\n").join(items)


def _numbers(element: _Element, items: Sequence[_Element]) -> list[int]:
    """The number of each item, as HTML counts (`start`, `value`, `reversed`)."""
    down = element.get("reversed") is not None
    now = _whole(element.get("start"), len(items) if down else 1)
    numbers = []
    for item in items:
        now = _whole(item.get("value"), now)
        numbers.append(now)
        now += -1 if down else 1
    return numbers


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and _NUMBER.fullmatch(value.strip()) else otherwise


def _numbered(items: Iterable[tuple[int, _Element]]) -> Iterator[str]:
    """Items as paragraphs: a list of Markdown counts from 1, and what cites "paragraph 112" of a report would find none."""
    for number, item in items:
        blocks = list(_blocks(item))
        if blocks:
            plain = _NO_PARAGRAPH.match(blocks[0]) is None
            yield from [f"{number}\\. {blocks[0]}", *blocks[1:]] if plain else [f"{number}\\.", *blocks]


def _item(element: _Element) -> str:
    """The blocks of a list item; nested lists follow its words without an empty line."""
    blocks = list(_blocks(element))
    tight = not any(_LISTED.match(block) is None for block in blocks[1:])
    return ("\n" if tight else "\n\n").join(blocks)


def _prefixed(block: str, first: str, others: str) -> str:
    lines = block.split("\n")
    rest = [f"{others}{line}".rstrip() for line in lines[1:]]
    return "\n".join([first + lines[0], *rest])


def _table(element: _Element) -> Iterator[str]:
    rows = [
        [_flat(cell).replace("|", "&#124;") for cell in row if _name(cell) in {"td", "th"}]
        for row in element.iter("tr", "row")
    ]
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    if width == 1:
        yield from (row[0] for row in rows)
    elif rows:
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
        yield "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
