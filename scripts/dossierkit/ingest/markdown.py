"""Markdown with front matter: its keys are read, its text is rewritten without anything active."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from pathlib import PurePosixPath
from typing import Any

from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.days import day
from dossierkit.ingest.encoding import Decoded
from dossierkit.ingest.escape import page_body
from dossierkit.ingest.front_matter import FrontMatter, front_matter
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.template_tags import is_template, without_tags
from dossierkit.ingest.text import column, wrapped
from dossierkit.model.edtf import EdtfError, parse
from dossierkit.model.source import Fact, Source
from dossierkit.text.data import load
from dossierkit.text.number_of import number_of

_JEKYLL = re.compile(r"(\d{4}-\d{2}-\d{2})-(.{1,200})")
_WEB = ("http://", "https://")
_FACTS = ("title", "published", "author", "publisher", "url", "lang", "rights")
_TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:")
_DIGITS = re.compile(r"-[0-9a-f]{8}\Z")
_ACTIVE = re.compile(r"[*_`\[<&\\!]")
_CONTAINER = re.compile(r"<(/?)(?:blockquote|ul|ol|li)>")
_DEEPEST = 60
_TOO_DEEP = "its quotations or lists are nested too deeply to be read: flatten them"
_MOST_WORK = 2_000_000_000
_MOST_SOUGHT = (
    30_000_000  # characters; Python-Markdown scans for the end of each bracket separately; some seconds
)
_MOST_COPIED = 200_000_000  # characters; it copies the rest of a block for each rule and heading in it
_PARTING = re.compile(r"^ {0,3}(?:#|(?:[-*_] *+){3,}$)", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]()]")
_OPENS = {"]": "[", ")": "("}
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_NO_PROSE = re.compile(r"[\s>#|=~`:]|[-+*]\s|\d{1,9}[.)]\s|(?:[-*_][ \t]*){3,}$")
_GOES_ON = tuple('.!?…,”"’')


def read_markdown(decoded: Decoded, name: str = "", *, html: bool = False) -> Source:
    """Read Markdown, or `html` below front matter, as Jekyll and Hugo allow. Without a `title:` its first level-1 heading becomes the title, and is removed from the text.

    `name`: of the file, where Jekyll has the date and some systems the language. HTML is shown as source characters. Raises
    RefusedError for ambiguous front matter, and for a file without words.
    """
    text, notes = clean(decoded.text)
    front, body = front_matter(text)
    facts, doubts = _facts(front, name)
    body, tags_out = without_tags(body)
    heading, blocks, pictures_out = _markup(body) if html else _body(body, wants_title="title" not in facts)
    if not blocks:
        raise RefusedError("contains no text below its front matter and title")
    title = one_line(heading) if "title" not in facts else facts["title"].value
    posted = _JEKYLL.fullmatch(_stem(name))
    if not title and posted:
        title = posted[2].replace("-", " ").replace("_", " ").capitalize()
        doubts = (*doubts, "the title was made from its file name: check it")
    given: dict[str, Any] = {key: one.value for key, one in facts.items() if key != "title"}
    return Source(
        title=title,
        markdown=page_body(blocks),
        **given,
        encoding=decoded.encoding,
        notes=(*decoded.notes, *notes, *doubts, *tags_out, *pictures_out),
        tags=tuple(
            tag for tag in front.tags(spaced=posted is not None and front.laid_out) if not is_template(tag)
        ),
        origins=tuple((key, facts[key].origin) for key in given),
        unpublished=front.unpublished,
    )


def _markup(body: str) -> tuple[str, list[str], tuple[str, ...]]:
    from dossierkit.ingest.html.fragment import markup_blocks  # noqa: PLC0415 -- heavy

    return "", markup_blocks(body), ()


def _facts(front: FrontMatter, name: str) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """The facts in the front matter, and in the file name what it does not state; and notes on doubts."""
    facts, notes = {}, []
    for field in _FACTS:
        key, values = front.texts(field)
        value = ", ".join(values)
        if value and (is_template(value) or (field == "url" and not value.lower().startswith(_WEB))):
            why = "holds a template tag" if is_template(value) else "is no address on the web"
            notes.append(f"its key `{key}` {why}, so it was not taken: {value[:100]}")
        elif value:
            facts[field] = Fact(_as_day(value) if field == "published" else value, f"its key `{key}`")
    stem = _stem(name)
    if "published" not in facts and (posted := _JEKYLL.fullmatch(stem)) and day(posted[1]):
        facts["published"] = Fact(posted[1], "its file name")
        notes.append("the date stands in its file name: check it")
    lang = PurePosixPath(stem).suffix.removeprefix(".")
    if "lang" not in facts and lang in load("languages")["told"]:
        facts["lang"] = Fact(lang, "its file name")
    return facts, tuple(notes)


def _stem(name: str) -> str:
    """The file name without suffix, and without the digits that `dossier add` puts behind names that are taken."""
    return _DIGITS.sub("", PurePosixPath(name).stem)


def _as_day(value: str) -> str:
    """A date as EDTF where it is one or a day can be read in one way; otherwise as it is."""
    timed = _TIMED.match(value)
    if timed:
        return timed[1]
    try:
        parse(value)
    except EdtfError:
        return day(value) or value
    return value


def _body(body: str, *, wants_title: bool) -> tuple[str, list[str], tuple[str, ...]]:
    """The first heading if a title is needed, the blocks, and notes on omissions."""
    from lxml import html  # noqa: PLC0415 -- heavy

    from dossierkit.ingest.blocks import markdown_blocks, words  # noqa: PLC0415 -- heavy

    body = _with_lines_apart(body)
    if any(map(_too_busy, body.split("\n\n"))):
        raise RefusedError(
            "one paragraph holds too much markup to be read as Markdown: split it, or add it as .txt"
        )
    try:
        rendered = _render(body)
        if not rendered.strip():
            return "", [], ()
        _refuse_depth(rendered)
        root = html.fragment_fromstring(rendered, create_parent="div")
        heading = root.find("h1") if wants_title else None
        title = ""
        if heading is not None and root.index(heading) == 0:
            title = words(heading)
            heading.drop_tree()
        pictures = len(root.findall(".//img"))
        blocks = markdown_blocks(root)
    except RecursionError:
        raise RefusedError(_TOO_DEEP) from None
    return title, blocks, _left_out(pictures)


def _with_lines_apart(body: str) -> str:
    """With an empty line between lines that were not wrapped: "2014: Route approved", a label and its text, items behind "•"."""
    lines = body.split("\n")
    width = column(lines)
    apart: list[str] = []
    fenced = False
    for line, following in pairwise([*lines, ""]):
        fenced ^= _FENCE.match(line) is not None
        apart += [line, ""] if not fenced and _parts(line, following, width) else [line]
    return "\n".join(apart)


def _parts(line: str, following: str, width: int) -> bool:
    """Whether a line ends what it says, and the next one begins a line of its own."""
    bare = line.rstrip("*_` ")
    table = "|" in line and "|" in following
    if not bare or line[0] in " \t>" or not following or _NO_PROSE.match(following) or table:
        return False
    ends = not (bare.endswith(_GOES_ON) or following[0].islower() or wrapped(line, following, width))
    return ends or following[0] in "•‣▪"


def _too_busy(part: str) -> bool:
    """Whether a block would take minutes to render."""
    return (
        len(part) * len(_ACTIVE.findall(part)) > _MOST_WORK
        or len(part) * len(_PARTING.findall(part)) > _MOST_COPIED
        or _sought(part) > _MOST_SOUGHT
    )


def _sought(part: str) -> int:
    """Total of the characters from each opening bracket to its closing one, or to the end."""
    open_: dict[str, list[int]] = {"[": [], "(": []}
    sought = 0
    for match in _BRACKET.finditer(part):
        if match[0] in open_:
            open_[match[0]].append(match.start())
        elif begun := open_[_OPENS[match[0]]]:
            sought += match.start() - begun.pop()
    return sought + sum(len(part) - at for begun in open_.values() for at in begun)


def _refuse_depth(rendered: str) -> None:
    """Refuse elements nested deeper than some 250, which HTML parsers drop silently."""
    depths = accumulate(-1 if match[1] else 1 for match in _CONTAINER.finditer(rendered))
    if max(depths, default=0) > _DEEPEST:
        raise RefusedError(_TOO_DEEP)


def _left_out(pictures: int) -> tuple[str, ...]:
    return (f"{number_of(pictures, 'picture')} left out",) if pictures else ()


def _render(body: str) -> str:
    """Render core Markdown with tables, fenced code and footnotes; HTML in it is text."""
    from markdown import Markdown  # noqa: PLC0415 -- heavy

    markdown = Markdown(extensions=["tables", "fenced_code", "sane_lists"])
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    return markdown.convert(body)
