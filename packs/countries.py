"""Countries, territories and capitals: names in five languages, those of states in twelve more, demonyms, identifiers, places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from babel import Locale
from rows import (
    ALSO,
    ALSO_IN,
    CLDR,
    FACTBOOK,
    OWN,
    UN_TERMS,
    Country,
    Name,
    Row,
    adjectives,
    sided,
    with_article,
)

LANGUAGES = ("en", "fr", "ar", "es", "ru")
INTERFACES = ("fr", "ar")  # those of data/strings/, with English
# Not in countrynames.yml, and taken from CLDR alone.
_SHORT_ONLY = ("uk", "tr", "am", "fa", "he", "hi", "ja", "ko", "my", "ur", "zh", "zh-Hant", "zh-Hant-HK")
_WORDS = {
    "مالی",
    "بنین",
}  # financial, sons; in Arabic the countries have the same letters, so see `elsewhere` in data/languages.yml
_SHORTEST = {"am": 3, "my": 5}  # code points; shorter names are found in other words
_TWO_TERRITORIES = {"Виргинские о-ва"}
_BURMA = {"Burma", "Birmanie", "بورما", "Birmania", "Бирма", "ビルマ", "برمه"}
_ARTICLES = {"en": r"the ", "fr": r"(?:les? |la |l['’])", "es": r"(?:el |la |los |las )"}
_ENDINGS = r" \((?:the|les?|la|l['’]|el|los|las)\)$"
# The seat is disputed, or the name is not that of a city.
_NO_CAPITAL = {"Israel", "Holy See", "Monaco", "Singapore", "Nauru", "Gibraltar", "Antarctica"}
# The source has Brussels in minutes beyond the degree, Dakar in the sea, and for Dodoma the place of Dar es Salaam.
_PLACES = {"Brussels": (50.85, 4.35), "Dakar": (14.69, -17.44), "Dodoma": (-6.17, 35.74)}
# Two countries have them, or in the news of another language they are people, other places or other things: "Damas de Blanco",
# "Malte Spitz", "Того же дня".
_OTHERS = {
    "Argentine",
    "Butan",
    "Chili",
    "Congo",
    "الكونغو",
    "Конго",
    "Dominique",
    "Fas",
    "Gana",
    "Gine",
    "Granada",
    "Grenade",
    "Malte",
    "Maurice",
    "Mauricio",
    "Saint-Martin",
    "Salvador",
    "San Bartolomé",
    "San Martín",
    "Santa Elena",
    "Santa Lucía",
    "Somali",
    "Домініка",
    "Комори",
    "Малі",
    "Того",
    "عمان",
    "عُمان",
    # In Persian and Urdu: wealth, a follower, evening, a guinea pig; in Hindi a gardener, a coin, in Hebrew a given
    # name, a turkey, fruitfulness, a building, a purchase; in Korean a handing over, means, "going", arrogance, butane, a wig, a summit, skin.
    *("غنا", "پیرو", "پرو", "شام", "گینه", "گنی", "چاد", "مالت"),
    *("माली", "गिनी", "चाड"),
    *("ירדן", "הודו", "פרו", "בנין", "קניה", "לוב"),
    *("인도", "수단", "가나", "오만", "부탄", "가봉", "말리", "피지", "기니"),
    # In Chinese within other words ("沿海地区", "理查德"), in Japanese and Chinese a given name or a state of another country.
    *("海地", "查德", "查德", "多米尼克", "乔治亚", "喬治亞", "マリ", "ドミニカ", "ジョージア", "ကွန်ဂို"),
}
# Likewise of capitals. Amman is written as Oman is.
_OTHER_CITIES = {"Damas", "Pekin", "Riad", "Riyad", "Roma", "Sofía", "Vienne", "عمّان", "София"}
# In the news these names mostly mean other places, or no place; alone they are not these capitals.
_SHARED = {
    "Georgetown",
    "Kingston",
    "Malé",
    "Moroni",
    "Nassau",
    "Praia",
    "Roseau",
    "Saint George's",
    "Saint John's",
    "San José",
    "Victoria",
}


def countries(data: list[Country]) -> Iterator[Row]:
    """Countries first, then capitals: of one name the country has it."""
    common = Counter(word for country in data if country["sovereign"] for word in adjectives(country))
    for country in data:
        yield _country(country, common)
    yield from _capitals(data)


def _country(country: Country, common: Counter[str]) -> Row:
    title = country["title"]
    names: list[Name] = [(title, "en", FACTBOOK)]
    names += [(name, "en", FACTBOOK) for name in (*ALSO.get(title, ()), _formal(country))]
    short = country["abbreviation"].split(" or ") if country["abbreviation"] else []
    names += [(name, "en", FACTBOOK) for name in short if len(name) > 3 and "(" not in name]
    for lang in LANGUAGES:
        names += [(_bare(name, lang), lang, UN_TERMS) for name in country["names"].get(lang, ())]
        names += _by_cldr(country, lang)
    names += [(name, lang, OWN) for lang, also in ALSO_IN.items() for name in also.get(title, ())]
    for lang in _SHORT_ONLY if country["sovereign"] else ():
        names += _by_cldr(country, lang)
    weak = [name for name in names if name[0] in _OTHERS]
    names = [name for name in names if name not in weak]
    weak += [(name, "", FACTBOOK) for name in short if len(name) == 3 or name in {"US", "UK"}]
    own = [word for word in _demonyms(country) if country["sovereign"] or word not in common]
    weak += [(word, "en", FACTBOOK) for word in own]
    same = (f"wikidata:{country['wikidata']}",) if country["wikidata"] else ()
    strong = tuple(_once(names))
    return Row("place", strong, tuple(_once(weak)), same, titles=titles(country["iso"], strong))


def titles(iso: str, names: Iterable[Name]) -> dict[str, str] | None:
    """CLDR's name by language of the interface, where it is the English title too or a name that can be told from others.

    None where CLDR has none: the first name of the language is the title then.
    """
    listed = tuple(names)
    known = {(name, lang) for name, lang, _ in listed} | {(listed[0][0], lang) for lang in INTERFACES}
    cldr = ((lang, _territory(Locale.parse(lang).territories.get(iso, ""))) for lang in INTERFACES)
    found = {lang: names[0] for lang, names in cldr if names and (names[0], lang) in known}
    return {lang: name for lang, name in found.items() if "R.A.S." not in name} or None


def _by_cldr(country: Country, lang: str) -> list[Name]:
    """CLDR's name in a language (BCP 47), tagged by its primary subtag."""
    names = _territory(Locale.parse(lang, sep="-").territories.get(country["iso"], ""))
    base = lang.partition("-")[0]
    return [
        (name, base, CLDR) for name in names if len(name) >= _SHORTEST.get(base, 1) and name not in _WORDS
    ]


