"""The labels with which speakers begin in a transcript or interview ("MS HALE:", "Q:", "Courier:", "The CHAIR (Mr Moreau):"), and whom they name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from dossierkit.extract.forms import bare
from dossierkit.model.finding import Mention
from dossierkit.text.data import load

_LEAST = 3  # turns
_LABEL = 90  # code points of a line among which its label ends
_INITIALS = 3
_NAMED = 4  # words of a label
_BEFORE = 12  # code points before a name that begins a line: "Dr ", "The judge "
_NUMBER = re.compile(r"(?:Q|Question )\d{1,3}\.? ?")
_LETTER = re.compile(r"(?:(?P<letter>[QA])[:.]|(?P<bare>Q)(?= [A-Z]))\s?(?=\S)")
_TABLED = re.compile(
    r"(?:(?:Supplementary|Written|Oral) )?(?:Question|Answer|Reply|question|answer|reply)\b[^:\n]{0,60}? by "
    r"(?P<who>(?:the [A-Z][\w’'-]+(?: (?:of|for|and|the|[A-Z][\w’'-]+)){0,8}, )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,4})"
    r"(?:: |[^:\n]{0,60}\Z|[^:\n]{0,60}(?=\n))"
)
_BRACKETS = re.compile(r" ?\([^()\n]{1,40}\)")
_BARE = re.compile(r"(?P<label>[A-Z][\w&’'-]{1,30}) (?=[A-Z“\"])")
_COLON = re.compile(r"\s?:(?:\s|\Z)")
_YOU = re.compile(r"\b[Yy]ou(?:rs?)?\b")


@dataclass(frozen=True, slots=True)
class Person:
    entity: str
    name: str


@dataclass(slots=True)
class SpeakerLine:
    """A line. `label`: who speaks, as written, "" if nobody is named; `body`: the offset behind it; `speaker`: found later."""

    start: int
    end: int
    label: str
    body: int
    kind: str = ""
    person: Person | None = field(default=None)


class People:
    """The people of a text by their names, last names and initials; of two with one form neither."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = [one for one in mentions if one.type == "person" and one.entity]
        names: dict[str, str] = {}
        for one in self._mentions:
            name = bare(" ".join(one.text.split()), "person")
            shown = name.title() if name.isupper() and len(name) > _INITIALS else name
            if len(shown) > len(names.get(one.entity, "")):
                names[one.entity] = shown
        self._names = names
        self._forms: dict[str, set[str]] = {}
        for entity, name in names.items():
            words = name.split()
            initials = "".join(word[0] for word in words) if len(words) > 1 else ""
            for form in {name.casefold(), words[-1].casefold(), initials.casefold()} - {""}:
                self._forms.setdefault(form, set()).add(entity)

    def named(self, form: str) -> Person | None:
        found = self._forms.get(form.casefold(), set())
        return self._person(next(iter(found))) if len(found) == 1 else None

    def _person(self, entity: str) -> Person:
        return Person(entity, self._names[entity])

    def interviewee(self, text: str, title: str, first: int) -> Person | None:
        """Who answers: the only person in the title, else who is first named at the beginning of a line or sentence before the first turn."""
        low = title.casefold()
        titled = {entity for entity, name in self._names.items() if name.casefold() in low}
        if len(titled) == 1:
            return self._person(next(iter(titled)))
        for one in self._mentions:
            line = text.rfind("\n", 0, one.start) + 1
            opens = one.start - max(line, text.rfind(". ", line, one.start) + 2 if line else 0) <= _BEFORE
            if one.start < first and opens and one.entity in self._names and " " in self._names[one.entity]:
                return self._person(one.entity)
        return None


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for raw in text.split("\n"):
        if raw.strip():
            yield start, start + len(raw)
        start += len(raw) + 1


def read_line(text: str, start: int, end: int) -> SpeakerLine:
    letter = _LETTER.match(text, start, end)
    if letter is not None:
        return SpeakerLine(start, end, letter["letter"] or letter["bare"], letter.end())
    tabled = _TABLED.match(text, start, end)
    if tabled is not None:
        return SpeakerLine(start, end, tabled["who"].rpartition(", ")[2], min(tabled.end(), end), "tabled")
    number = _NUMBER.match(text, start, end)
    begins = number.end() if number is not None else start
    colon = _COLON.search(text, begins, min(end, begins + _LABEL))
    label = _BRACKETS.sub("", text[begins : colon.start()]).partition(",")[0].strip() if colon else ""
    body = colon.end() if colon else start
    return (
        SpeakerLine(start, end, label, body)
        if _may_be_label(label) and body < end
        else SpeakerLine(start, end, "", start)
    )


