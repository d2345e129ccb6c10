"""Who speaks in interviews, hearings, debates and briefings (English): each turn begins with its speaker, or is a question and its answer.

What stands outside all turns (the introduction, notes, what is added at the end) is told by the paper.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from dossierkit.extract.sentences.speaker_labels import (
    People,
    Person,
    SpeakerLine,
    asked_by,
    bare_labels,
    is_transcript,
    know,
    line_spans,
    opens_turn,
    read_line,
    speaker_words,
)
from dossierkit.extract.sentences.subjects import Meant
from dossierkit.model.finding import Mention, Sentence
from dossierkit.text.data import load

_LEAST = 3  # turns
_HEADING = 80  # code points
_QUESTIONS = 4  # of so many lines of an interview without labels one is a question
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|\[[^\]]*\]?")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SELF = re.compile(r"\b(?:I(?! [A-Z])|my|My(?= [a-z])|[Mm]e|[Ww]e|[Oo]ur|us)\b")
_ONE = re.compile(r"\b(?:I(?! [A-Z])|my|me)\b")
_OWN = re.compile(r"\b(?:I(?= [a-z])|[Mm]y)\b")
_YOU = re.compile(r"\b[Yy]ou(?:rs?)?\b")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without a break, in code points: a label from `start`, then the words from `body` to `end`.

    `by`: who claims it, as in "Mr Hale"; "" if nobody knows. `name`, `entity`: of the person, if the text names them.
    """

    start: int
    body: int
    end: int
    by: str
    name: str = ""
    entity: str = ""


class Turns:
    """The turns of a text in order."""

    def __init__(self, turns: Sequence[Turn] = ()) -> None:
        self._turns = turns
        self._starts = [one.start for one in turns]

    def __bool__(self) -> bool:
        return bool(self._turns)

    def at(self, offset: int) -> Turn | None:
        """The turn that holds a place of the text; None where the paper itself speaks."""
        before = bisect_right(self._starts, offset) - 1
        return self._turns[before] if before >= 0 and offset < self._turns[before].end else None

    def labels(self, offset: int) -> bool:
        """Whether a place is in the label of a speaker."""
        turn = self.at(offset)
        return turn is not None and offset < turn.body

    def past_label(self, sentence: Sentence) -> int:
        """The offset behind the label with which a sentence begins; 0 if it begins with none."""
        turn = self.at(sentence.start)
        return turn.body if turn is not None and sentence.start < turn.body < sentence.end else 0


NO_TURNS = Turns()


def speaking(text: str, sentence: Sentence, meant: Sequence[Meant], turns: Turns) -> tuple[Meant, ...]:
    """The references of a sentence, with the speaker for "I" and "my"; who speaks is nobody's "he" or "her"."""
    turn = turns.at(sentence.start)
    if turn is None or not turn.name:
        return tuple(meant)
    others = (one for one in meant if one.entity != turn.entity or not one.entity)
    own = (
        Meant(found[0].lower(), turn.entity, turn.name, found.span())
        for found in _OWN.finditer(text, sentence.start, sentence.end)
    )
    return (*others, *own)


def find_turns(text: str, title: str, mentions: Sequence[Mention]) -> Turns:
    """The turns of a text; none if it is no transcript or interview. One pass over the lines."""
    if ":" not in text and "?" not in text:
        return Turns()
    people = People(mentions)
    lines = [read_line(text, *span) for span in line_spans(text)]
    letters = {line.label for line in lines} >= {"Q"}
    for line in lines:
        if letters or line.label != "A":
            know(line, people)
    asked = asked_by(text, lines)
    if not is_transcript(lines, asked):
        lines = bare_labels(text, lines, people) or lines
        asked = asked_by(text, lines)
    first = next((one.start for one in lines if opens_turn(one, asked) or _asks(text, one)), 0)
    answering = people.interviewee(text, title, first)
    turns = _turns(text, lines, asked, answering) if is_transcript(lines, asked) else []
    if answering is not None:
        turns = turns or _unlabelled(text, title, lines, answering)
        turns = _with_narrator(text, lines, turns, answering) if _tells_own(title, answering) else turns
    return Turns(_with_notes(text, lines, turns)) if turns else NO_TURNS


def _turns(
    text: str, lines: Sequence[SpeakerLine], asked: frozenset[str], answering: Person | None
) -> list[Turn]:
    answers = [line for line in lines if line.kind == "letter" and line.label == "A"]
    own = any(_SELF.search(text, line.body, line.end) for line in answers)
    if answers and answering is None and not own and text[answers[0].start + 1] != ".":
        return []  # what a paper itself asks and answers
    begins = [at for at, line in enumerate(lines) if opens_turn(line, asked)]
    several = any(nxt - at > 1 and not _is_heading(text, lines[at + 1]) for at, nxt in pairwise(begins))
    labelled = {lines[at].label for at in begins}
    turns: list[Turn] = []
    for at, nxt in zip(begins, [*begins[1:], len(lines)], strict=True):
        turn = _turn(text, lines[at], answering, own=own)
        # As in "Answer given by Ms Hale", with its subject in the next line.
        titled = lines[at].body == lines[at].end
        below = lines[at + 1 : nxt] if several or nxt < len(lines) else ()
        asking = [line for line in lines[at + 1 : nxt] if len(labelled) == 1 and _asks(text, line)]
        end = lines[at].end
        for line in below:
            if line in asking or (_is_own(text, line, turn) and not (titled and _is_heading(text, line))):
                break
            end = line.end
        turns.append(_until(turn, end))
        turns.extend(Turn(line.start, line.start, line.end, speaker_words("asking")["q"]) for line in asking)
    return turns


