"""Join parts of names that the model cut, where the form is unambiguous."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from dossierkit.extract.legal import is_company, legal_form_end
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.extract.mentions.described import described_by
from dossierkit.extract.mentions.torn import joined
from dossierkit.model.finding import Mention
from dossierkit.text.data import load
from dossierkit.text.generation import without_generation

# "Mohammed | bin | Salman", "Ada Moreau | dos Lenn": son or daughter of, or of, between two parts of one name.
_PATRONYMIC = re.compile(r" (?:bin|ibn|ben|bint|da|das|do|dos) ")
_SON_OF = re.compile(r"\b([A-Z][\w’'-]{1,22}) ((?:bin|ibn|bint) )(?=[A-Z]|al-)")
# "Clemens | von | Hale"
_NOBLE = re.compile(r" (?:von|van)(?: (?:de|den|der))? ")
_WITH_ITS_CAUSE = re.compile(r" (?:for|[Ww]ithout|[Aa]gainst) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
# "Consortium of Investigative | Journalists": a capitalised adjective needs a capitalised noun.
_ADJECTIVE = ("ive", "nal", "cal", "ral", "ial", "ary")
_AIM = re.compile(r" to [A-Z]\w+$")  # "Committee to Protect | Journalists"
_NOUN = re.compile(r" [A-Z][a-z]{3,}s\b")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+")
_INITIAL_LAST = re.compile(r" [A-Z]\.?$")  # "Jagath S. | Hale"
_GIVEN_AND_SURNAME = 2
_CAUSE = re.compile(r"(?:[Ww]ithout|[Aa]gainst) ")  # "Reporters | Without Borders"
_CLOSED = re.compile(r"[^“\"]{1,30}[”\"] \S")
_GIVEN = re.compile(r"\b[A-Z][\w’'-]{0,22} [“\"](?:[a-z]{1,10} )?$")
_NICKNAMED = re.compile(r"\b([A-Z][\w’'-]{1,22}) (?:“[^“”\n.?!,]{1,30}”|\"[^\"\n.?!,]{1,30}\") $")
_ASKING = frozenset({"May", "Will"})  # "Will Jan Moreau resign?"
_LONGEST_GIVEN = 60  # code points; with a nickname
_WORD_BEFORE = re.compile(r"(?:^|(?<=\s))([^\W\d_][^\s]*) $")
_OPENS = frozenset({"", "\n", ".", ":", "!", "?", "”", '"'})  # what a sentence begins behind
_CAPITALISED = re.compile(r"(?:^|(?<=\s))([A-Z][a-z’']+) $")
_LONG_WORD = 40  # code points
# "State Route | 267", "the Lenn | Communal Constituency"
_BEHIND = re.compile(
    r"(?:(?<=Route)|(?<=Highway)|(?<=Interstate)| Route| Highway) \d{1,4}[A-Z]?\b"
    r"|(?: [A-Z][\w-]{1,20}){0,3} (?:Constituency|Electorate|Governorate)\b"
)
# "Ministry of Housing, | Communities and Local Government": the fields of one office
_OFFICE = re.compile(
    r"(?:[A-Z][\w.’'-]{0,30} ){0,3}(?:Ministry|Department|Secretariat|Directorate) (?:of|for) (?:the )?[A-Z]"
)
# "the Technology | and | Construction Court", "the Association of Dockers | and | Harbour Union"
_FIELD = ("ance", "ence", "ics", "ing", "ion", "ity", "logy", "ment", "ture")
_OWNER_BEFORE = re.compile(r"(?:\b[Tt]he|['’]s) $")
_NEXT_WORD = re.compile(r" ([A-Z][\w&.’'-]{0,30})")
_MOST_WORDS = 5  # of a company's name behind what the model found of it
# "Croix-des-Lenn"
_PLACE = re.compile(r"[^\W\d_]+-(?:des|du|sur|sous|en|au|aux)-[A-Z][^\W\d_]+")
# "Lenn Conflict Location | & Event Data Project"
_AND_MORE = re.compile(r" & [A-Z][\w’'-]{1,30}(?: [A-Z][\w’'-]{1,30}){0,4}")
# "Hale Moreau | and Co"
_AND_CO = re.compile(r",? (?:and|&) (?:Associates|Brothers|Co|Company|Partners|Sons)\b(?! [A-Z])")
# where a company has its seat: "Hale Metals | (Norland) Ltd"
_HOME = re.compile(r" \([A-Z][\w.’'-]{1,20}(?: [A-Z][\w.’'-]{1,20}){0,2}\)(?= )")
# "Lenn Front Line | Defenders", "Observatory for the Protection of Human Rights | Defenders"
_DEFENDERS = re.compile(r" Defenders\b")
# "Authority of Heads of State and | Government of Lenn"
_HEADS = re.compile(r"(?:[A-Z][\w’'-]{1,30} of (?:the )?)?Heads? of State and $")
_LONG_HEADS = 60  # code points
# "Prosecutor | General’s Office"
_GENERAL = re.compile(r"\b(?:Prosecutor|Attorney|Auditor|Inspector|Solicitor) $")
_IN_FRONT = {"Government": _HEADS, "General": _GENERAL}
# "Robert Hale | , Jr.", "Abdullah | II", "Zoran | D.", "Ada Moreau | dos Lenn"
_GENERATION = re.compile(
    r"(?<=[JS]r)\.|,? (?:[JS]n?r\b\.?|(?:I{2,3}|IV|VI{1,3}|IX|XI{1,3}|XIV|XVI?)\b)"
    r"|(?<=[a-zß-ÿ]) (?:das|dos) [A-Z][\w’'-]{1,30}|(?<=[a-zß-ÿ]) [^\W\d_a-z]\.(?=[,;)’'\n]| [a-z])"
)
# "30 | Seconds to Lenn", at every occurrence
_LEADING = re.compile(r"\b\d{1,3} $")
_ARTICLE = re.compile(r"\bthe $", re.IGNORECASE)


def whole(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions, in text order, with "Doctors | for Relief", "The | Hague" and patronymics joined."""
    grown: list[Mention] = []
    for mention in mentions:
        wider = _behind_word(
            text, _widened(text, _with_generation(text, mention)), grown[-1].end if grown else 0
        )
        wider = replace(wider, type="place") if _PLACE.fullmatch(wider.text) else wider
        if grown and wider.start < grown[-1].end:
            last = grown.pop()
            in_front = wider.end <= last.start  # "Lenn University" of "Lenn University, Norland"
            grown += [wider, last] if in_front else [wider if wider.start <= last.start else last]
            continue
        before = grown[-1] if grown else None
        if before and _firm(text, before, wider):
            grown[-1] = replace(before.over(text, before.start, wider.end), type="organization")
        elif before and _one(text, before, wider):
            grown[-1] = before.over(text, before.start, wider.end)
        else:
            grown.append(replace(wider, type="place") if before and _home(text, before, wider) else wider)
    return grown


