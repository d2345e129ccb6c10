"""What time expressions are resolved against: publication date, last date named, tense of the clause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dossierkit.extract.timex.day_lines import SECTION
from dossierkit.extract.timex.grammar import BREAK, Grammar
from dossierkit.extract.timex.moment import Moment, real_day
from dossierkit.extract.timex.tense_cues import tense_at
from dossierkit.extract.timex.tokens import Tokens
from dossierkit.model.edtf import EdtfError, parse

COVERED = "annual report"
_TELLING = 200  # tokens; distance over which a date still applies
_HALF_A_YEAR = 6  # months
_YEAR_LINE = 8  # code points
_ENTRY = 6  # tokens; distance of the colon after the date of an entry
_AHEAD = 9  # tokens; distance of "ahead of" from its day
_REACH = 60  # tokens; distance at which a verb's tense is looked for
_OWNED = 6  # tokens behind "Tuesday’s ruling makes Hale the first": only its own verb
_APOSTROPHES = frozenset("’'")
_LONG_BEFORE = 10  # days
_COMPARED = 5  # tokens between "than" and a date
_UNTIL, _BULLETS = 4, frozenset("-–—•*")  # tokens from "until" to its day


@dataclass(frozen=True, slots=True)
class AnchorDate:
    """A date to resolve against, as far as it is known (month or day 0 if not), and its label."""

    y: int
    m: int
    d: int
    label: str

    @property
    def day(self) -> date | None:
        return real_day(self.y, self.m, self.d) if self.d else None

    @property
    def at(self) -> tuple[int, int, int]:
        return self.y, self.m, self.d

    @property
    def covered(self) -> bool:
        """Whether it is the end of the year that a report is about."""
        return self.label.startswith(COVERED)


def published_anchor(published: str | None) -> AnchorDate | None:
    """The publication date, if it is a plain day, month or year."""
    if not published:
        return None
    try:
        point = parse(published).spans[0][0]
    except EdtfError:
        return None
    if point is None or "X" in str(point) or not point.year.isdecimal() or int(point.month or 0) > 12:
        return None
    numbers = (int(point.year), int(point.month or 0), int(point.day or 0))
    return AnchorDate(*numbers, f"published {published}") if numbers[0] else None


@dataclass(slots=True)
class ReadingContext:
    """State of reading one article from its beginning.

    `last`: last date named and its label. `last_day`: last of them that is a day; `full`: with its year. `told`: the latest date of the last sentence with
    one, from which "two days later" counts: earlier ones are mostly those of its background; `counted`: itself so counted. `story`: last date that the narrative
    can have reached ("In 2011"), unlike "since 2011", "the 2011 law". `entry`: last date that began a line. `past`: the
    text is about times long before its publication. `adrift`: it has moved on to a day that it does not name. `day_first`:
    whether "01/03/2016" is of March, if other dates of the text show it. `in_section`: `anchor` is the day of a heading. `week`: the first and last day of what a digest covers, in which weekdays that begin a line lie.
    """

    grammar: Grammar
    text: str
    tokens: Tokens
    anchor: AnchorDate | None
    last: AnchorDate | None = None
    story: AnchorDate | None = None
    story_token: int = -1
    full: AnchorDate | None = None
    full_token: int = -1
    last_day: AnchorDate | None = None
    told: AnchorDate | None = None
    counted: bool = False
    entry: AnchorDate | None = None
    entry_token: int = -1
    past: bool = False
    last_token: int = -1
    adrift: bool = False
    day_first: bool | None = None
    in_section: bool = False
    week: tuple[date, date] | None = None

    def named(self, moment: Moment, token: int, last: int) -> None:
        """Remember a date that the text names with these tokens (half open), or that it has moved on from the last one."""
        if moment.at is None or moment.type not in {"DATE", "TIME"}:
            unplaced = (
                moment.type == "DATE" and moment.value.startswith("XXXX-") and moment.value[5:6].isdigit()
            )
            self.adrift = self.adrift or unplaced or self._moves_on(moment, token, last)
            return
        if self._compared(token):
            return
        borrowed = moment.on_clock and moment.anchor  # a time takes its day from there
        if borrowed and self.anchor and borrowed == self.anchor.label:
            return  # no day is named: "at 4 pm the same day"
        self.adrift = False
        self.last = AnchorDate(*moment.at, borrowed or f"{moment.value} at {self.tokens.starts[token]}")
        self.last_day = self.last if self.last.d else self.last_day
        if self.last.d and not moment.relative:
            self.full, self.full_token = self.last, token
        self._tell(self.last, token, relative=moment.relative)
        self.story = self.last if self._tells(moment, token) else None
        self.story_token = self.last_token = token
        if self._opens_line(token):
            self.entry, self.entry_token = self.last, token

    def _compared(self, token: int) -> bool:
        """As in "eleven fewer than in | August 2020": the text goes on with the other date."""
        words = self.grammar.data.get("comparing", ())
        return (
            any(self.tokens.lower(k) in words for k in range(token - 2, token - _COMPARED, -1))
            and BREAK not in self.tokens.classes[max(0, token - _COMPARED) : token]
        )

    def begin_section(self, moment: Moment) -> None:
        """What stands under a day long before publication counts from it, as in a compilation of dispatches."""
        heading = AnchorDate(*moment.at, f"{SECTION} {moment.value}") if moment.at else None
        day, own = heading.day if heading else None, self.anchor.day if self.anchor else None
        if day is not None and own is not None and (self.in_section or (own - day).days > _LONG_BEFORE):
            self.anchor, self.in_section = heading, True

    def _moves_on(self, moment: Moment, token: int, last: int) -> bool:
        """As in "After three days the soldiers left", "a few days later", "One day soldiers came", "one day when soldiers came"."""
        words, before = self.grammar.data.get("passing", {}), self.tokens.lower(token - 1)
        if moment.type != "DURATION":
            return moment.value == "FUTURE_REF" and self.tokens.lower(last - 1) in words.get("later", ())
        if before in words.get("after", ()):
            return self.tokens.lower(token - 2) == ""
        once = self.tokens.lower(token) in words.get("once", ()) and moment.value == "P1D"
        return once and (before == "" or self.tokens.lower(last) in words["when"])

    def _tell(self, named: AnchorDate, token: int, *, relative: bool) -> None:
        told, between = self.told, self.tokens.classes[max(0, self.last_token) : token]
        background = told is not None and told.d and told.at > named.at and BREAK not in between
        if not background or self.counted:
            self.told, self.counted = named, relative

    def _opens_line(self, token: int) -> bool:
        """Whether a token, or a preposition or bullet before it, begins a line: a heading, or an entry of a chronicle."""
        if self.tokens.lower(token - 1) in self.grammar.lists["prepositions"]:
            token -= 1
        if token and self.tokens.lower(token - 1) in _BULLETS:
            token -= 1
        return token == 0 or "\n" in self.text[self.tokens.ends[token - 1] : self.tokens.starts[token]]

    def chronicle(self, first: int, last: int, m: int, d: int | None) -> AnchorDate | None:
        """The heading or entry before the entry that begins with these tokens, with its year or the next.

        None if the text does not advance in time, or is of the year of publication without a colon or dash after the entry.
        """
        entry, anchor = self.entry, self.anchor
        if entry is None or not self._opens_line(first):
            return None
        marked = self._marks_entry(last)
        if anchor and not marked and (anchor.covered or (anchor.y == entry.y and entry.m)):
            return None
        if (m, d or 31) >= (entry.m, entry.d):
            return entry
        turned = entry.m - m > _HALF_A_YEAR and (anchor is None or anchor.at > (entry.y + 1, m, d or 0))
        return AnchorDate(entry.y + 1, m, d or 0, entry.label) if turned else None

    def same_month(self, token: int, m: int, d: int) -> AnchorDate | None:
        """The day with its year, in the same month, that the text has named shortly before: "on 3 October 2016 ... on | 17 October"."""
        full = self.full
        near = full is not None and token - self.full_token <= _TELLING
        return full if near and full is not None and full.m == m and full.d <= d else None

    def _marks_entry(self, last: int) -> bool:
        return self.tokens.lower(last) in {":", "-", "–", "—"}

    def year_named(self, token: int) -> AnchorDate | None:
        """The last date of the same line in a text about the past, whose year a date without one takes; of another sentence not a year
        in passing ("has been mayor since 1994").
        """
        first = max(0, self.last_token)
        passing = self.last is not None and not self.last.m and self.last is not self.story
        left = passing and BREAK in self.tokens.classes[first:token]
        other = "\n" in self.text[self.tokens.starts[first] : self.tokens.starts[token]]
        return None if left or other else self.last

    @property
    def at_hand(self) -> AnchorDate | None:
        """The last date named, None if the text has moved on from it."""
        return None if self.adrift else self.last

    @property
    def base_year(self) -> int:
        """The year of publication, 0 without one."""
        return self.anchor.y if self.anchor else 0

    def base(self, token: int) -> AnchorDate | None:
        """The date that a date without a year is closest to: that of the chronicle's entry it is in, else the publication date."""
        entry = self.entry
        far = token - self.entry_token > _TELLING
        if entry is None or far or not entry.d or self._opens_line(token):
            return self.anchor
        span = self.text[self.tokens.starts[self.entry_token] : self.tokens.starts[token]]
        marked = any(self._marks_entry(k) for k in range(self.entry_token + 1, self.entry_token + _ENTRY))
        return entry if marked and "\n" not in span else self.anchor

    @property
    def telling(self) -> AnchorDate | None:
        """The date that the text last told of, None if it has moved on from it."""
        return None if self.adrift else self.told

    def year_heading(self, token: int) -> AnchorDate | None:
        """The year alone in a line above these tokens, or before a colon or dash at the beginning of their line."""
        entry = self.entry
        if entry is None or entry.m or token - self.entry_token > _TELLING:
            return None
        begin, here = self.tokens.starts[self.entry_token], self.tokens.starts[token]
        if "\n" not in self.text[begin:here] and self._marks_entry(self.entry_token + 1):
            return entry
        end = self.text.find("\n", begin, begin + _YEAR_LINE)
        return entry if self.text[begin : max(end, begin)].strip(" .:").isdecimal() else None

    def _tells(self, moment: Moment, token: int) -> bool:
        """Whether the narrative can have reached this date; not if it was resolved against the publication date."""
        if moment.at is None or (moment.relative and self.anchor and moment.anchor == self.anchor.label):
            return False
        data, before = self.grammar.data, self.tokens.before(token)
        if moment.at[1]:
            return before not in data["no_story"]
        opens_sentence = self.tokens.lower(token - 2) == ""
        asked = self.tokens.lower(token + 1) == "?"  # "What happened in 2014?"
        return (opens_sentence or asked) and before in data["story_after"]

    def narrative(self, token: int, reach: int = 1) -> AnchorDate | None:
        """The date that the narrative has reached, if it is in this sentence or the one before, or in the same paragraph so many before."""
        if self.story is None or token - self.story_token > _TELLING:
            return None
        between = self.tokens.classes.count(BREAK, self.story_token, token)
        first = self.tokens.starts[self.story_token]
        near = between <= reach and "\n" not in self.text[first : self.tokens.starts[token]]
        return self.story if between <= 1 or near else None

    def in_sentence(self, first: int, last: int) -> bool:
        """Whether two tokens, in their order, are of one sentence."""
        return BREAK not in self.tokens.classes[first:last]

    def begins(self, token: int) -> int:
        """The first token of the sentence."""
        return self.tokens.classes.rfind(BREAK, 0, token) + 1

    def told_at(self, first: int, last: int) -> int | None:
        """The token between two of a sentence with which begins what somebody says: "said on Tuesday | that", "sagte, sie | sei"."""
        if BREAK in self.tokens.classes[max(0, first) : last]:
            return None
        words = self.grammar.data.get("told_that", ())
        return next((k for k in range(max(0, first), last) if self.tokens.lower(k) in words), None)

    def day_at_hand(self, token: int) -> AnchorDate | None:
        """The day that the sentence names, else that of the narrative, else of publication."""
        named_here = self.story_token >= 0 and self.in_sentence(self.story_token, token)
        if named_here and self.last and self.last.d:
            return self.last
        story = self.narrative(token)
        return story if story and story.d else self.anchor

    def direction(self, first: int, last: int) -> int:
        """-1 if the clause around the tokens is in the past, 1 in the future, 0 if unknown.

        The nearest verb before decides, else the first after, and the other way round where verbs stand last; a verb of speech ("said elections on June 5 will ...") only if
        the time is directly beside it or no verb follows.
        """
        if self.tokens.lower(last) == "(" and self.tokens.lower(first - 1) == ",":
            return 0  # "GENEVA, May 27 (Reuters)"
        own = 1 if self._is_toward(first) or self._gives_time(first, last) else self._verb_last(last)
        if own:
            return own
        clauses = self.grammar.data["tense"]["clauses"]
        cue, index = self._first_cue(range(first - 1, max(-1, first - _REACH), -1), clauses)
        if self.tokens.lower(first - 2) in self.grammar.data["tense"].get("present_on", ()):
            cue, index = int(self.tokens.lower(first - 1) == "on"), first - 2
        if self._is_ahead(index, first):
            return 1
        reported = self._reports(index, first, last)
        if cue and not reported:
            return cue
        reach = _OWNED if self.tokens.lower(last) in _APOSTROPHES else _REACH
        behind = self._first_cue(range(last, min(len(self.tokens.classes), last + reach)))[0]
        if self.tokens.lower(first - 1) in self.grammar.data["tense"]["deadline"]:
            return -1 if not cue and behind < 0 else 1  # "By June the army had taken Tarn"
        return behind or cue

    def _verb_last(self, last: int) -> int:
        """The tense of the first verb behind, in a language whose clauses end with their verb; else 0."""
        if not self.grammar.data["tense"].get("verb_last"):
            return 0
        return self._first_cue(range(last, min(len(self.tokens.classes), last + _REACH)))[0]

    def _is_ahead(self, index: int, first: int) -> bool:
        """As in "met ahead of the vote on | Saturday", "suspended the talks until | Friday". `index`: of the verb."""
        tense = self.grammar.data["tense"]
        until = self.tokens.lower(first - 1) in tense.get("until", ()) or self._is_until(first)
        begin = index if until and index >= 0 else max(index, first - _AHEAD)
        words = {*tense.get("ahead", ()), *(tense.get("putting_off", ()) if until else ())}
        return any(self.tokens.lower(k) in words for k in range(begin, first))

    def told_in_past(self, first: int) -> bool:
        """Whether the nearest verb before, of any clause, is in the past: "had been intact until a tremor on | 22 March"."""
        return self._first_cue(range(first - 1, max(-1, first - _REACH), -1))[0] < 0

    def aims_in_past(self, first: int) -> bool:
        """Whether the verb before the nearest one is in the past: "agreed to extend it on | 15 March"."""
        _, nearest = self._first_cue(range(first - 1, max(-1, first - _REACH), -1))
        return nearest > 0 and self.told_in_past(nearest)

    def _is_toward(self, first: int) -> bool:
        """As in "convocó la audiencia para el | miércoles"."""
        article = self.tokens.lower(first - 1) in self.grammar.data["articles"]
        before = self.tokens.lower(first - 2 if article else first - 1)
        return before in self.grammar.data["tense"].get("toward", ())

    def _gives_time(self, first: int, last: int) -> bool:
        """As in "gave the firm until | 3 June | to pay"."""
        words, behind = self.grammar.data["tense"].get("time_given", ()), (last, last + 1)
        return self._is_until(first) and any(self.tokens.lower(k) in words for k in behind)

    def _is_until(self, first: int) -> bool:
        """Whether a time follows "until", or an article that does: "hasta el | 5 de mayo"."""
        ends = self.grammar.data["open"]
        return any(ends.get(self.tokens.lower(first - k)) == "end" for k in range(1, _UNTIL))

    def _reports(self, index: int, first: int, last: int) -> bool:
        """Whether the verb at `index` is a verb of speech that the time between these tokens does not belong to: "said elections on | June 5
        | will", not "told the council on | Monday | that".
        """
        tense = self.grammar.data["tense"]
        if index >= first - 2 or self.tokens.lower(index) not in tense["reporting"]:
            return False
        if self.tokens.lower(last) in self.grammar.data.get("told_that", ()):
            return False
        after = tense["reported_after"]
        return not after or any(self.tokens.lower(k) in after for k in range(index + 1, first))

    def planned_then(self, first: int) -> AnchorDate | None:
        """The date of the sentence from which what is told at a token was still to come: "said last June that it would open in | September"."""
        words = self.grammar.data["tense"].get("later_in_past", ())
        between = range(max(0, self.last_token), first)
        told = any(self.tokens.lower(k) in words for k in between)
        return self.last if told and self.in_sentence(max(0, self.last_token), first) else None

    def _first_cue(self, indices: range, stop: Collection[str] = ()) -> tuple[int, int]:
        """The first verb that shows a tense, and its index: within the sentence, and before a word of `stop` unless that is
        beside the time itself ("before June").
        """
        for steps, index in enumerate(indices):
            if self.tokens.classes[index] == BREAK or (steps and self.tokens.lower(index) in stop):
                break
            cue = tense_at(self.tokens, index, self.grammar.data["tense"])
            if cue:
                return cue, index
        return 0, -1