def _turn(text: str, line: SpeakerLine, answering: Person | None, *, own: bool) -> Turn:
    span = (line.start, line.body, line.end)
    person = line.person
    if line.kind == "letter" and line.label == "A":
        if answering is not None:
            return Turn(*span, answering.name, answering.name, answering.entity)
        return Turn(*span, load("en/claims")["narrator"] if own and text[line.start + 1] == ":" else "")
    if line.kind == "letter" and text[line.start + 1] == ".":
        return Turn(*span, "")
    if line.kind in {"titled", "shouted"}:
        shown = " ".join(
            word.title() if word.isupper() and len(word) > 1 else word for word in line.label.split()
        )
        return Turn(*span, shown, person.name if person else shown, person.entity if person else "")
    if person is not None:
        return Turn(*span, person.name, person.name, person.entity)
    low = line.label.casefold().removeprefix("the ")
    asks = speaker_words("asking")["question" if line.label == "Q" and text[line.start + 1] == " " else "q"]
    return Turn(
        *span,
        f"the {low}"
        if line.kind == "role"
        else asks
        if low == "q"
        else speaker_words("asking").get(low, asks),
    )


def _until(turn: Turn, end: int) -> Turn:
    return Turn(turn.start, turn.body, end, turn.by, turn.name, turn.entity)


def _unlabelled(text: str, title: str, lines: Sequence[SpeakerLine], answering: Person) -> list[Turn]:
    """Of an interview whose questions are only set in bold: lines that ask, or say "you", and the answers below them."""
    first = next((at for at, line in enumerate(lines) if _ends_asking(text, line)), len(lines))
    asking = [at >= first and _asks(text, line) for at, line in enumerate(lines)]
    speaking = sum(_SELF.search(text, line.start, line.end) is not None for line in lines[first:])
    questions = [line for line, asks in zip(lines, asking, strict=True) if asks]
    few = len(questions) < _LEAST or _QUESTIONS * len(questions) < len(lines) or speaking < _LEAST
    if few or not _is_interview(f"{title}\n{text[: lines[first].start]}", text, questions, answering):
        return []
    turns: list[Turn] = []
    told = True
    for line, asks in zip(lines, asking, strict=True):
        if asks:
            turns.append(Turn(line.start, line.start, line.end, speaker_words("asking")["q"]))
            told = False
            continue
        answer = Turn(line.start, line.start, line.end, answering.name, answering.name, answering.entity)
        told = told or _is_own(text, line, answer)
        if not told:
            turns.append(answer)
    return turns


def _is_interview(above: str, text: str, questions: Sequence[SpeakerLine], answering: Person) -> bool:
    """Whether what stands above the first question says so, or a question addresses who answers by name."""
    last = answering.name.rpartition(" ")[2]
    addressed = any(last in _WORD.findall(text[line.start : line.end]) for line in questions)
    return addressed or _matching("interviews").search(above) is not None


def _with_notes(text: str, lines: Sequence[SpeakerLine], turns: Sequence[Turn]) -> list[Turn]:
    """With the notes of a transcript ("The session was adjourned"), which nobody tells: they are no events."""
    held = Turns(turns)
    notes = [line for line in lines if held.at(line.start) is None and _is_note(text, line)]
    return sorted(
        (*turns, *(Turn(line.start, line.start, line.end, "") for line in notes)), key=lambda one: one.start
    )


def _with_narrator(
    text: str, lines: Sequence[SpeakerLine], turns: Sequence[Turn], teller: Person
) -> list[Turn]:
    """With the paragraphs of a life story or testimony that its title names, told in the first person, outside the turns."""
    held, told, found = Turns(turns), False, list(turns)
    for line in lines:
        if held.at(line.start) is not None or _is_heading(text, line):
            continue
        turn = Turn(line.start, line.start, line.end, teller.name, teller.name, teller.entity)
        own = _is_own(text, line, turn)
        told = not own and (told or _SELF.search(text, line.start, line.end) is not None)
        if told:
            found.append(turn)
    return sorted(found, key=lambda one: one.start)


def _asks(text: str, line: SpeakerLine) -> bool:
    said = _QUOTED.sub(" ", text[line.start : line.end])
    you = _YOU.search(said) is not None and _SELF.search(said) is None
    return you or _ends_asking(text, line)


def _ends_asking(text: str, line: SpeakerLine) -> bool:
    return text[line.start : line.end].rstrip("*_ ").endswith("?")


def _tells_own(title: str, teller: Person) -> bool:
    """As in "Oral history: Ada Hale"."""
    return teller.name in title and _matching("told_by").search(title) is not None


def _is_own(text: str, line: SpeakerLine, turn: Turn) -> bool:
    """Whether the paper speaks: a heading, a note, or who speaks told of in the third person."""
    said = text[line.start : line.end]
    last = turn.name.rpartition(" ")[2]
    named = last != "" and last in _WORD.findall(said) and _ONE.search(said) is None
    return named or _is_heading(text, line) or _is_note(text, line)


def _is_note(text: str, line: SpeakerLine) -> bool:
    return _notes().match(text, line.start, line.end) is not None


def _is_heading(text: str, line: SpeakerLine) -> bool:
    said = text[line.start : line.end].strip()
    return len(said) <= _HEADING and said[-1:].isalnum() and not said[:1].islower()


@cache
def _matching(kind: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load("en/claims")[kind])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _notes() -> re.Pattern[str]:
    starts = "|".join(re.escape(word) for word in load("en/claims")["notes"])
    bodies = "|".join(re.escape(word) for word in load("en/claims")["sitting"])
    return re.compile(
        rf"[(\[]|(?:{starts})\b|The (?i:{bodies}) (?:was |is )?(?:adjourned|closed|ended|rose|resumed)\b"
    )
