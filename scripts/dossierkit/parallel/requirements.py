"""Versions on which results depend besides their input; workers of a cluster must have the same."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

import dossierkit
from dossierkit.cache.fingerprint import installed_version
from dossierkit.store.packaged import packaged_templates

if TYPE_CHECKING:
    from dossierkit.model.finding import NameFinder

Requirements = Mapping[str, str]
NAMES = "the name model"
_LIBRARIES = (
    "babel", "charset-normalizer", "htmldate", "jinja2", "lxml", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "nh3", "numpy", "onnxruntime",
    "py3langid", "pymdown-extensions", "python-frontmatter", "pyyaml", "resvg-py", "trafilatura",
)  # fmt: skip
_COUNTED = frozenset(
    {".css", ".html", ".js", ".json", ".md", ".onnx", ".py", ".ttf", ".txt", ".woff2", ".xml", ".yml"}
)
# Difficult names, so that a model run in another way gives other results.
_SPECIMEN = (
    "Talks between Mona Example and the Northern River Commission broke off in Old Harbour on Sunday, al-Karim said.",
    "Washington's envoy Jean de la Tour, a former head of Save the Rivers, left Lake Constance for St Petersburg.",
    "The Ministry of Waterways and Alpha Bank sued J. P. Sample; Judge May Rivers of the High Court sat in Jordan.",
)


class UnlikeError(click.UsageError):
    """A worker could give other results than this machine; the message says what differs and what to do."""


def python(version_info: str) -> str:
    """The relevant part of a Python version: `3.12 cpython` of `3.12.1.final.0`."""
    return f"{'.'.join(version_info.split('.')[:2])} {sys.implementation.name}"


@cache
def installed() -> Requirements:
    """Versions here, by name."""
    return {
        "Dossierkit": dossierkit.__version__,
        "files of Dossierkit": _files(),
        "Python": python(".".join(map(str, sys.version_info))),
        "system": sys.platform,
        **{name: installed_version(name) for name in _LIBRARIES},
    }


def name_finding(finder: NameFinder | None) -> Requirements:
    """The same for name finding, with its result for a few sentences, since processors can differ too."""
    from dossierkit.extract.names.spacy_names import version_of  # noqa: PLC0415 -- heavy

    found = finder.find(*_specimen()) if finder else ()
    spans = json.dumps([[start, end, kind] for start, end, kind, _ in found])
    return {NAMES: f"{version_of(finder)}, finding {_digest(spans.encode())}"}


def _specimen() -> tuple[str, list[tuple[int, int]]]:
    starts = [sum(len(sentence) + 1 for sentence in _SPECIMEN[:at]) for at in range(len(_SPECIMEN))]
    spans = [(start, start + len(sentence)) for start, sentence in zip(starts, _SPECIMEN, strict=True)]
    return " ".join(_SPECIMEN), spans


def compare(here: Requirements, there: Requirements, worker: str) -> None:
    """Raises UnlikeError if a worker differs."""
    unlike = tuple(_unlike(here, there))
    if unlike:
        raise UnlikeError(
            f"the worker {worker} was refused, since its results could differ: {'; '.join(unlike)}. Install there what is "
            "installed here, and start it again"
        )


def _unlike(here: Requirements, there: Requirements) -> Iterator[str]:
    for name, value in here.items():
        if there.get(name) != value:
            yield f"{name} is {there.get(name) or 'missing'} there, {value or 'missing'} here"


def _files() -> str:
    package = Path(dossierkit.__file__).parent
    files = [(file.relative_to(package).as_posix(), file) for file in package.rglob("*")]
    templates = packaged_templates()
    files += [(f"templates/{file.relative_to(templates).as_posix()}", file) for file in templates.rglob("*")]
    counted = sorted({name: file for name, file in files if file.suffix in _COUNTED}.items())
    return _digest("".join(f"{name} {_digest(file.read_bytes())}\n" for name, file in counted).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