def with_surnames_before(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, in text order, with a surname of two words in one piece: "Caruana | Galizia" beside "Daphne Caruana
    Galizia".
    """
    people = {tuple(without_generation(one.text).split()) for one in mentions if one.type == "person"}
    before = {(words[-1], words[-2]) for words in people if len(words) > _GIVEN_AND_SURNAME}
    surnames = {words[-1] for words in people if len(words) > 1}
    return [
        _with_word_before(text, one, before)
        for mention in mentions
        for one in _body_and_head(text, mention, surnames)
    ]


def _body_and_head(text: str, mention: Mention, surnames: Collection[str]) -> Iterator[Mention]:
    """Both names of "head of the National Bank Moreau", if the text names an Ada Moreau."""
    body, _, surname = mention.text.rpartition(" ")
    if (
        mention.type != "organization"
        or body.rpartition(" ")[2] not in lexicon().org_heads
        or surname not in surnames
    ):
        yield mention
        return
    yield mention.over(text, mention.start, mention.start + len(body))
    yield replace(mention.over(text, mention.end - len(surname), mention.end), type="person")


def _with_word_before(text: str, mention: Mention, before: set[tuple[str, str]]) -> Mention:
    word = _WORD_BEFORE.search(text[max(0, mention.start - _LONG_WORD) : mention.start])
    if mention.type != "person" or word is None or (mention.text, word[1]) not in before:
        return mention
    return mention.over(text, mention.start - len(word[0]), mention.end)


def _firm(text: str, one: Mention, other: Mention) -> bool:
    """As in "Steptoe | & | Johnson", not "Ada & Jean"."""
    single = " " not in one.text + other.text and other.type == "person"
    return single and text[one.end : other.start] == " & " and one.text not in lexicon().given


def _one(text: str, one: Mention, other: Mention) -> bool:
    """Whether two neighbours are parts of one name."""
    fields = text[one.end : other.start] == ", " and " and " in other.text and _OFFICE.match(one.text)
    body = bool(fields) or _of_two_fields(text, one, other) or _of_two_pieces(text, one, other)
    return (
        (body and one.type == other.type == "organization")
        or _of_land(text, one, other)
        or _branch(text, one, other)
        or _one_person(text, one, other)
        or _one_place(text, one, other)
    )


def _of_land(text: str, one: Mention, other: Mention) -> bool:
    """As in "Independence Movement | of | Lenn"."""
    party = one.type == "organization" and one.text.rpartition(" ")[2] in load("en/descriptions")["parties"]
    return party and " " in one.text and other.type != "person" and text[one.end : other.start] == " of "


def _of_two_fields(text: str, one: Mention, other: Mention) -> bool:
    """As in "the Association of Dockers and Harbour Union", "Norland’s Ethics and Trade Committee": a second body would have its own article."""
    words, first, second = lexicon(), one.text.split(), other.text.split()
    if text[one.end : other.start] != " and " or not _OWNER_BEFORE.search(
        text, max(0, one.start - 4), one.start
    ):
        return False
    headless = first[-1] not in words.org_heads and one.text not in words.known and not one.text.isupper()
    field = first[0].endswith(_FIELD) if len(first) == 1 else bool(words.org_of & set(first[:-2]))
    own = second[0] in words.adjectives or second[0] in words.known or other.text in words.known
    return headless and field and len(second) > 1 and second[-1] in words.org_heads and not own


def _of_two_pieces(text: str, one: Mention, other: Mention) -> bool:
    """As in "Harbour Glory Giant | HGG SA"."""
    words, first, last = lexicon(), one.text.rpartition(" ")[2], other.text.rpartition(" ")[2]
    return (
        text[one.end : other.start] == " "
        and last in words.legal
        and first not in words.legal | words.org_heads
        and not described_by(first)
    )


def _branch(text: str, one: Mention, other: Mention) -> bool:
    """As in "Lenn-Metals | Leach Norway": what follows is no place, but ends in one."""
    beside = one.type == "organization" and other.type == "place" and text[one.end : other.start] == " "
    first, _, last = other.text.rpartition(" ")
    return beside and bool(first) and known_place(last) and not known_place(other.text)


def _one_person(text: str, one: Mention, other: Mention) -> bool:
    between = text[one.end : other.start]
    linked = _PATRONYMIC.match(text, one.end, other.end)
    split = between == " " and one.text in lexicon().given and not other.text.startswith("(")
    joined = between in {" ", ". "} and _INITIAL_LAST.search(one.text) is not None and " " not in other.text
    return {one.type, other.type} == {"person"} and (
        split
        or joined
        or _is_noble(text, one, other)
        or (linked is not None and other.start in {one.end + 1, linked.end()})
    )


def _is_noble(text: str, one: Mention, other: Mention) -> bool:
    """Whether "von" belongs to a surname: behind a first name, or one that the text has nowhere else ("Hale von Moreau abgelöst"
    names two people).
    """
    first, between = one.text.rpartition(" ")[2], text[one.end : other.start]
    if _NOBLE.fullmatch(between) is None or " " in other.text:
        return False
    return first in lexicon().given or text.count(first) == text.count(f"{first}{between}{other.text}")


def _one_place(text: str, one: Mention, other: Mention) -> bool:
    """As in "Serra | do | Hale"."""
    places = one.type == other.type == "place"
    return places and text[one.end : other.start] in {" do ", " da ", " dos ", " das ", " del "}


def _home(text: str, one: Mention, other: Mention) -> bool:
    """Whether the second "person" is the place that the first comes from: "Bonosus of | Sardica"."""
    people = one.type == other.type == "person" and " " not in other.text
    return people and text[one.end : other.start] == " of "


def _behind_word(text: str, mention: Mention, floor: int) -> Mention:
    """Add the front of a company's name ("Harbour Glory | HGG SA") after `floor`, who is for a cause ("Reporters | Without Borders"), and the number before every occurrence: "30 | Seconds to Lenn"."""
    if mention.type != "organization":
        return mention
    if is_company(mention.text):
        return mention.over(text, _company_start(text, mention, floor), mention.end)
    before = _WORD_BEFORE.search(text, max(0, mention.start - _LONG_WORD), mention.start)
    if before and before[1] in lexicon().cause_heads and _CAUSE.match(mention.text):
        return mention.over(text, before.start(1), mention.end)
    number = _LEADING.search(text, max(0, mention.start - 4), mention.start)
    name = text[number.start() : mention.end] if number else ""
    always = number and 1 < text.count(mention.text) == text.count(name)
    return mention.over(text, number.start(), mention.end) if number and always else mention


def _company_start(text: str, mention: Mention, floor: int) -> int:
    """Before the capitalised words in front that are no title, adjective, opener or known name."""
    start = mention.start
    while (word := _CAPITALISED.search(text, max(floor, start - _LONG_WORD), start)) and _is_own(word[1]):
        start = word.start(1)
    opens = text[max(0, start - 2) : start].rstrip(" ")[-1:] in _OPENS
    return mention.start if opens else start


def _is_own(word: str) -> bool:
    words = lexicon()
    other = (
        word in words.title_words or word in words.adjectives or word in words.known or word in words.openers
    )
    return not (other or word in words.legal or word in words.courtesy)


def _with_generation(text: str, mention: Mention) -> Mention:
    found = _GENERATION.match(text, mention.end) if mention.type == "person" else None
    return mention.over(text, mention.start, found.end()) if found else mention


def _with_father(text: str, mention: Mention) -> Mention:
    """The given name in front of "bin" that the model left out: "Ada | bin | Lenn", "Ada | bin Lenn"."""
    front = _SON_OF.search(text, max(0, mention.start - _LONG_WORD), mention.end)
    if front is None or not front.start(2) <= mention.start <= front.end():
        return mention
    words, name = lexicon(), front[1]
    title = name in words.title_words or name in words.courtesy or name in words.adjectives
    inside = text[max(0, front.start() - 2) : front.start()][:1].islower() and name not in words.openers
    own = not title and (name in words.given or inside)
    return mention.over(text, front.start() if own else front.start(2), mention.end)


def _with_given(text: str, mention: Mention) -> Mention:
    """The given name in front of a nickname that the model cut: "Ada | “La Reina” Moreau", "Samuel | “the Owl” | Okeke"; and the first of
    two: "Jan | Piet Moreau".
    """
    nicked = _NICKNAMED.search(text, max(0, mention.start - _LONGEST_GIVEN), mention.start)
    given = lexicon().given
    first, space, _ = mention.text.partition(" ")
    front = _CAPITALISED.search(text, max(0, mention.start - _LONG_WORD), mention.start)
    if space and front and first in given and front[1] in given - _ASKING:
        return mention.over(text, front.start(1), mention.end)
    if nicked and nicked[1] in given and mention.text not in given and " " not in mention.text:
        return mention.over(text, nicked.start(), mention.end)
    quote = _CLOSED.match(mention.text)
    opened = _GIVEN.search(text, max(0, mention.start - _LONGEST_GIVEN), mention.start) if quote else None
    return mention.over(text, opened.start(), mention.end) if opened else mention


def _widened(text: str, mention: Mention) -> Mention:
    words = lexicon()
    if _INITIALS.fullmatch(mention.text) and text[mention.end : mention.end + 1] == ".":
        return mention.over(text, mention.start, mention.end + 1)
    if mention.type == "person":
        mention = _with_given(text, _with_father(text, mention))
    partners = _AND_CO.match(text, mention.end) if mention.type in {"person", "organization"} else None
    if (end := partners.end() if partners else _legal_end(text, mention)) > mention.end:
        return replace(mention.over(text, mention.start, end), type="organization")
    if mention.type == "organization":
        mention = joined(text, _with_both_sides(text, mention))
    if mention.type == "organization" and (rest := _unfinished(mention.text)):
        found = rest.match(text, mention.end)
        return mention.over(text, mention.start, found.end()) if found else mention
    if mention.type in {"place", "organization"} and (more := _BEHIND.match(text, mention.end)):
        return replace(mention.over(text, mention.start, more.end()), type="place")
    if mention.type == "place" and mention.text.title() in words.with_article:
        article = _ARTICLE.search(text, max(0, mention.start - 4), mention.start)
        return mention.over(text, article.start(), mention.end) if article else mention
    return mention


def _with_both_sides(text: str, mention: Mention) -> Mention:
    """With what stands behind "&", with the heads of state in front of "Government", and the prosecutor in front of "General’s"."""
    end = mention.start + len(mention.text.removesuffix(" &"))
    more = _AND_MORE.match(text, end) or (" " in mention.text and _DEFENDERS.match(text, end))
    opening = next((behind for word, behind in _IN_FRONT.items() if mention.text.startswith(word)), None)
    heads = opening and opening.search(text, max(0, mention.start - _LONG_HEADS), mention.start)
    return mention.over(text, heads.start() if heads else mention.start, more.end() if more else end)


def _legal_end(text: str, mention: Mention) -> int:
    """Where a company's name ends whose legal form the model left out: "Delmora | Marine Services L.L.C"."""
    home = _HOME.match(text, mention.end) if mention.type == "organization" else None
    if home and (end := legal_form_end(text, mention.start, home.end())) > home.end():
        return end
    end = legal_form_end(text, mention.start, mention.end)
    if known_place(mention.text) or end > mention.end or is_company(mention.text):
        return end
    legal = lexicon().legal
    for _ in range(_MOST_WORDS):
        word = _NEXT_WORD.match(text, end)
        if word is None:
            return mention.end
        end = word.end()
        if word[1] in legal or word[1].rstrip(".,") in legal:
            return end
    return mention.end


def _unfinished(name: str) -> re.Pattern[str] | None:
    """What may follow an organisation's name that ends in an adjective, in a noun that asks for its cause, or without its head
    ("Lenn Harbour | Inquiry").
    """
    words, last = lexicon(), name.rpartition(" ")[2]
    if last.endswith(_ADJECTIVE) or _AIM.search(name):
        return _NOUN
    if name in words.cause_heads:
        return _WITH_ITS_CAUSE
    headed = name in words.known or last in words.org_heads or is_company(name) or name.isupper()
    return None if headed or " " not in name else _head()


@cache
def _head() -> re.Pattern[str]:
    field = rf"(?:and [A-Z][a-z]{{1,20}}(?:{'|'.join(_FIELD)}) )?"
    heads = "|".join(map(re.escape, sorted(lexicon().org_heads)))
    return re.compile(rf" {field}(?:Inquiry|{heads})(?![\w.’'-])")
