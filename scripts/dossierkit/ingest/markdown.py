"""Markdown with front matter: its keys are read, its text is rewritten without anything active."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

import yaml

from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.encoding import Decoded
from dossierkit.ingest.escape import page_body
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.text import column, wrapped
from dossierkit.model.source import Source
from dossierkit.text.data import LOADER
from dossierkit.text.number_of import number_of

_KEYS = {
    "title": ("title",),
    "published": ("date", "published", "pubdate"),
    "author": ("author", "authors", "by"),
    "publisher": ("publisher", "source"),
    "url": ("url", "canonical_url", "link"),
    "lang": ("lang", "language"),
    "tags": ("tags", "keywords"),
}
_CLOSED = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:")
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


def read_markdown(decoded: Decoded) -> Source:
    """Read Markdown. Without a `title:` its first level-1 heading becomes the title, and is removed from the text.

    HTML is shown as source characters. Raises RefusedError for ambiguous front matter, and for a file without words.
    """
    text, notes = clean(decoded.text)
    front, body = _split(text)
    values = dict(_taken(front))
    heading, blocks, left_out = _body(body, wants_title="title" not in values)
    if not blocks:
        raise RefusedError("contains no text below its front matter and title")
    author, publisher, published = (_joined(values.get(key)) for key in ("author", "publisher", "published"))
    return Source(
        title=one_line(_joined(values.get("title")) or heading),
        markdown=page_body(blocks),
        published=_DAY.sub(r"\1\n", published).split("\n")[0] if published else None,
        lang=_joined(values.get("lang")) or None,
        author=author or None,
        publisher=publisher or None,
        url=_joined(values.get("url")) or None,
        encoding=decoded.encoding,
        notes=(*decoded.notes, *notes, *left_out),
        tags=values.get("tags", ()),
    )


def _split(text: str) -> tuple[yaml.MappingNode | None, str]:
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415 -- heavy

    handler = YAMLHandler(fm_boundary=re.compile(r"^---[ \t]*$", re.MULTILINE))
    text = text.lstrip("\n")
    if text.startswith(("+++\n", "{\n")):
        raise RefusedError("its front matter is TOML or JSON: write it as YAML between two lines `---`")
    if not handler.detect(text):
        return None, text
    if not _CLOSED.search(text, text.index("\n") if "\n" in text else len(text)):
        raise RefusedError(
            "its front matter is not closed: put a line `---` between the last key and the text"
        )
    try:
        head, body = handler.split(text)
    except ValueError:
        raise RefusedError("its front matter is closed by `...`: close it with a line `---`") from None
    return _compose(head), body


def _compose(head: str) -> yaml.MappingNode | None:
    """The front matter as nodes, whose scalars keep the typed characters (`no` stays no, 2016 stays 2016)."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(head, Loader=LOADER)):
            raise RefusedError("its front matter uses YAML aliases (`*name`): write the values out")
        root = yaml.compose(head, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RefusedError(
            f"its front matter is not YAML on line {line} ({error.problem}): quote values that hold `: ` or `#`"
        ) from None
    except yaml.YAMLError as error:
        raise RefusedError(f"its front matter is not YAML: {error}") from None
    if root is None:
        return None
    if not isinstance(root, yaml.MappingNode):
        raise RefusedError("its front matter is not a list of `key: value` lines")
    _refuse_duplicates(root)
    return root


def _refuse_duplicates(root: yaml.MappingNode) -> None:
    lines: dict[str, int] = {}
    for key, _ in root.value:
        line = key.start_mark.line + 1
        if str(key.value) in lines:
            first = lines[str(key.value)]
            raise RefusedError(
                f"the key `{key.value}` occurs twice in its front matter (lines {first} and {line}): keep one"
            )
        lines[str(key.value)] = line


def _taken(root: yaml.MappingNode | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    given = {str(key.value).lower(): value for key, value in root.value} if root else {}
    for name, keys in _KEYS.items():
        values = next((texts for key in keys if (texts := _texts(given.get(key)))), ())
        if values:
            yield name, values


def _texts(node: yaml.Node | None) -> tuple[str, ...]:
    """A scalar as one text, a list as its texts, a mapping as its `name`."""
    if isinstance(node, yaml.ScalarNode):
        return (one_line(node.value),) if node.tag != "tag:yaml.org,2002:null" and node.value.strip() else ()
    if isinstance(node, yaml.SequenceNode):
        return tuple(text for item in node.value for text in _texts(item))
    if isinstance(node, yaml.MappingNode):
        return next((_texts(value) for key, value in node.value if key.value == "name"), ())
    return ()


def _joined(values: tuple[str, ...] | None) -> str:
    return ", ".join(values or ())


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
