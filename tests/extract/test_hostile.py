"""Whole stages on hostile sources: reading, rendering, extraction and proposal take about a steady time for each character."""

from __future__ import annotations

import signal
import sys
import time
from contextlib import contextmanager

import pytest

from dossierkit.evidence.plain_text import plain_text
from dossierkit.extract.authority import build
from dossierkit.extract.names.model import NameModel
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.ingest.reader import read
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Article
from dossierkit.text.segment import sentences

_LIMIT = 120  # seconds of the clock after which a stage counts as hanging
_FLOOR = (
    2.2  # seconds of the processor that are never too much: the greatest texts below have 32,000 characters
)
_GROWTH = 10  # times as long for four times as much, at most: the square would be sixteen
SMALL = 8_000

TEXT = {
    "punctuation": ".,;:!?()-\"' ", "punctuation without spaces": ".,;:!?()-\"'", "stops": ".", "opening brackets": "[(",
    "closing brackets": "])", "quotes": '"', "curly quotes": "“", "apostrophes": "'", "spaces": " ", "one word": "a",
    "capitals": "Aa ", "capitals without spaces": "Aa", "acronyms": "ABC ", "dates": "3 May 2016 ", "days": "2016-05-03, ",
    "numbers": "12 ", "a number": "1,", "weekdays": "on Monday ", "underscores": "_", "stars": "*", "backslashes": "\\",
    "tags": "<a ", "references": "&a;", "lines": "a\n", "paragraphs": "a.\n\n", "dashes": "- ", "pipes": "|", "sentences": "He said. ",
    "of the": "Bank of the ", "and": "Ada Moreau and ", "commas": "Ada, ", "acronyms in brackets": "Alpha Bank (AB) ", "hyphens": "a-",
    "ticks": "`", "addresses": "http://a.b/ ", "mail": "a@b.c ", "initials": "U.N. ", "letters": "A. ", "titles": "Minister ",
    "quarters": "the same quarter last year ", "ideographs": "文", "full stops of Chinese": "。", "header": "Q: hi\r\n",
}  # fmt: skip
MARKDOWN = {
    "quotations": "> ", "lists": "- ", "emphasis": "*a", "brackets": "[", "links": "[a](", "pictures": "![", "ticks": "`",
    "tags": "<b>", "comments": "<!-- -->", "tables": "|a", "underscores": "_a ", "headings": "# ", "references": "&", "closing": "]",
    "brackets in brackets": "[a]", "fences": "```\n", "rules": "---\n",
}  # fmt: skip
HTML = {
    "divisions": "<div>", "paragraphs": "<p>a b c.</p>", "quotations": "<blockquote>", "lists": "<ul><li>", "spans": "<span>a",
    "tables": "<table><tr><td>", "comments": "<!-- -->", "less-than": "<", "references": "&amp;", "emphasis": "<em>a", "breaks": "<br>",
    "spaces": " ", "punctuation": ".,;:!? ", "attributes": "<p a='", "xml": "<?xml ",
}  # fmt: skip
CASES = [
    *((".txt", name, again) for name, again in TEXT.items()),
    *((".md", name, again) for name, again in MARKDOWN.items()),
    *((".html", name, again) for name, again in HTML.items()),
]
KNOWN = build(())

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs an alarm that stops what hangs")


