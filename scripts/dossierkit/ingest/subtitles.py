"""Transcripts as subtitles (.vtt, .srt): the words in paragraphs, each with its speaker if the file names one, without times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.encoding import decode
from dossierkit.ingest.escape import markdown_text
from dossierkit.ingest.facts import fact, named, named_day, source_of
from dossierkit.ingest.formats import Given
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Source

_TIMES = re.compile(
    r"(?:(\d{1,4}):)?(\d{2}):(\d{2})[.,]\d{3} {0,9}--> {0,9}(?:(\d{1,4}):)?(\d{2}):(\d{2})[.,]\d{3}"
)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?\s([^<>\n]{1,200})>")
_TAG = re.compile(r"</?[a-z0-9:.][^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}", re.IGNORECASE)
_PAUSE = 3  # seconds
_ENDS = (".", "!", "?", "…", "؟", '"', "”", "»")


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is said from `start` to `end` (seconds); `speaker` is "" if the file does not name one."""

    start: int
    end: int
    speaker: str
    words: str


def read(given: Given) -> Source:
    """The transcript. Raises RefusedError."""
    decoded = decode(given.data, None, given.encoding)
    text, notes = clean(decoded.text)
    blocks = [markdown_text(paragraph) for paragraph in _paragraphs(_cues(text))]
    if not blocks:
        raise RefusedError(
            "contains no lines with times, as subtitles have them: copy its text into a .txt file"
        )
    head = text.split("\n", maxsplit=1)[0]
    title = (
        fact(head.removeprefix("WEBVTT").strip(" -"), "its first line")
        if head.startswith("WEBVTT")
        else fact("", "")
    )
    facts = {"title": title or named(given.name), "published": named_day(given.name)}
    doubts = () if title else ("the title was made from its file name: check it",)
    when = ("the date stands in its file name: check it",) if facts["published"] else ()
    return source_of(
        blocks, facts, (*decoded.notes, *notes, *doubts, *when, "the times of its lines were left out")
    )


def _cues(text: str) -> Iterator[_Cue]:
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip().split("\n")
        at = next((number for number, line in enumerate(lines[:3]) if _TIMES.match(line.strip())), None)
        if at is not None and (times := _TIMES.match(lines[at].strip())):
            start, end = (
                int(times[one] or 0) * 3600 + int(times[one + 1]) * 60 + int(times[one + 2]) for one in (1, 4)
            )
            said = " ".join(lines[at + 1 :])
            voice = _VOICE.search(said)
            words = one_line(unescape(_TAG.sub("", _VOICE.sub("", said))))
            if words:
                yield _Cue(start, end, one_line(voice[1]) if voice else "", words)


def _paragraphs(cues: Iterator[_Cue]) -> Iterator[str]:
    """One for each turn of a speaker; without speakers, a new one where a sentence ends before a pause."""
    run: list[_Cue] = []
    for cue in cues:
        if run and _parts(run[-1], cue):
            yield _said(run)
            run = []
        if not run or cue.words != run[-1].words:
            run.append(cue)
    if run:
        yield _said(run)


def _parts(before: _Cue, cue: _Cue) -> bool:
    if before.speaker or cue.speaker:
        return before.speaker != cue.speaker
    turn = cue.words.startswith(("- ", "– ", ">>"))
    return turn or (before.words.endswith(_ENDS) and cue.start - before.end >= _PAUSE)


def _said(run: list[_Cue]) -> str:
    words = " ".join(cue.words for cue in run)
    return f"{run[0].speaker}: {words}" if run[0].speaker else words
