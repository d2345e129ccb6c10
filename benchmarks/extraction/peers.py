"""What other free packages find in the same documents. Runs in an environment of its own, without Dossierkit.

usage: peers.py SYSTEM IN.jsonl OUT.jsonl [--model NAME]

SYSTEM: spacy (names), dateparser, recognizers (dates). OUT has one line a document: {"id", "entities", "timexes"}.
Prints {"version", "bytes", "words", "per_cpu_second", ...} as JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from gold import Row, read, write
from one_core import one_core
from sizes import closure_bytes

Predict = Callable[[Row], Row]


def spacy_names(model: str, *, alone: bool) -> tuple[Predict, str, tuple[str, ...]]:
    """Entities of a spaCy pipeline; one name in one spelling and type is one entity. `alone`: nothing but names is looked for."""
    import spacy  # noqa: PLC0415

    nlp = spacy.load(model)
    if alone:
        nlp.select_pipes(enable=["tok2vec", "ner"])

    def predict(row: Row) -> Row:
        entities = [
            {
                "start": ent.start_char,
                "end": ent.end_char,
                "type": ent.label_,
                "entity": _key(ent.text, ent.label_),
            }
            for ent in nlp(row["text"]).ents
        ]
        return {"id": row["id"], "entities": entities}

    return predict, f"spaCy {spacy.__version__}, {model} {nlp.meta['version']}", ("spacy", model)


def _key(text: str, label: str) -> str:
    words = text.casefold().removesuffix("'s").removesuffix("’s").split()
    return f"{'LOC' if label in ('GPE', 'FAC') else label}:{' '.join(words[1:] if words[:1] == ['the'] else words)}"


def dateparser_dates() -> tuple[Predict, str, tuple[str, ...]]:
    """`search_dates` with the date of publication as base; every find is a day."""
    from dateparser.search import search_dates  # noqa: PLC0415

    def predict(row: Row) -> Row:
        settings = {"RELATIVE_BASE": _base(row)}
        found, at, timexes = search_dates(row["text"], languages=["en"], settings=settings) or [], 0, []
        for words, moment in found:
            start = row["text"].find(words, at)
            if start >= 0:
                at = start + len(words)
                timexes.append(
                    {"start": start, "end": at, "type": "DATE", "value": moment.date().isoformat()}
                )
        return {"id": row["id"], "timexes": timexes}

    return predict, f"dateparser {distribution('dateparser').version}", ("dateparser",)


def recognizers_dates() -> tuple[Predict, str, tuple[str, ...]]:
    """`recognize_datetime` with the date of publication as reference; of two readings the past one, as news has it."""
    from recognizers_date_time import recognize_datetime  # noqa: PLC0415

    def predict(row: Row) -> Row:
        found = recognize_datetime(row["text"], "en-us", reference=_base(row))
        timexes = [
            {"start": one.start, "end": one.end + 1, "type": _TYPES.get(kind, "DATE"), "value": value}
            for one in found
            for kind, value in _first_reading(one.resolution or {})
        ]
        return {"id": row["id"], "timexes": timexes}

    name = "recognizers-text-date-time"
    return predict, f"recognizers-text {distribution(name).version}", (name,)


_TYPES = {"duration": "DURATION", "set": "SET", "time": "TIME", "timerange": "TIME", "datetime": "TIME"}


def _first_reading(resolution: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(kind, value as TIMEX3 has it) of the first reading."""
    readings = resolution.get("values") or []
    if readings:
        one = readings[0]
        timex, kind = one.get("timex", ""), one.get("type", "")
        if "X" not in timex and not timex.startswith("("):
            yield kind, timex
        else:
            said = one.get("value") or one.get("start") or timex
            size = 7 if kind == "daterange" and timex.count("-") == 1 else 10
            yield kind, timex if said == "not resolved" else said[:size]


def _base(row: Row) -> datetime:
    """The date of publication; where it is unknown, that of a document far from all dates meant."""
    return datetime.fromisoformat((row.get("published") or "1900-01-01")[:10])


def main() -> None:
    one_core()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("system", choices=("spacy", "dateparser", "recognizers"))
    parser.add_argument("documents", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--model", default="en_core_web_sm")
    parser.add_argument("--names-alone", action="store_true")
    given = parser.parse_args()
    makers = {"dateparser": dateparser_dates, "recognizers": recognizers_dates}
    predict, version, needs = (
        spacy_names(given.model, alone=given.names_alone)
        if given.system == "spacy"
        else makers[given.system]()
    )
    rows = read(given.documents)
    predict(rows[0])
    start = time.process_time()
    write(given.out, [predict(row) for row in rows])
    taken, words = time.process_time() - start, sum(len(row["text"].split()) for row in rows)
    said = {
        "version": version,
        "bytes": closure_bytes(needs),
        "words": words,
        "per_cpu_second": words / taken,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
