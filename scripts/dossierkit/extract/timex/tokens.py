"""Tokens of a text, and the characters that represent their classes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossierkit.extract.timex.grammar import BREAK, OTHER, Grammar
from dossierkit.model.finding import Sentence
from dossierkit.text.data import load

# Words for days in Chinese and Japanese. Behind "last", "next" and "every" a weekday is another than the nearest.
_WEEKDAYS = r"(?<![上下每毎隔])(?:(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?)"
_PERIODS = rf"(?<![过過以])(?:{'|'.join(sorted(load('localdates')['periods'], key=len, reverse=True))})(?![一二三四五六日天])"
_AGO = rf"(?<=\d)(?:{'|'.join(load('localdates')['ago'])})(?![後后半])"
_DAYWORDS = rf"(?:{'|'.join(load('daywords')['zh'] | load('daywords')['ja'])}|{_WEEKDAYS}|{_PERIODS})"
_TOKEN = re.compile(
    r"\d{4}([-/])\d{2}\1\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?![^\W\u3040-\u9fff\uac00-\ud7a3]|-)"
    r"|\d{4}/\d{1,2}/\d{1,2}(?![^\W\u3040-\u9fff\uac00-\ud7a3]|-)"
    r"|\d{1,2}([/.-])\d{1,2}\2\d{4}(?![\w-])"
    r"|\d{2}/\d{2}/\d{2}(?![\w/-])"
    r"|\d{1,2}[:h]\d{2}(?::\d{2})?(?!\w)"
    r"|\d{1,4}(?=[年月日号號년월일天周週个個かヶ])"
    rf"|{_AGO}"
    r"|(?<=\d)[年月日号號년월일]"
    r"|(?:1[5-9]|20)\d\d(?=\.\d{1,3}(?:\s|$))"
    r"|[\u1040-\u1049]+"  # words of Burmese are written to numbers
    r"|\d+(?:[.,]\d+)*(?:[^\W\d_]+\d*)?"
    r"|[^\W\d_][ap]?\.[mM]\.?(?!\w)"
    rf"|{_DAYWORDS}"
    rf"|[\u3040-\u30ff\u3400-\u9fff](?:(?!{_DAYWORDS})[\u3040-\u30ff\u3400-\u9fff])*"  # Chinese and Japanese words stand without spaces
    r"|[^\W\d_](?:\w|[\u064b-\u0652\u0900-\u0963\u0966-\u1049\u1050-\u109f]|\u200c(?=\w))*"  # vowel signs are no letters, nor what parts Persian ones
    r"|[^\w\s]"
)
_LATEST = 2199  # year, where a language has no other
_LONGEST = 40  # code points; longer tokens are noise
_SHAPES = (
    (re.compile(r"\d{4}([-/])\d\d?\1.*"), "iso"),
    (re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}"), "slash"),
    (re.compile(r"\d{2}/\d{2}/\d{2}"), "shortdate"),
    (re.compile(r"([01]?\d|2[0-4])[:h]\d{2}(:\d{2})?"), "clock"),
    (re.compile(r"(\d{3}|\d)0(?:s|er)"), "decade"),
    (re.compile(r"\d{1,2}(st|nd|rd|th|er|e|ème|eme|nde)"), "dayord"),
    (re.compile(r"(?<!\d)\d++[.,][\d.,]*"), "number"),
)
_FISCAL = re.compile(r"FY\d{4}")
_MARKS = re.compile("[\u064b-\u0652\u0640]")


@dataclass(slots=True)
class Tokens:
    """Parallel lists: `starts`/`ends` in code points (half open), `forms` as written, one class character each in
    `classes`. Between sentences there is a BREAK with an empty form.
    """

    starts: list[int]
    ends: list[int]
    forms: list[str]
    classes: str

    def lower(self, index: int) -> str:
        """The form in lower case, "" outside the text."""
        return self.forms[index].lower() if 0 <= index < len(self.forms) else ""

    def form(self, index: int) -> str:
        """The form as written, "" outside the text."""
        return self.forms[index] if 0 <= index < len(self.forms) else ""

    def before(self, index: int) -> str:
        """The preceding word in lower case, without the full stop of "c." or "no."."""
        word = self.lower(index - 1)
        shortened = word == "." and self.lower(index - 2) in {"c", "ca", "no"}
        return self.lower(index - 2) if shortened else word


def tokenise(text: str, sentences: Sequence[Sentence], grammar: Grammar) -> Tokens:
    """All tokens of the sentences, with a BREAK after each sentence."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    classes: list[str] = []
    chars = grammar.chars
    joined = "compounds" in grammar.data or "prefixes" in grammar.data
    for sentence in sentences:
        for match in _TOKEN.finditer(text, sentence.start, sentence.end):
            form, (start, end) = match[0], match.span()
            if form in "[]" and _editorial(text, start):
                continue
            char = chars.get(form)
            if char is None and form.isalpha() and not joined:
                char = OTHER
            elif char is None:
                head, form, char = _unlisted(form, grammar)
                if head:
                    starts.append(start)
                    start += len(head)
                    ends.append(start)
                    forms.append(head)
                    classes.append(chars.get(head, OTHER))
            starts.append(start)
            ends.append(end)
            forms.append(form)
            classes.append(char)
        starts.append(sentence.end)
        ends.append(sentence.end)
        forms.append("")
        classes.append(BREAK)
    return Tokens(starts, ends, forms, "".join(classes))


