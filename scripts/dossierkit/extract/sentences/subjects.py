"""Resolve "he", "it", "the company", "the minister" to the subjects of preceding sentences.

If two entities fit, none is chosen. English only; in other languages a sentence can only continue the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dossierkit.extract.forms import bare
from dossierkit.extract.headings.words import first_verb, listed, verb_at, words_of
from dossierkit.extract.sentences.pairs import pair_in, they_at
from dossierkit.extract.sentences.pronouns import Pronoun, Quotations, gender_of, opening, personal
from dossierkit.extract.sentences.recent import UNNAMED, RecentSubjects
from dossierkit.extract.sentences.roles import (
    bearer_nouns,
    body_nouns,
    noun_pattern,
    office_pattern,
    role_nouns,
)
from dossierkit.extract.sentences.unnamed import is_person, tells_of_unnamed_body, unnamed_people
from dossierkit.model.finding import Mention, Sentence

_AHEAD = 100  # code points behind a name in which its verb is looked for
_LONGEST = 80  # words; distance at which the first verb is looked for
_SHORT = 5  # words
_BEFORE = 40  # code points before a name in which its role is looked for
_WORD = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"[’'] ?s\b|[’'](?=\s)| 's\b")
# As in "Ada Moreau (“the applicant”)".
_DEFINED = re.compile(r""" \((?:hereinafter |hereafter )?["“'‘]?the (\w+)["”'’]\)""")
_SAID = frozenset({"said", "says", "added", "adds", "explained", "stated", "wrote", "asked", "commented"})
_AFTER_SUBJECT = ("adverbs", "prepositions", "conjunctions", "relatives", "bare_dates")
_DOING = re.compile(
    r"\b(?:after|before|by|for|from|of|with|without) [a-z]{2,20}ing $"
)  # "accused of killing"
_GOVERNED = re.compile(r"\b([^\W\d_]+)(?: (?:the|an?))?(?: [A-Z][a-z]{0,3}\.?)? $")


@dataclass(frozen=True, slots=True)
class Meant:
    """A reference. `said`: the pronoun or noun, in lower case.

    `name`: the entity's latest name. `at`: its span in code points.
    """

    said: str
    entity: str
    name: str
    at: tuple[int, int] = (0, 0)

    @property
    def owns(self) -> bool:
        """Whether it is a possessive ("her")."""
        return self.said in {"his", "her", "its"}


@dataclass(slots=True)
class SubjectMemory:
    """Reads the sentences of one article in order.

    `roles`: entities that a word such as "minister" introduced. `phrase`: the last subject, if it was a short noun with
    an article. `genders`: by titles and pronouns. `opener`: the first
    subject of the paragraph. `referred`: whom pronouns in it stood for. `pair`: two people whom "they" may mean next.
    """

    text: str
    person: RecentSubjects = field(default_factory=RecentSubjects)
    thing: RecentSubjects = field(default_factory=RecentSubjects)
    roles: dict[str, dict[str, str]] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    opener: str = ""
    referred: set[str] = field(default_factory=set)
    phrase: str = ""
    pair: Sequence[Mention] = ()
    mourned: str = ""
    quotations: Quotations = field(init=False)

    def __post_init__(self) -> None:
        self.quotations = Quotations(self.text)

    def read(self, sentence: Sentence, mentions: Sequence[Mention]) -> tuple[Meant, ...]:
        """The references in a sentence; then remember the sentence."""
        own = [mention for mention in mentions if mention.entity and not self.quotations.hold(mention.start)]
        people = [self._as_mourned(one) for one in own if one.type == "person"]
        bodies = [one for one in own if one.type == "organization"]
        for one in people:
            self._learn(one.entity, gender_of(self.text, one))
        verb, phrase = _subject(self.text, sentence)
        if "\n" in self.text[max(0, sentence.start - 1) : sentence.start]:
            self._begin_paragraph()
        opens = opening(self.text, sentence.start, sentence.end)
        spoken = self._pronouns(sentence)
        first = min((one.start for one in people), default=sentence.end)
        pronouns = [one for one in spoken if one.end <= first]
        meant = [
            *self._people(pronouns),
            *self._objects(people, spoken, sentence),
            *self._thing(sentence, own, opens),
            *self._nouns(sentence, mentions),
            *self._both(sentence, people, mentions),
        ]
        goes_on = opens is not None and opens.start == sentence.start
        self.phrase = phrase or (self.phrase if goes_on else "")
        unnamed = unnamed_people(self.text, sentence, people)
        if any(self._acts_on_another(one, sentence) for one in people):
            self.person.names.update(_named(people))
            self.person.unclear(_named(people))
        elif not spoken and self._only_one(people) and not unnamed:
            self.person.names.update(_named(people))
            self.person.follow(people[0].entity, (), by_pronoun=False)
        else:
            self._remember_people(people, pronouns, verb, meant)
        office = office_pattern().search(self.text, sentence.start, sentence.end) is not None
        if not (people or spoken or meant) and (office or unnamed):
            self.person.unclear(())
        elif unnamed and not pronouns:
            for gender in unnamed:
                self._learn(UNNAMED + gender, gender)
                self.person.add_unnamed(gender)
        self._remember(self.thing, bodies, verb, meant)
        if tells_of_unnamed_body(self.text, sentence, bodies):
            self.thing.add_unnamed()
        self._introduce(people)
        about = people or any(one.entity in self.person.names for one in meant)
        self.opener = self.opener or (self.person.subject if about and self.person.subject else "")
        return tuple(meant)

    def _as_mourned(self, one: Mention) -> Mention:
        """In an obituary the surname alone is that of whose it is, also where their family has it."""
        name = self.person.names.get(self.mourned, "")
        same = " " not in one.text and name.endswith(f" {one.text}")
        return replace(one, entity=self.mourned, text=name) if same else one

    def _objects(
        self, people: Sequence[Mention], pronouns: Sequence[Pronoun], sentence: Sentence
    ) -> Iterator[Meant]:
        """As in "Ada Moreau warned him": whom the sentence before is about, as it is not its own subject."""
        acting = next((one for one in people if self._acts_on_another(one, sentence)), None)
        if acting is None or len(_named(people)) != 1 or any(one.end <= acting.start for one in pronouns):
            return
        object_ = next((one for one in pronouns if one.start > acting.end), None)
        entity = self._whose(object_.gender) if object_ else ""
        if object_ and entity and entity != acting.entity and len({one.gender for one in pronouns}) == 1:
            yield Meant(object_.said, entity, self.person.names[entity], (object_.start, object_.end))

    def _both(
        self, sentence: Sentence, people: Sequence[Mention], mentions: Sequence[Mention]
    ) -> Iterator[Meant]:
        """The two people whom "they" means; then whom it may mean next."""
        at = they_at(self.text, sentence)
        if at is not None and self.pair and not any(one.start < at[0] for one in people):
            name = " and ".join(_named(self.pair).values())
            yield from (Meant("they", one.entity, name, at) for one in self.pair)
        if at is None or people:
            others = [one for one in mentions if one.type not in {"person", "place"}]
            self.pair = pair_in(self.text, sentence, people, others) or ()

    def _begin_paragraph(self) -> None:
        """In a new paragraph "he" need not be somebody of whom the last one spoke only later: then it is nobody; an obituary returns to whose it is."""
        if self.mourned:
            self.person.subject, self.person.others = None, set()
        if self.opener and self.person.subject and self.person.subject != self.opener:
            self.person.unclear([self.opener])
        self.opener, self.referred, self.pair = "", set(), ()

    def _pronouns(self, sentence: Sentence) -> list[Pronoun]:
        """Pronouns of one person, outside quotations."""
        found = personal(self.text, sentence.start, sentence.end)
        return [one for one in found if not self.quotations.hold(one.start)]

    def _people(self, pronouns: Sequence[Pronoun]) -> Iterator[Meant]:
        owning = next((pronoun for pronoun in pronouns if pronoun.owns), None)
        for pronoun in pronouns:
            if pronoun.owns and pronoun is not owning:
                continue
            entity = self._whose(pronoun.gender)
            if entity and len({other.gender for other in pronouns}) == 1:
                yield Meant(pronoun.said, entity, self.person.names[entity], (pronoun.start, pronoun.end))

    def _whose(self, gender: str) -> str:
        """The only person that a pronoun of this gender can refer to; in an obituary, if nobody else is at hand, whose it is."""
        subject, others = self.person.subject, self.person.others
        own = self.mourned if self.genders.get(self.mourned) == gender else ""
        if self.genders.get(subject or "", gender) != gender:
            subject = None if own else subject  # "Her husband died. She"
        if own and subject is None and not any(self.genders.get(other) == gender for other in others - {own}):
            return own
        if own and subject != own and not self.genders.get(subject or ""):
            return ""
        if self.genders.get(subject or "") is None and self._has_other(subject, gender):
            return ""  # "She jailed Rell. Rell died. She retired"
        fitting = [other for other in others if self.genders.get(other, gender) == gender]
        if subject is None or self.genders.get(subject, gender) != gender or fitting:
            return ""
        return subject

    def _has_other(self, subject: str | None, gender: str) -> bool:
        """Whether a pronoun of the gender has stood for another in the paragraph."""
        return any(other != subject and self.genders.get(other) == gender for other in self.referred)

    def _learn(self, entity: str, gender: str) -> None:
        if gender:
            self.genders.setdefault(entity, gender)

    def _thing(
        self, sentence: Sentence, named: Sequence[Mention], pronoun: Pronoun | None
    ) -> Iterator[Meant]:
        if pronoun is None or self.quotations.hold(pronoun.start):
            return
        at, kind = (pronoun.start, pronoun.end), self.thing
        if any(one.start < pronoun.start for one in named):
            return
        body = self._last_body() if not kind.age else ""
        if body:
            yield Meant(pronoun.said, body, kind.names[body], at)
        if pronoun.start == sentence.start and self.phrase and not is_person(self.phrase):
            yield Meant(pronoun.said, "", self.phrase, at)

    def _last_body(self) -> str:
        """The only organisation of the preceding sentence: its subject, or a person's object."""
        kind = self.thing
        if kind.subject:
            return "" if kind.others else kind.subject
        person = self.person.subject and not self.person.age and UNNAMED not in kind.others
        return next(iter(kind.last)) if person and len(kind.last) == 1 else ""

    def _nouns(self, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Meant]:
        for noun in noun_pattern().finditer(self.text, sentence.start, sentence.end):
            low = noun[1].lower()
            fitting = body_nouns().get(low)
            entity = self._role(low) if fitting is None else self._body(fitting)
            if entity is None or self.quotations.hold(noun.start()):
                continue
            rivals = ("person",) if fitting is None else ("organization",)
            if any(mention.start < noun.start() and mention.type in rivals for mention in mentions):
                continue
            names = self.person.names if fitting is None else self.thing.names
            if entity not in {mention.entity for mention in mentions}:
                yield Meant(f"the {low}", entity, names[entity], noun.span())

    def _body(self, fitting: Sequence[str]) -> str | None:
        """The only organisation mentioned last, or the only one of several whose name has one of the words."""
        names = self.thing.others | ({self.thing.subject} if self.thing.subject else set())
        fits = {name for name in names if not set(fitting).isdisjoint(self.thing.names[name].split())}
        only = fits if len(fits) == 1 else names if not fitting else set()
        return next(iter(only)) if len(only) == 1 and UNNAMED not in only else None

    def _role(self, role: str) -> str | None:
        bearers = self.roles.get(role, {})
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _remember_people(
        self, people: Sequence[Mention], pronouns: Sequence[Pronoun], verb: int, meant: Sequence[Meant]
    ) -> None:
        """Remember people; after an unresolved pronoun none can be referred to until one is named as the subject."""
        known = [one for one in meant if one.said in {"he", "she", "his", "him", "her"}]
        for one in known:
            self._learn(one.entity, next(p.gender for p in pronouns if p.said == one.said))
            self.referred.add(one.entity)
        if pronouns and not known and not any(self._acts(one, verb) for one in people):
            self.person.names.update(_named(people))
            self.person.unclear(_named(people))
            return
        self._remember(self.person, people, verb, meant)

    def _acts_on_another(self, one: Mention, sentence: Sentence) -> bool:
        """As in "and Ada Moreau selected her": the object of a deed is another than who does it, so "she" may mean either next."""
        words = words_of(self.text, one.start, min(sentence.end, one.end + _AHEAD))
        verb = first_verb(words, sum(1 for word in words if word.start < one.end))
        if verb is None or verb + 1 >= len(words):
            return False
        after = words[verb + 2].low if verb + 2 < len(words) else "."
        alone = not after.isalpha() or after in listed(
            "prepositions", "conjunctions", "adverbs", "bare_dates", "determiners"
        )
        return words[verb + 1].low == "him" or (words[verb + 1].low == "her" and alone)

    def _remember(
        self,
        kind: RecentSubjects,
        mentions: Sequence[Mention],
        verb: int,
        meant: Sequence[Meant],
    ) -> None:
        named = _named(mentions)
        kind.names.update(named)
        kind.last = {*named} or kind.last
        subjects = _named(mention for mention in mentions if self._acts(mention, verb))
        goes_on = any(one.entity == kind.subject for one in meant)
        if goes_on and kind.subject and not subjects:
            noun = any(one.entity == kind.subject and one.said.startswith("the ") for one in meant)
            kind.follow(kind.subject, named, by_pronoun=not noun)
        elif len(subjects) == 1:
            kind.follow(next(iter(subjects)), named, by_pronoun=False)
        elif kind.subject and not subjects and kind.subject in named:
            kind.follow(kind.subject, {*named, *kind.others}, by_pronoun=False)
        elif named:
            kind.unclear(named)
        else:
            kind.pass_by()

    def _only_one(self, people: Sequence[Mention]) -> bool:
        """As in "a paper by Ada Moreau": whether there was nobody before, and exactly one person is named now."""
        alone = len(_named(people)) == 1 and not any(self._is_said(one) for one in people)
        return alone and self.person.subject is None

    def _acts(self, mention: Mention, verb: int) -> bool:
        """Whether a name is the subject of the first verb, not in an adjunct ("With Ada Moreau"), not before another noun ("the
        Lenn bridge"); or the speaker ("said Ada Moreau").
        """
        before = _GOVERNED.search(self.text, max(0, mention.start - _BEFORE), mention.start)
        word = before[1].lower() if before is not None else ""
        if mention.start > verb:
            return word in _SAID or (self._has_verb(mention) and not self._is_said(mention))
        done_to = _DOING.search(self.text, max(0, mention.start - _BEFORE), mention.start) is not None
        if word in listed("prepositions") | {"alongside"} or done_to or modifies(self.text, mention):
            return False
        after = words_of(self.text, mention.end, min(verb, mention.end + _BEFORE))
        return not after or after[0].sign or after[0].low in listed(*_AFTER_SUBJECT)

    def _is_said(self, mention: Mention) -> bool:
        """As in "the defence said that Ada Moreau left"."""
        before = _WORD.findall(self.text, max(0, mention.start - _BEFORE), mention.start)[-2:]
        return before[-1:] == ["that"] and before[0].lower() in listed("said", "spoken")

    def _has_verb(self, mention: Mention) -> bool:
        words = words_of(self.text, mention.start, mention.end + _BEFORE)
        after = next((k for k, word in enumerate(words) if word.start >= mention.end), None)
        return bool(after) and verb_at(words, after or 0) == "finite"

    def _introduce(self, people: Sequence[Mention]) -> None:
        end = 0
        for one in people:
            before = self.text[max(end, one.start - _BEFORE, 0) : one.start].rpartition("\n")[2]
            end = one.end
            words = [*_WORD.findall(before)[-2:], *_WORD.findall(one.text)[:2]]
            defined = _DEFINED.match(self.text, end)
            if defined is not None and defined[1].lower() in bearer_nouns():
                self.roles.setdefault(defined[1].lower(), {})[one.entity] = bare(one.text, one.type)
            for role in (word.lower() for word in words):
                if role in role_nouns():
                    self.roles.setdefault(role, {})[one.entity] = bare(one.text, one.type)


def _named(mentions: Iterable[Mention]) -> dict[str, str]:
    return {mention.entity: bare(" ".join(mention.text.split()), mention.type) for mention in mentions}


def modifies(text: str, mention: Mention) -> bool:
    """Whether a name only modifies what follows: "Boeing's rival"."""
    return _POSSESSIVE.match(text, mention.end) is not None


def _subject(text: str, sentence: Sentence) -> tuple[int, str]:
    """The offset of the first verb, else the sentence's end; and the subject, if it begins the sentence and is a short noun."""
    words = words_of(text, sentence.start, sentence.end)[:_LONGEST]
    at = first_verb(words)
    if at is None:
        return sentence.end, ""
    cut = max((k for k in range(at) if words[k].sign), default=-1) + 1
    subject = words[cut:at]
    plain = subject and not any(word.sign or word.low in listed("pronouns") for word in subject)
    noun = (
        plain
        and subject[0].low in {"the", "an", "a"}
        and (cut == 0 or words[0].low in listed("prepositions"))
        and len(subject) <= _SHORT
    )
    phrase = text[subject[0].start : subject[-1].end] if noun else ""
    return words[at].start, " ".join(phrase.split())
