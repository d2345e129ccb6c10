"""Governments, legislatures, and who heads state and government, as of the source's date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rows import FACTBOOK, Country, Name, Row, adjectives, with_article

_TITLE = re.compile(
    r"(?:(?:Interim|Transitional|Acting|Supreme|Federal|Executive) )*"
    r"(?:President(?: of the Swiss Confederation)?|Prime Minister|King|Queen|Emperor|Sultan(?: and Prime Minister)?|Amir|Emir|"
    r"Premier|Chancellor|Grand Duke|Prince|Leader|Captain Regent|Chairperson of the Council of Ministers|Taoiseach|"
    r"Crown Prince and Prime Minister|Minister-President|Head of Government) "
)
# Legislatures that the source names in another language, or with their country in another form.
_LEGISLATURES = {
    "Parlement": "Parliament",
    "Parlement de Barbade": "Parliament",
    "Législature nationale": "National Legislature",
    "National Congress of the Republic": "National Congress",
    "The Cortes": "Cortes",
    "Hellenic Parliament": "Parliament",
    "UK Parliament": "Parliament",
    "Grand National Assembly of Türkiye": "Grand National Assembly",
}
_ALSO = {
    "Greece": "Hellenic Parliament",
    "Turkey": "Grand National Assembly of Türkiye",
    "United Kingdom": "UK Parliament",
}
# Words of names that legislatures of several countries have in their own language: "Assemblée nationale", "Landtag", "Majlis".
_COMMON = re.compile(
    r"assembl|asambl|barlam|bundes|ch?am[ae]r|chambre|congr|conse|dewan|feder|fédér|föder|kamra|kongres|landtag|legisl|libandla|maj?lis|majles|"
    r"narodn|natsional|parl|peo?pl|popular|riksdag|sansad|skupstin|sobran|vouli",
    re.IGNORECASE,
)
_RANKS = re.compile(r"^(?:(?:Col|Gen|Capt|Brig|Lt|Dr|Sir|Dame|Sheikh|Shaikh)\.? )+")
_SINCE = re.compile(r" \((?:[^()]*?)since (\d{1,2} [A-Z][a-z]+ \d{4})\)")


def governments(data: list[Country]) -> Iterator[Row]:
    """Governments and legislatures of every country, then people; one who heads several states is named once."""
    sovereign = [country for country in data if country["sovereign"]]
    sovereign.sort(
        key=lambda country: country["title"] != "United Kingdom"
    )  # whose king heads fourteen others too
    often = Counter(word for country in sovereign for word in adjectives(country)[:1])
    for country in sovereign:
        own = [word for word in adjectives(country)[:1] if often[word] == 1]  # not "Congolese"
        yield _government(country, own)
        yield from _legislature(country, own)
    seen: set[str] = set()
    for country in sovereign:
        for field in ("chief_of_state", "head_of_government"):
            person = _person(country, field)
            if person is not None and person.names[0][0] not in seen:
                seen.add(person.names[0][0])
                yield person


def _of(country: Country) -> str:
    return f"of {with_article(country['title'])}"


def _government(country: Country, adjective: list[str]) -> Row:
    names = [f"Government {_of(country)}"]
    for word in adjective:
        names += [f"{word} government", f"{word} Government"]
    return Row("organization", tuple((name, "en", FACTBOOK) for name in names))


def _legislature(country: Country, adjective: list[str]) -> Iterator[Row]:
    text = country["legislature"].partition(";")[0].strip()
    name = text.partition(" (")[0].strip()
    local = re.fullmatch(r"[^(]+\(([^()]+)\)", text)
    if not re.fullmatch(r"[A-Z][\w'’-]+(?: [\w'’-]+){0,5}", name) or re.search(r"\b(?:or|and)\b| - ", name):
        return
    name = _LEGISLATURES.get(name, name).removeprefix("The ")
    named = country["title"] in name or name.split(" ")[0] in adjectives(country)
    full = name if named else f"{name} {_of(country)}"
    names: list[Name] = [(full, "en", FACTBOOK)]
    if full != name:
        names += [(f"{word} {name}", "en", FACTBOOK) for word in adjective]
    names += [(form, "en", FACTBOOK) for form in (_ALSO.get(country["title"]),) if form]
    if country["title"] == "United States":
        names += [
            (form, "en", FACTBOOK) for form in ("US Congress", "U.S. Congress", "United States Congress")
        ]
    weak: list[Name] = [(name, "en", FACTBOOK)] if full != name else []
    if local and not re.search(r"\d| or |;|/", local[1]):
        own = [(part, "", FACTBOOK) for part in local[1].split(" - ") if len(part) > 5]
        names += [form for form in own if not _COMMON.search(form[0])]
        weak += [form for form in own if _COMMON.search(form[0]) and form[0] != name]
    yield Row("organization", tuple(names), tuple(weak), (), f"Legislature {_of(country)}.")


def _person(country: Country, field: str) -> Row | None:
    """Who holds an office; None where the text is anything but a title, one name with its family name in capitals, a date."""
    text = country[field].partition(";")[0]
    since = _SINCE.search(text)
    title = _TITLE.match(text)
    if not since or not title:
        return None
    given = _RANKS.sub("", text[title.end() : since.start()]).strip()
    given = re.sub(r'"[^"]*" ', "", given)
    words = given.split(" ")
    capital = [
        word
        for word in words
        if re.fullmatch(r"(?:[A-Za-z]{2,3}[-’'])?[^\W\d_a-z]{2,}(?:[-'’][^\W\d_a-z]+)*", word)
    ]
    if not 2 <= len(words) <= 6 or not capital or any(re.search(r"[\d,()]", word) for word in words):
        return None
    roman = [word for word in words if re.fullmatch(r"[IVX]+", word)]
    family = " ".join(_lower(word) for word in capital if word not in roman)
    full = " ".join(word if word in roman else _lower(word) for word in words)
    names = [full]
    bare = " ".join(word for word in full.split(" ") if not re.fullmatch(r"[A-Z]\.", word))
    names += [bare] if bare != full else []
    last = max(at for at, word in enumerate(words) if word in capital)
    short = " ".join(full.split(" ")[: last + 1])
    rest = full.removeprefix(short)
    names += (
        [short] if " " in short and short != full and not re.search(r"\b(?:[Aa]l|bin|ibn|Al)\b", rest) else []
    )
    weak = () if roman else ((family, "", FACTBOOK),)
    office = title.group().strip()
    about = f"{office} {_of(country)}, as of May 2026."
    return Row("person", tuple((name, "", FACTBOOK) for name in dict.fromkeys(names)), weak, (), about)


def _lower(word: str) -> str:
    """A family name in capitals as it is written: "al-SUDANI", "OLIGUI", "MUSEVENI"."""
    parts = re.split(r"([-'’])", word)
    return "".join(part.capitalize() if part.isupper() and len(part) > 1 else part for part in parts)