def _editorial(text: str, at: int) -> bool:
    """Whether a bracket is an editor's, as in "[Ten] years ago", not a footnote's as in "[12]"."""
    first, last = (at, text.find("]", at, at + _LONGEST)) if text[at] == "[" else (text.rfind("[", 0, at), at)
    return first >= 0 and text[first + 1 : last].isalpha()


def _unlisted(form: str, grammar: Grammar) -> tuple[str, str, str]:
    """For a form that the lexicon lacks: its one-letter prefixes, the rest, the rest's character."""
    if _FISCAL.fullmatch(form):
        return form[:2], form[2:], grammar.numeric[_whole(form[2:], _LATEST)]
    if form[0].isdecimal():
        numeric = _numeric(form, grammar.data.get("latest_year", _LATEST))
        return "", form, grammar.numeric[numeric] if numeric else OTHER
    for last in grammar.data.get("compounds", ()):  # "Montagabend", "gisteravond"
        if form.endswith(last) and form[: -len(last)] in grammar.chars:
            return form[: -len(last)], last, grammar.chars[last]
    prefixes = grammar.data.get("prefixes", "")
    return _prefixed(form, prefixes, grammar) if prefixes and len(form) > 1 else ("", form, OTHER)


def _prefixed(form: str, prefixes: str, grammar: Grammar) -> tuple[str, str, str]:
    """The one-letter words joined to a word (Arabic و ف ب ل ك), the word, its character; vowel signs are ignored."""
    bare = _MARKS.sub("", form)
    if bare != form and bare in grammar.chars:
        return "", bare, grammar.chars[bare]
    for skip in (1, 2):
        head, rest = form[:skip], form[skip:]
        if rest and all(letter in prefixes for letter in head):
            if rest in grammar.chars:
                return head, rest, grammar.chars[rest]
            numeric = (
                _numeric(rest, grammar.data.get("latest_year", _LATEST)) if rest[0].isdecimal() else None
            )
            if numeric:
                return head, rest, grammar.numeric[numeric]
    return "", form, OTHER


@lru_cache(maxsize=8192)
def _numeric(form: str, latest: int) -> frozenset[str] | None:
    """Classes of a token that begins with a digit; None if it is not a number of dates."""
    if len(form) > _LONGEST:
        return None
    for pattern, cls in _SHAPES:
        if pattern.fullmatch(form):
            return frozenset({cls})
    return _whole(form, latest) if form.isdecimal() else None


def _whole(digits: str, latest: int) -> frozenset[str]:
    number = int(digits) if len(digits) < 9 else 0
    classes = {"number"}
    if len(digits) <= 2 and 1 <= number <= 31:
        classes.add("day")
    if len(digits) == 2:
        classes.add("pair")
    if len(digits) == 4:
        if 1000 <= number <= latest:
            classes.add("year")
        if number // 100 < 25 and number % 100 < 60:
            classes.add("hour24")
    return frozenset(classes)