@contextmanager
def stopped():
    def stop(*_):
        pytest.fail("it hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, _LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def source(suffix: str, again: str, length: int) -> bytes:
    body = (again * (length // len(again) + 1))[:length]
    opening = "Talks opened in Geneva on Monday, the ministry said in a statement to reporters."
    if suffix == ".html":
        return f"<html><head><title>Talks open</title></head><body><article><p>{opening}</p>{body}</article></body></html>".encode()
    return f"Talks open\n\n{opening}\n\n{body}\n".encode()


def processed(suffix: str, data: bytes, lang: str = "en") -> float:
    """Seconds of the processor until a proposal is there, or the source was refused."""
    start = time.process_time()
    with stopped():
        try:
            text = plain_text(read(f"x{suffix}", data).markdown)
            article = Article("a", text, "Talks open", "2016-05-30", lang)
            propose(article, extract(article, KNOWN, None), KNOWN)
        except RefusedError:
            pass
    return time.process_time() - start


def in_proportion(suffix: str, again: str, lang: str = "en") -> bool:
    """The smaller text is tried where it decides, and where all is loaded that is loaded once."""
    great = processed(suffix, source(suffix, again, 4 * SMALL), lang)
    return great < _FLOOR or great < _GROWTH * processed(suffix, source(suffix, again, SMALL), lang)


@pytest.mark.parametrize(
    ("suffix", "again"),
    [(suffix, again) for suffix, _, again in CASES],
    ids=[f"{suffix} {name}" for suffix, name, _ in CASES],
)
def test_four_times_as_much_takes_about_four_times_as_long(suffix, again):
    assert in_proportion(suffix, again)


SYLLABLES = ("ba", "do", "ki", "lu", "me", "ra", "so", "ti")


def distinct(number: int) -> str:
    """A word for a number, another for each."""
    digits = [number // len(SYLLABLES) ** place % len(SYLLABLES) for place in range(4)]
    return "".join(SYLLABLES[digit] for digit in digits).capitalize()


NAMES = {
    "people": lambda at: f"Mr. {distinct(at)} {distinct(at + 1)} spoke. ",
    "people of one surname": lambda at: f"Mr. {distinct(at)} Moreau spoke. ",
    "people of one given name": lambda at: f"Mr. Ada {distinct(at)} spoke. ",
    "long names of people": lambda at: (
        f"Mr. {distinct(at)} {distinct(at + 1)} {distinct(at + 2)} {distinct(at + 3)} spoke. "
    ),
    "organisations": lambda at: f"The {distinct(at)} Valley Council met. ",
    "organisations and their beginnings": lambda at: (
        f"The {distinct(at // 2)} Council {'of Lenn ' * (at % 2)}met. "
    ),
    "acronyms beside organisations": lambda at: (
        f"The {distinct(at).upper()[:5]} and the {distinct(at)} Council met. "
    ),
    "teams": lambda at: f"The {distinct(at)} Owls and {distinct(at)}s Club met. ",
    "places": lambda at: f"They met in {distinct(at)}, near {distinct(at + 1)} Island. ",
    "events": lambda at: f"The {distinct(at)} Revolutionary War ended. ",
    "names that give one id": lambda at: (
        f"The Lenn {distinct(at)} Council met Mr. Lenn{' ' * (at % 2)}{distinct(at)}. "
    ),
}


def steps(number: int, name) -> int:
    """Lines of Python that run until the names and events of so many different names are found: the same on every machine."""
    text = "".join(map(name, range(number)))
    article = Article("a", text, "Talks open", "2016-05-30", "en")
    count = 0

    def line(_frame, event, _arg):
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        extract(article, KNOWN, None)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_four_times_as_many_different_names_take_about_four_times_as_many_steps(name):
    """The square would be sixteen times as many. What only the first text loads is loaded before."""
    steps(5, name)
    assert steps(400, name) < 5 * steps(100, name)


@pytest.mark.parametrize(
    ("lang", "again"), [("fr", "le 3 mai 2016, M. Martin "), ("fr", "d'"), ("ar", "ال "), ("ar", "قال محمد ")]
)
def test_other_languages_as_well(lang, again):
    assert in_proportion(".txt", again, lang)


def test_a_paragraph_of_punctuation_costs_no_more_than_one_of_words():
    model = NameModel()
    words, signs = "Ada Moreau left Geneva today. " * 400, ".,;:!?()-\"' " * 1000
    times = []
    for text in (words, words, signs):
        start = time.process_time()
        model.find(text, [(one.start, one.end) for one in sentences(text)])
        times.append(time.process_time() - start)
    assert times[2] < times[1]


def test_names_around_a_long_run_of_signs_are_found():
    text = f"Ada Moreau went to Geneva. {'.,;:!? ' * 500} Then Ada Moreau left."
    found = [
        text[start:end]
        for start, end, _, _ in NameModel().find(text, [(one.start, one.end) for one in sentences(text)])
    ]
    assert found.count("Ada Moreau") == 2