def _once(names: list[Name]) -> Iterator[Name]:
    seen: set[str] = set()
    for name in names:
        if name[0] and name[0] not in seen and len(name[0]) > 1:
            seen.add(name[0])
            yield name


def _formal(country: Country) -> str:
    text = country["formal"].partition(";")[0].strip()
    return "" if "(" in text or text.lower() in {"none", "conventional"} else text


def _bare(name: str, lang: str) -> str:
    """A name without its article, before it or in brackets after it."""
    text = re.sub(_ENDINGS, "", name.strip())
    article = _ARTICLES.get(lang)
    return re.sub(f"^{article}", "", text) if article else text


def _territory(name: str) -> list[str]:
    """CLDR's name, with another name in brackets: "Myanmar (Burma)"; without what tells two apart: "Виргинские о-ва (США)"."""
    if not name or " - " in name or "SAR" in name:
        return []
    before, _, inside = name.partition(" (") if " (" in name else name.partition("(")
    inside = inside.rstrip(")")
    if inside in _BURMA:
        return [before, inside]
    return [] if before in _TWO_TERRITORIES else [before]


def _demonyms(country: Country) -> Iterator[str]:
    """Adjectives, then nouns with their plural: "Afghan(s)", "Frenchman(men)", "Chinese (singular and plural)"."""
    yield from adjectives(country)
    for part in re.split(r"[,;/]| or ", country["demonym"]["noun"]):
        noun, _, ending = part.strip().partition("(")
        noun, ending = noun.strip(), ending.rstrip(")")
        if not re.fullmatch(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}", noun):
            continue
        noun = sided(noun, country)
        yield noun
        if ending in {"s", "es"}:
            yield noun + ending
        elif ending in {"men", "women"}:
            yield noun.removesuffix("man" if ending == "men" else "woman") + ending


def _capitals(data: list[Country]) -> Iterator[Row]:
    of = {name: country for country in data if (name := _capital(country))}
    cities = {lang: _cities(lang) for lang in ("en", "fr", "ar", "es", "ru")}
    for name, country in of.items():
        lat, lon = _PLACES.get(name, country["capital"]["lat_lon"])
        names: list[Name] = [(name, "en", FACTBOOK)]
        zone = next((zone for zone, city in cities["en"].items() if city == name), "")
        names += [
            (cities[lang][zone], lang, CLDR) for lang in ("fr", "ar", "es", "ru") if zone in cities[lang]
        ]
        names += [(also, lang, OWN) for lang, forms in ALSO_IN.items() for also in forms.get(name, ())]
        weak = tuple(form for form in names if form[0] in _OTHER_CITIES)
        names = [form for form in names if form not in weak]
        if name in _SHARED:
            names, weak = [(f"{name}, {country['title']}", "en", FACTBOOK)], tuple(_once(names))
        if name == "Washington, D.C.":
            names += [("Washington DC", "en", FACTBOOK), ("Washington D.C.", "en", FACTBOOK)]
            weak = (("Washington", "en", FACTBOOK),)
        yield Row(
            "place",
            tuple(_once(names)),
            weak,
            (),
            f"Capital of {with_article(country['title'])}.",
            f"{lat}, {lon}, city",
        )


def _capital(country: Country) -> str:
    """The capital, where the source names one city and nothing is disputed."""
    name = re.sub(r"\s*\([^)]*\)", "", country["capital"]["name"]).strip().removesuffix(" in Romanian")
    name = name if name == "Washington, D.C." else name.partition(", ")[0]
    alone = re.fullmatch(r"[A-Z][\w'’.-]+(?:,? [\w'’.-]+){0,3}", name)
    if (
        not alone
        or not country["sovereign"]
        or country["title"] in _NO_CAPITAL
        or not country["capital"]["lat_lon"]
    ):
        return ""
    return name


def _cities(lang: str) -> dict[str, str]:
    """Time zones by the city that names them, in a language."""
    zones = Locale(lang).time_zones
    found = {zone: str(names["city"]) for zone, names in zones.items() if "city" in names}
    if lang == "en":
        found |= {
            zone: zone.rpartition("/")[2].replace("_", " ")
            for zone in Locale("ar").time_zones
            if zone not in found
        }
    return found
