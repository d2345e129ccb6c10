"""Writes scripts/dossierkit/data/packs/: `python packs/make_packs.py COUNTRIES.jsonl`. README.md says from what.

Same input and the same release of Babel: same bytes. What cannot be read with certainty is left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from countries import countries
from governments import governments
from parties import parties
from rows import CLDR, FACTBOOK, OWN, UN_TERMS, Row, read

from dossierkit.text.fold import fold, slug

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "scripts" / "dossierkit" / "data" / "packs"
WRITTEN = ("un", "organisations", "media", "syria", "companies")
SOURCES: dict[str, dict[str, str]] = {
    FACTBOOK: {
        "name": "The World Factbook",
        "date": "2026-05",
        "licence": "public domain (CC0 1.0)",
        "url": "https://github.com/factbook/factbook.json",
    },
    UN_TERMS: {
        "name": "Country codes and names in UN terminology (datasets/country-codes)",
        "date": "2026-05",
        "licence": "ODC PDDL 1.0",
        "url": "https://github.com/datasets/country-codes",
    },
    CLDR: {
        "name": "Unicode CLDR",
        "date": "2026",
        "licence": "Unicode License v3",
        "url": "https://cldr.unicode.org",
    },
    OWN: {"name": "Dossierkit", "date": "2026-05", "licence": "MIT", "url": ""},
}


def main() -> None:
    """Write every pack; names that a pack before has are left out, so that all of them can be used together."""
    data = read(Path(sys.argv[1]))
    packs: dict[str, tuple[str, Iterable[Row]]] = {
        "countries": ("Countries and territories with their people's names, and capitals", countries(data)),
        **{name: written(name) for name in WRITTEN},
        "governments": ("Governments, legislatures, heads of state and of government", governments(data)),
        "parties": ("Political parties", parties(data)),
    }
    claimed: dict[str, str] = {}
    ids: set[str] = set()
    OUT.mkdir(exist_ok=True)
    for name, (title, rows) in packs.items():
        kept = list(unclaimed(list(rows), claimed, ids))
        text = "".join(f"{line}\n" for line in lines(name, title, kept))
        (OUT / f"{name}.jsonl").write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {len(kept)} records, {len(text.encode()):,} bytes")


_LANGUAGES = (
    "en",
    "fr",
    "ar",
    "es",
    "de",
    "it",
    "pt",
    "nl",
    "ru",
    "uk",
    "tr",
    "am",
    "fa",
    "he",
    "hi",
    "ja",
    "ko",
    "my",
    "ur",
    "zh",
)


def written(name: str) -> tuple[str, Iterable[Row]]:
    """A pack that is written by hand: organisations, and towns, by their names in English, French and Arabic, the best known in more languages."""
    data = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return data["title"], [_row(record) for record in data["records"]]


def _row(record: dict[str, Any]) -> Row:
    names = [(str(text), lang, OWN) for lang in _LANGUAGES for text in record.get(lang) or ()]
    weak = [(str(text), _lang(str(text)), OWN) for text in record.get("weak", ())]
    same = (f"wikidata:{record['wikidata']}",) if "wikidata" in record else ()
    return Row(record.get("type", "organization"), tuple(names), tuple(weak), same)


def _lang(text: str) -> str:
    return "ar" if any("\u0600" <= char <= "\u06ff" for char in text) else ""


def _acronym(name: str) -> bool:
    """Whether a name is so short that it may be anybody's; Russian and Ukrainian write three letters of their own: "США", "ООН"."""
    return len(name) <= 3 and name.isupper() and name.isascii()


def unclaimed(rows: list[Row], claimed: dict[str, str], ids: set[str]) -> Iterator[Row]:
    """The rows with names that no row before them has; titles are claimed before aliases."""
    titles = {fold(row.names[0][0]): row for row in reversed(rows)}
    for row in rows:
        title = fold(row.names[0][0])
        if title in claimed or titles[title] is not row:
            continue
        claimed[title] = row.names[0][0]
        strong = [row.names[0]]
        for name in row.names[1:]:
            key = fold(name[0])
            own = claimed.get(key) == row.names[0][0] and name[0] != row.names[0][0]  # other capitals
            if own or (key not in claimed and key not in titles):
                claimed[key] = row.names[0][0]
                strong.append(name)
        bare = [name for name in strong[1:] if _acronym(name[0])]  # they need company
        strong = [name for name in strong if name not in bare]
        seen = {fold(name[0]) for name in strong}
        weak = []
        for name in (*row.weak, *bare):
            if fold(name[0]) not in seen:
                seen.add(fold(name[0]))
                weak.append(name)
        id_ = next(
            id_
            for id_ in (slug(row.names[0][0]), *(f"{slug(row.names[0][0])}-{n}" for n in range(2, 9)))
            if id_ not in ids
        )
        ids.add(id_)
        yield Row(
            row.type, tuple(strong), tuple(weak), row.same_as, row.description, row.location, id_, row.titles
        )


def lines(name: str, title: str, rows: list[Row]) -> Iterator[str]:
    """The pack's lines: its head, then a record each, by id."""
    used = [
        key for key in SOURCES if any(source == key for row in rows for *_, source in (*row.names, *row.weak))
    ]
    date = max(SOURCES[key]["date"] for key in used if len(SOURCES[key]["date"]) > 4)
    sources = [{field: value for field, value in SOURCES[key].items() if value} for key in used]
    yield _json({"pack": name, "title": title, "date": date, "sources": sources})
    place = {key: at for at, key in enumerate(used)}
    for row in sorted(rows, key=lambda one: one.id):
        record: dict[str, Any] = {"id": row.id, "type": row.type}
        record["names"] = [[text, lang, place[source]] for text, lang, source in row.names]
        if row.titles is not None:
            record["titles"] = {lang: name for lang, name in row.titles.items() if _kept(row, name, lang)}
        for field, values in (
            ("weak", [[text, lang, place[source]] for text, lang, source in row.weak]),
            ("same_as", list(row.same_as)),
        ):
            record |= {field: values} if values else {}
        record |= {
            field: value
            for field, value in (("description", row.description), ("location", row.location))
            if value
        }
        yield _json(record)


def _kept(row: Row, name: str, lang: str) -> bool:
    """Whether a name is still one of the record's in the language, or its English title."""
    return name == row.names[0][0] or any((text, tagged) == (name, lang) for text, tagged, _ in row.names)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