def _may_be_label(label: str) -> bool:
    words = label.split()
    return 0 < len(words) <= _NAMED + 2 and all(word[:1].isupper() for word in (words[0], words[-1]))


def know(line: SpeakerLine, people: People) -> None:
    """Set what kind of speaker a label names: letter | role | asking | person | titled; "" if it may be a heading of a form."""
    label, low = line.label, line.label.casefold().removeprefix("the ")
    if not label:
        return
    words = label.split()
    if line.kind == "tabled":
        line.kind, line.person = "titled", people.named(words[-1])
        return
    if label in {"Q", "A"}:
        line.kind = "letter"
    elif low in speaker_words("asking"):
        line.kind = "asking"
    elif low in speaker_words("roles"):
        line.kind = "role"
    elif words[0].casefold().rstrip(".") in speaker_words("titles") and len(words) > 1:
        line.kind, line.person = "titled", people.named(words[-1])
    elif (person := people.named(label) or (people.named(words[-1]) if len(words) > 1 else None)) is not None:
        line.kind, line.person = "person", person
    elif label.isupper() and len(words) > 1 and not low.endswith("s"):
        line.kind = "shouted"


def asked_by(text: str, lines: Sequence[SpeakerLine]) -> frozenset[str]:
    """Labels that stand before questions and name nobody: of the paper that asks."""
    seen, asks = Counter[str](), Counter[str]()
    for line in lines:
        if line.label and not line.kind:
            seen[line.label] += 1
            asks[line.label] += "?" in text[line.body : line.end]
    return frozenset(label for label, times in seen.items() if times > 1 and 2 * asks[label] >= times)


def opens_turn(line: SpeakerLine, asked: frozenset[str]) -> bool:
    return line.kind != "" or line.label in asked


def is_transcript(lines: Sequence[SpeakerLine], asked: frozenset[str]) -> bool:
    """Several speakers with titles, roles or letters, or a person who speaks again and again."""
    turns = [line for line in lines if opens_turn(line, asked)]
    kinds = Counter(line.kind for line in turns)
    times = Counter(line.label.casefold() for line in turns if line.kind in {"person", "shouted"})
    again = any(count > 1 for count in times.values())
    sure = kinds["titled"] + kinds["role"] + kinds["asking"] + kinds["letter"]
    formal = sure >= _LEAST and kinds["titled"] + kinds["letter"] > 0
    several = len({line.label.casefold() for line in turns}) > 1
    alone = max(times.values(), default=0) >= _LEAST and any(
        _YOU.search(line.label) is None for line in turns
    )
    return len(turns) >= _LEAST and ((several and (formal or again)) or alone)


def bare_labels(text: str, lines: Sequence[SpeakerLine], people: People) -> list[SpeakerLine]:
    """The lines of an interview whose speakers stand in front without a colon ("Hale There are minutes."); [] if they do not."""
    spoken = [_BARE.match(text, line.start, line.end) for line in lines]
    first = Counter(label["label"] for label in spoken if label)
    labels = {word for word, times in first.items() if times >= _LEAST}
    if len(labels) < 2 or not any(map(people.named, labels)) or 2 * sum(first.values()) < len(lines):
        return []
    found: list[SpeakerLine] = []
    for line, label in zip(lines, spoken, strict=True):
        if label and label["label"] in labels:
            made = SpeakerLine(line.start, line.end, label["label"], label.end())
            know(made, people)
            found.append(made)
        else:
            found.append(line)
    return found


@cache
def speaker_words(kind: str) -> Mapping[str, str]:
    """Of en/claims.yml, in small letters; `asking` with who is meant."""
    words = load("en/claims")[kind]
    pairs = words.items() if isinstance(words, dict) else ((word, word) for word in words)
    return {str(word).casefold(): str(shown) for word, shown in pairs}
