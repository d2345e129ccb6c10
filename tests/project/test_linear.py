"""No regular expression, and no stage, needs more than a steady time for each character, whatever it is given."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from tests.project.hostile import has_possessive_group, texts

_LENGTH = 8_000  # characters
_MOST = 40  # times what the measure takes, at most. The slowest expression of the package takes sixteen times as long
_ROUNDS = (
    5  # an expression is too busy where it is so in each: a machine that is slow for a moment is slow in some
)
_MEASURE = re.compile(r"[a-z]{0,40}!")  # forty steps for each character, and no match
_LIMIT = 2.0  # seconds for a text in all its lengths, after which an expression is stopped
_FELT = 0.004  # seconds at the full length; an expression that takes more is tried at four times the length
# Of the full length: most expressions need so little there that they cannot need much at the full one.
_PARTS = 8, 4
_GROWTH = (
    8  # four times the length takes a linear expression four times as long, a quadratic one sixteen times
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs an alarm that stops an expression")


class _SlowError(Exception):
    pass


@contextmanager
def _alarms():
    """An alarm that `_set_alarm` sets raises _SlowError: what grows exponentially has no end."""

    def stop(*_):
        raise _SlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        yield
    finally:
        _set_alarm(0)
        signal.signal(signal.SIGVTALRM, before)


def _set_alarm(seconds):
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def _seconds(expression, anchored, text):
    """Seconds of the processor that all matches in a text take. Raises _SlowError where an alarm is set and goes off.

    Of this thread: beside an alarm the clock of the whole process goes on in steps of four milliseconds.
    """
    start = time.thread_time()
    if anchored:
        expression.match(text)
        expression.fullmatch(text)
    else:
        for _ in expression.finditer(text):
            pass
    return time.thread_time() - start


def _best(expression, anchored, text):
    """The best of three times, of the processor alone: other work on the machine still makes it slower, nothing makes it faster."""
    return min(_seconds(expression, anchored, text) for _ in range(3))


def _exceeds(limit, *tried):
    """Whether it takes longer than the limit each of four times; one that does not is enough to tell."""
    return all(_seconds(*tried) > limit for _ in range(4))


_FASTEST = {}
"""The least that the measure ever took on a text, by its length."""


def _measured(length):
    """The best of three times of the measure, taken now."""
    seconds = _best(_MEASURE, False, "a" * length)
    _FASTEST[length] = min(seconds, _FASTEST.get(length, seconds))
    return seconds


def _too_long(expression, anchored, text):
    """Whether an expression takes many times as long as the measure on a text of the same length, measured one after the other."""
    return _exceeds(_MOST * _measured(len(text)), expression, anchored, text)


def _steady(tried, brief, full, took, longer):
    """Whether one time for each text is enough to tell that it is neither too long nor grows too fast.

    `brief`: what texts took that are so many times shorter than the full one, whose time is `took`. The measure is the fastest ever
    met, and the growth one from the least that these times promise for the full text: who passes here passes `_too_long` and `_grows`.
    """
    if len(full) not in _FASTEST:
        _measured(len(full))
    short = min(took, *(part * seconds for part, seconds in brief.items()))
    return took <= _MOST * _FASTEST[len(full)] and _seconds(*tried, longer) <= _GROWTH * short


def _grows(expression, anchored, text, longer):
    """Whether the work grows faster than the text does."""
    short = _best(expression, anchored, text)
    return short >= _FELT and _exceeds(_GROWTH * short, expression, anchored, longer)


def _worst(given, limit=_LIMIT):
    """The first text that keeps the expression too busy, or takes longer than the limit; None where none does."""
    encoded = (lambda text: text.encode("utf-8", "surrogatepass")) if given["bytes"] else str
    pattern = given["pattern"].encode("latin-1") if given["bytes"] else given["pattern"]
    tried = re.compile(pattern, given["flags"]), given["anchored"]
    with _alarms():
        for before, again, after in texts(given["pattern"], given["flags"]):
            _set_alarm(limit)
            try:
                if _busy(*tried, lambda number: encoded(before + again * number + after), len(again)):  # noqa: B023 -- called at once
                    return before, again, after
            except _SlowError:
                return before, again, after
    return None


def _busy(expression, anchored, text, size):
    """Whether a text of `text(number)`, a repeat of `size` characters so many times, keeps the expression too busy."""
    tried, brief = (expression, anchored), {}
    for part in _PARTS:
        brief[part] = _seconds(*tried, text(_LENGTH // part // size + 1))
        # What is quadratic and felt at the full length takes more than this, and so does what is linear.
        if brief[part] <= 0.8 * _FELT / part**2:
            return False
    full, longer = text(_LENGTH // size + 1), text(4 * _LENGTH // size)
    took = _seconds(*tried, full)
    if took < _FELT or _steady(tried, brief, full, took, longer):
        return False
    return all(
        _too_long(expression, anchored, full) or _grows(expression, anchored, full, longer)
        for _ in range(_ROUNDS)
    )


@cache
def _expressions():
    script = Path(__file__).with_name("expressions.py")
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_all_expressions_of_the_package_are_found():
    places = {place.rpartition(":")[0] for given in _expressions() for place in given["places"]}
    assert {
        "ingest/reader.py",
        "extract/timex/grammar.py",
        "check/rules/private.py",
        "text/segment.py",
    } <= places
    source = Path(__file__).parents[2] / "scripts" / "dossierkit"
    using = {
        file.relative_to(source).as_posix()
        for file in source.rglob("*.py")
        if re.search(r"^[^#\n]*\bre\.(compile|sub|match|search|fullmatch|finditer|findall|split)\(", file.read_text("utf-8"), re.MULTILINE)
    }  # fmt: skip
    assert using - places == set()


def test_every_expression_is_linear_on_hostile_text():
    slow = {
        ", ".join(given["places"]): (given["pattern"][:200], worst)
        for given in _expressions()
        if (worst := _worst(given))
    }
    assert slow == {}


def test_no_expression_has_a_possessive_group():
    """Before 3.11.5, Python loses matches of them (gh-106052): a check that looks with one finds nothing. Atomic groups are sound."""
    found = {
        ", ".join(given["places"]): given["pattern"][:200]
        for given in _expressions()
        if has_possessive_group(given["pattern"], given["flags"])
    }
    assert found == {}


@pytest.mark.parametrize(
    ("pattern", "has"),
    [
        (r"x(?:[^*]|\*(?!/))*+y", True),
        (r"(?:a|(?>(?:b(?:cd)?+)))z", True),
        (r"[^*]*+(?>(?:a|b)*)\s?+a++", False),
    ],
)
def test_the_search_for_possessive_groups_finds_them(pattern, has):
    assert has_possessive_group(pattern, 0) == has


@pytest.mark.parametrize(
    ("pattern", "slow"),
    [
        (r"(a+)+b", True), (r"\s+$", True), (r"<[^>]*>", True), (r"\w+:", True), (r"(?i)é+!", True), (r"([a-z])\1*!", True),
        (r"<[^<>]*>", False), (r"(?<!\s)\s+$", False),
    ],
)  # fmt: skip
def test_the_search_for_slow_expressions_finds_them(pattern, slow):
    given = {"pattern": pattern, "bytes": False, "flags": 0, "anchored": False}
    assert (_worst(given, limit=_LIMIT / 8) is not None) == slow
