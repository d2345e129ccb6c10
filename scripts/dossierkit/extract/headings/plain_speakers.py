"""Who says what a heading reports, in a language that has a `clauses.yml`: "anunció el gobierno", "laut Polizei"; `speakers` is the
same for English.
"""

from __future__ import annotations

from dossierkit.extract.headings.plain_pieces import (
    LEAD_WORDS,
    ChosenClause,
    PlainWords,
    SentencePiece,
    lowered,
    without_loose,
)

_LONGEST = 140  # code points
_SAYING = 2  # words that a verb of saying may have: "a annoncé"
_EDGES = " \t\n.!?…؟"


def speaker(clause: ChosenClause) -> str | None:
    """The speaker beside the clause, to stand behind the heading, without dates.

    Empty if the sentence names none; None if it is only a pronoun or a verb ("a-t-il ajouté"), or too long.
    """
    saying = [one for one in clause.pieces if one.kind in {"speech", "source"} and one not in clause.chosen]
    if not saying:
        return ""
    one = next((one for one in saying if one.kind == "speech"), saying[0])
    line = _undated(clause, one).strip(_EDGES)
    if len(line) > _LONGEST or not _names_somebody(line, clause.words):
        return None
    return line[:1].lower() + line[1:]


def _undated(clause: ChosenClause, one: SentencePiece) -> str:
    """The words of the piece without dates, nor the participle that one at the end belongs to ("selon un bilan | diffusé mardi")."""
    text, words = clause.text, clause.words
    start, line = one.start, ""
    inside = sorted(date for date in clause.dates if one.holds(date) and date[1] <= one.end)
    for first, last in inside:
        line += without_loose(text[start:first], words)
        start = max(start, last)
    rest = text[start : one.end]
    line = f"{line.rstrip()} {rest.lstrip()}" if inside else rest
    if not inside or rest.strip(_EDGES):
        return line
    head, _, last_word = line.strip().rpartition(" ")
    participle = len(last_word) > LEAD_WORDS and last_word.endswith(words.asides or ("\0",))
    return head if participle and head.rpartition(" ")[2].lower() not in words.articles else line


def _names_somebody(line: str, words: PlainWords) -> bool:
    """Whether anything but verbs of saying, pronouns and adverbs is there."""
    low = list(lowered(line))
    if low[:1] and low[0].rpartition("-")[2] in words.pronouns:
        return False  # "a-t-il ajouté"
    opening = next((n for n in range(_SAYING, 0, -1) if " ".join(low[:n]) in words.speech | words.sources), 1)
    rest = [word for word in low[opening:] if word not in words.pronouns | words.speech | words.leads]
    return bool(rest)
