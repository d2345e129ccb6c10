"""The name model's finds in languages other than English, without what is no part of a name: titles, articles, common nouns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from dossierkit.extract.languages import from_files, language
from dossierkit.extract.lexicon import countries_in
from dossierkit.extract.small_words import articles
from dossierkit.model.finding import Mention
from dossierkit.text.cldr import is_dated, months, weekdays
from dossierkit.text.data import load

_REACH = 24  # code points before a name in which its article or office stands
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+) $")
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALS = re.compile(r" (?:[^\W\d_a-zß-ÿ][\w’-]*)(?: [^\W\d_a-zß-ÿ][\w’-]*)*")
_SMALL_NEXT = re.compile(r" [a-zß-ÿ]")
_EXTENDED = frozenset({"person", "organization"})
_FURTHER = re.compile(r"(?: [^\W\d_a-zß-ÿ][\w’'-]{1,30}){1,2}")
_LEAST = 4  # letters of the end of a compound
_ENDING = re.compile(r"[^\w\s][^\W\d_A-ZÀ-Þ]{1,12}$")


@dataclass(frozen=True, slots=True)
class _Words:
    """Lists of names.yml in a language's folder (de/names.yml says what they mean), articles.yml and address.yml."""

    address: tuple[str, ...]
    opening: frozenset[str]
    title_ends: tuple[str, ...]
    nouns: frozenset[str]
    noun_ends: tuple[str, ...]
    determiners: frozenset[str]
    of: frozenset[str]
    offices: frozenset[str]
    countries: frozenset[str]
    offices_last: frozenset[str]
    kinds: Mapping[str, str]
    no_names: frozenset[str]
    small: frozenset[str]
    genitive: str
    fields: frozenset[str]
    field_ahead: re.Pattern[str]
    field_behind: re.Pattern[str]
    heads: frozenset[str]
    peoples: tuple[str, ...]
    verb_ends: tuple[str, ...]
    parted: str
    measured: bool
    extends: bool


@cache
@from_files
def _words(lang: str) -> _Words:
    own = language(lang)
    data = own.facts("names") if own else {}
    nouns = data.get("nouns", ())
    return _Words(
        address=tuple(sorted(load("address").get(lang, ()), key=lambda title: (-len(title), title))),
        opening=frozenset(load("articles").get(lang, ())),
        title_ends=tuple(data.get("title_ends", ())),
        nouns=frozenset(nouns),
        noun_ends=tuple(noun for noun in nouns if len(noun) >= _LEAST),
        determiners=frozenset(data.get("determiners", ())),
        of=frozenset(data.get("of", ())),
        offices=frozenset(data.get("offices", ())),
        countries=frozenset(countries_in(lang)) if lang in load("countrynames") else frozenset(),
        offices_last=frozenset(data.get("offices_last", ())),
        kinds=data.get("kinds", {}),
        no_names=frozenset(data.get("no_names", ())) | _calendar(lang),
        small=frozenset(data.get("small", ())),
        genitive=data.get("genitive", ""),
        fields=frozenset(data.get("fields", ())),
        field_ahead=re.compile(rf"(?:{_any(data.get('of', ()))} )?{_any(data.get('fields', ()))} "),
        field_behind=re.compile(
            rf" {_any(data.get('of', ()))} {_any((*data.get('fields', ()), *load('articles').get(lang, ())))}\Z"
        ),
        heads=frozenset(data.get("heads", ())),
        peoples=tuple(data.get("peoples", ())),
        verb_ends=tuple(data.get("verb_ends", ())),
        parted=data.get("parted", ""),
        measured=lang in load("languages")["measured"],
        extends=lang in load("languages")["measured"] and lang != "de",
    )


def _any(phrases: Iterable[str]) -> str:
    """An expression for any of some phrases, the longest first; for nothing if there are none."""
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(re.escape, longest))})" if longest else "(?!)"


def _calendar(lang: str) -> frozenset[str]:
    """Weekdays, months and numbers, whose capital at the beginning of a sentence is taken for a name's; in small letters."""
    if not is_dated(lang):
        return frozenset()
    own = language(lang)
    numbers = own.facts("dates").get("words", {}).get("number", {}) if own else {}
    return frozenset((*weekdays(lang), *months(lang), *numbers))


