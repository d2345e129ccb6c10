"""Commands to the templates of other systems within text (Hugo, Jekyll, kramdown, WordPress): left out, and told of by name.

They are no words: readers of those systems saw what they stand for, or nothing. The words between an opening and a closing one
stay, except in a comment and in a caption of WordPress.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierkit.ingest.clean import one_line
from dossierkit.text.number_of import number_of, some

_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_COMMENT = re.compile(r"<!--(?>(?:[^-<]|-(?!->)|<(?!!--))*)-->")
_HIDDEN = re.compile(r"\{%-? {0,3}comment {0,3}-?%\}(?>(?:[^{]|\{(?!%))*)\{%-? {0,3}endcomment {0,3}-?%\}")
_TAG = re.compile(
    r"""
    \{\{<[^{}\n]{0,1000}>\}\} | \{\{%[^{}\n]{0,1000}%\}\}     # Hugo
  | \{%[^{}]{0,1000}%\} | \{\{[^{}\n]{0,1000}\}\}             # Liquid, Nunjucks
    """,
    re.VERBOSE | re.MULTILINE,
)
# Attributes of kramdown have no words of the text: no note tells of them.
_ATTRIBUTES = re.compile(r"\{[:#.][^{}\n]{0,300}\}(?=[ \t]{0,9}$)", re.MULTILINE)
_CAPTION = re.compile(
    r"\[(wp_)?caption\b[^\[\]]{0,1000}\](?>(?:[^\[]|\[(?!/?(?:wp_)?caption\b))*)\[/(?:wp_)?caption\]"
)
_EMBED = re.compile(r"\[embed\b[^\[\]]{0,1000}\][^\[\]]{0,2000}\[/embed\]")
_SHORTCODE = re.compile(
    r"""\[(?:/[a-z][\w-]{0,60} | (?:gallery|audio|video|playlist|embed)\b[^\[\]]{0,1000}
        | [a-z][\w-]{0,60}\s[^\[\]=]{0,300}=\s?["'\d][^\[\]]{0,1000})\]""",
    re.VERBOSE,
)
_NAME = re.compile(r"[A-Za-z][\w.-]{0,40}")
_MOST_NAMED = 5


def without_tags(markdown: str) -> tuple[str, tuple[str, ...]]:
    """Markdown without the tags of Hugo, Liquid and kramdown and without comments, and a note; code in fences stays as it is."""
    found: list[str] = []
    runs = [run if fenced else _without_both(run, found) for fenced, run in _runs(markdown)]
    return "".join(runs), _notes(found)


def _without_both(text: str, found: list[str]) -> str:
    text = _COMMENT.sub("", _HIDDEN.sub("", text)) if "<!--" in text or "comment" in text else text
    return _ATTRIBUTES.sub("", _left(_TAG, text, found))


def without_shortcodes(html: str) -> tuple[str, tuple[str, ...]]:
    """HTML without the shortcodes of WordPress, pictures with their captions among them, and a note."""
    found: list[str] = []
    for pattern in (_CAPTION, _EMBED, _SHORTCODE):
        html = _left(pattern, html, found)
    return html, _notes(found)


def is_template(value: str) -> bool:
    """Whether a value of front matter holds a command, and so is not what readers saw."""
    return _TAG.search(value) is not None


def _left(pattern: re.Pattern[str], text: str, found: list[str]) -> str:
    def taken(match: re.Match[str]) -> str:
        name = _NAME.search(match[0])
        found.append(name[0] if name else "")
        return ""

    return pattern.sub(taken, text)


def _runs(markdown: str) -> Iterator[tuple[bool, str]]:
    """The text in runs of lines, each with whether it is code in a fence."""
    fenced, run = False, list[str]()
    for line in markdown.splitlines(keepends=True):
        if _FENCE.match(line):
            yield fenced, "".join(run)
            fenced, run = not fenced, []
        run.append(line)
    yield fenced, "".join(run)


def _notes(found: list[str]) -> tuple[str, ...]:
    if not found:
        return ()
    names = some([f"`{name}`" for name in dict.fromkeys(map(one_line, found)) if name], _MOST_NAMED)
    return (f"{number_of(len(found), 'template tag')} left out" + (f": {names}" if names else ""),)
