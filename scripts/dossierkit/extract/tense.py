"""Whether a sentence tells of the past, the present or what is to come, judged by its words."""

from __future__ import annotations

import re
from functools import cache

from dossierkit.text.data import load


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load("en/verbs")[kind])


@cache
def _future() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in load('en/verbs')['future'])})\b")


_WORD = re.compile(r"[A-Za-z][a-z]+(?:-[a-z]+)*")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")


def tense(sentence: str) -> str:
    """Tell "past", "future", "present" or "" (no verb that the lists know) of an English sentence.

    Speech in quotation marks does not count.
    """
    told = _QUOTED.sub(" ", sentence)
    words = _WORD.findall(told)
    past, not_past = _words("past"), _words("not_past")
    if any(
        word in past or (word.endswith("ed") and len(word) > 4 and word not in not_past) for word in words
    ):
        return "past"
    if _future().search(told):
        return "future"
    return "present" if any(word in _words("present") for word in words) else ""