def untitled(text: str, mention: Mention, lang: str) -> Iterator[Mention]:
    """The mention as far as it is a name: nothing where it is an article, a title or a common noun alone."""
    words = _words(lang)
    found = mention.over(text, *_span(text, mention, words))
    if found.text in words.opening or _is_common(text, found, words):
        return
    yield replace(found, type=_type(found, words))


def _type(found: Mention, words: _Words) -> str:
    """The type that a name's last word shows ("Tarn Limanı"), or the first of several: "Câmara Municipal de Santarém"."""
    first, _, rest = found.text.partition(" ")
    if rest and first in words.heads:
        return "organization"
    last = found.text.lower().rpartition(" ")[2]
    return words.kinds.get(last, found.type) if found.type == "person" else found.type


def _span(text: str, mention: Mention, words: _Words) -> tuple[int, int]:
    start, end = mention.start, _end(text, mention, words)
    first = text[start:end].partition(" ")[0]
    if mention.type == "organization" and first in words.opening and _opens(text, start):
        start += len(first) + 1
    if mention.type != "person" and (words.measured or words.small):
        start = _bare_start(text, start, end, words)
    if mention.type == "person":
        start, end = _person_span(text, *_without_field(text, start, end, words), words)
    if mention.type == "place":
        field = re.match(r"\S+ \S+ ", text[start:end])
        if field and field.group().split()[1] in words.of and _is_field(text, start, words):
            start += field.end()
        while (noun := text[start:end].partition(" ")[0]).lower() in words.nouns or _is_compound(noun, words):
            if start + len(noun) + 1 >= end:
                break
            start += len(noun) + 1
    return start, end


def _person_span(text: str, start: int, end: int, words: _Words) -> tuple[int, int]:
    before = [
        word.end() + 1 for word in _WORD.finditer(text, start, end) if word[0].lower() in words.offices_last
    ]
    start = max((at for at in before if at < end), default=start)  # "Lübnan Sağlık Bakanı | Hamad Hassan"
    first = text[start:end].partition(" ")[0]
    small = first.lower() in words.small and first != text[start:end]
    if small and (first.islower() or _opens(text, start)):
        start += len(first) + 1  # "Neben Moreau", "göre Güvenlik Konseyi"
    start = _behind_kin(text, start, end, words)
    while (title := _title_at(text, start, end, words)) and start + len(title) + 1 < end:
        start += len(title) + 1
    return start, end


def _behind_kin(text: str, start: int, end: int, words: _Words) -> int:
    """Past who somebody is, behind "his" and the like: "Ihr Bruder | Ada Moreau"."""
    whose = _LAST_WORD.search(text, max(0, start - _REACH), start)
    kin = text[start:end].partition(" ")[0]
    of_somebody = whose is not None and whose[1].lower() in words.determiners and kin.lower() in words.nouns
    return start + len(kin) + 1 if of_somebody and kin != text[start:end] else start


def _bare_start(text: str, start: int, end: int, words: _Words) -> int:
    """Past an article or preposition in small letters, what begins a sentence in front of one, and a people before an acronym:
    "Volgens | Shell", "Ook de | Raiffeisen Bank", "De Koerdische | PYD".
    """
    first, _, rest = text[start:end].partition(" ")
    low = first.lower()
    begins = _opens(text, start) and (
        low in words.small or (first in words.opening and _is_people(rest, words))
    )
    if rest and (
        begins
        or (first == low and low in words.small | articles())
        or (_is_people(first, words) and rest.isupper())
    ):
        return _bare_start(text, start + len(first) + 1, end, words)
    return start


def _is_people(name: str, words: _Words) -> bool:
    """Whether a name begins with what says of which people something is ("Koerdische", in Dutch with a capital)."""
    first = name.partition(" ")[0]
    return first[:1].isupper() and first.endswith(words.peoples or ("\0",))


def _only_people(text: str, mention: Mention, words: _Words) -> bool:
    """Whether a word in small letters follows what says of which people it is, with or without its article: "De Koerdische | partij"."""
    first, _, rest = mention.text.partition(" ")
    people = rest if first in words.opening else mention.text
    return (
        " " not in people and _is_people(people, words) and _SMALL_NEXT.match(text, mention.end) is not None
    )


def _without_field(text: str, start: int, end: int, words: _Words) -> tuple[int, int]:
    """Without the field of an office ("minister van Buitenlandse Zaken | John Kerry", "minister Hanneke Bakker | van Infrastructuur"), and
    without the beginning of a body's name: "Karin Mulder | van De" Nederlandsche Bank.
    """
    ahead = words.field_ahead.match(text, start, end)
    behind = words.field_behind.search(text, start + 1, end)
    return ahead.end() if ahead else start, behind.start() if behind else end


def _end(text: str, mention: Mention, words: _Words) -> int:
    """Before words in small letters that end no name ("Beirut dejó") and a grammatical ending ("Konseyi'nin"); past what an
    organisation is of ("Ministerio de | Salud").
    """
    ending = _ENDING.search(mention.text) if words.parted else None
    if ending is not None and ending[0][0] in words.parted:
        return mention.start + ending.start()
    last = mention.text.rpartition(" ")[2]
    if mention.type == "organization" and last in words.of:
        further = _CAPITALS.match(text, mention.end)
        if further and further.group().strip() not in words.countries:
            return further.end()
        return mention.end - len(last) - 1
    end = mention.end
    extends = words.extends and mention.type in _EXTENDED and last.lower() not in words.small | words.no_names
    if extends and last not in words.opening and (further := _FURTHER.match(text, end)):
        return end if further.group().strip() in words.countries else further.end()
    while (
        mention.type == "place"
        and words.of
        and " " in text[mention.start : end]
        and text[mention.start : end].rpartition(" ")[2].islower()
    ):
        end -= len(text[mention.start : end].rpartition(" ")[2]) + 1
    return end


def _is_common(text: str, mention: Mention, words: _Words) -> bool:
    """Whether it is no name: a word of the list, a compound of one behind an article, an office, or what an office is of."""
    before = _LAST_WORD.search(text, max(0, mention.start - _REACH), mention.start)
    behind = before[1].lower() if before else ""
    low = mention.text.lower()
    if low.rpartition(" ")[2] in words.offices_last or _is_genitive(text, mention.text, words):
        return True
    if mention.text in words.fields or _only_people(text, mention, words):
        return True
    if " " in low:
        return all(word in words.nouns | words.no_names for word in low.split())  # "Anfang Juni"
    if low in words.nouns | words.no_names | words.small or low.endswith(words.title_ends or ("\0",)):
        return True
    if _begins_sentence(text, mention, words) or _is_field(text, mention.start, words):
        return True
    return behind in words.determiners and _is_compound(mention.text, words)


def _begins_sentence(text: str, mention: Mention, words: _Words) -> bool:
    """Whether only the beginning of a sentence gives a word its capital: a verb ("Morirono sedici persone"); in a language that was not measured,
    what the model takes for a person.
    """
    if not _opens(text, mention.start) or text.count(mention.text) > 1:
        return False
    verb = mention.text.endswith(words.verb_ends or ("\0",))
    return verb or (not words.measured and mention.type == "person")


def _is_genitive(text: str, name: str, words: _Words) -> bool:
    """Whether it is the genitive of a name that the text has elsewhere ("Merkels"), alone or with whose it is ("Brauns Anwalt")."""
    first, _, rest = name.partition(" ")
    stem = first.removesuffix(words.genitive)
    of_it = rest.lower() in words.nouns or rest.lower().endswith(words.title_ends or ("\0",))
    if stem == first or (rest and not of_it):
        return False
    # A first name is followed by another name: "Peters" is not Peter Altmaier's.
    return re.search(rf"(?<!\w){re.escape(stem)}(?!\w| [^\W\d_a-zß-ÿ])", text) is not None


def _is_field(text: str, start: int, words: _Words) -> bool:
    """Whether an office of something stands before: "ministro de | Interior"."""
    of = _LAST_WORD.search(text, max(0, start - _REACH), start)
    if of is None or of[1].lower() not in words.of:
        return False
    office = _LAST_WORD.search(text, max(0, of.start() - _REACH), of.start())
    return office is not None and office[1].lower() in words.offices


def _is_compound(word: str, words: _Words) -> bool:
    return word.lower().endswith(words.noun_ends or ("\0",))


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \"“„«»'")
    return not before or before[-1] in ".!?\n"


def _title_at(text: str, start: int, end: int, words: _Words) -> str:
    """A form of address or title at the front of a person's name, also one that ends as titles do ("Polizeisprecher")."""
    piece = text[start:end]
    found = next(
        (title for title in words.address if piece[: len(title) + 1].lower() == f"{title.lower()} "), ""
    )
    first = piece.partition(" ")[0]
    return found or (first if words.title_ends and first.lower().endswith(words.title_ends) else "")
