"""RO-Crate metadata (https://www.researchobject.org/ro-crate/specification/1.1/) of the data files.

Archives of research data read `ro-crate-metadata.json`, and need nothing else of the site than this folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from dossierkit.evidence import visibility
from dossierkit.export.dataset import Dataset, days
from dossierkit.site.jsonld.terms import known

NAME = "ro-crate-metadata.json"
_VERSION = "https://w3id.org/ro/crate/1.1"
_RIGHTS, _MAKER = "#rights", "#maker"

Entity = dict[str, Any]


class CrateFile(NamedTuple):
    """A file by path from the folder of the crate. `title`: its contents; `standard`: its specification."""

    path: str
    title: str
    media_type: str
    standard: tuple[str, str]


def crate(data: Dataset, files: Sequence[CrateFile], rights: Sequence[str]) -> str:
    """The metadata of a folder with these files. `rights`: the rights statements of the sources."""
    graph = [
        {
            "@id": NAME,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _VERSION},
        },
        _root(data, files),
        *_held(files),
        {
            "@id": _RIGHTS,
            "@type": "CreativeWork",
            "name": data.t("data_rights"),
            "description": "\n".join((data.t("data_rights_text"), *rights)),
        },
        _maker(data),
    ]
    said = {"@context": f"{_VERSION}/context", "@graph": graph}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _root(data: Dataset, files: Sequence[CrateFile]) -> Entity:
    site = data.site.publication
    return dict(
        known(
            {
                "@id": "./",
                "@type": "Dataset",
                "name": f"{data.site.name} · {data.t('data')}",
                "description": site.description or data.t("data_what"),
                "url": data.address("data/index.md") if site.address else "",
                "inLanguage": data.t.lang,
                "datePublished": _newest(data),
                "license": {"@id": _RIGHTS},
                "author": {"@id": _MAKER},
                "publisher": {"@id": _MAKER},
                "hasPart": [{"@id": part} for part in _parts(files)],
            }
        )
    )


def _maker(data: Dataset) -> Entity:
    site = data.site.publication
    address = site.publisher.url or site.address
    name = site.publisher.name or data.site.name
    return dict(known({"@id": _MAKER, "@type": "Organization", "name": name, "url": address}))


def _newest(data: Dataset) -> str:
    """The latest day in pages: of a correction, an arrival, or an article itself (no clock is used).

    Of vague dates their first day.
    """
    corrected = (item.date for _, page in visibility.pages_of(data.content) for item in page.corrections)
    articles = [article.page for article in data.articles()]
    dated = (date for page in articles for date in (page.date, page.arrived))
    return max((days(date)[0] for date in (*corrected, *dated)), default="")


def _parts(files: Sequence[CrateFile]) -> Iterator[str]:
    """The contents of the folder: files, and each folder once."""
    yield from dict.fromkeys(f"{folder}/" if folder else file.path for file, folder in _placed(files))


def _placed(files: Sequence[CrateFile]) -> Iterator[tuple[CrateFile, str]]:
    for file in files:
        yield file, file.path.rpartition("/")[0]


def _held(files: Sequence[CrateFile]) -> Iterator[Entity]:
    """Each file, and each folder with its contents."""
    folders: dict[str, list[CrateFile]] = {}
    for file, folder in _placed(files):
        if folder:
            folders.setdefault(folder, []).append(file)
        yield _file(file)
    for folder, held in folders.items():
        yield {
            "@id": f"{folder}/",
            "@type": "Dataset",
            "name": held[0].title,
            "description": held[0].standard[0],
            "hasPart": [{"@id": file.path} for file in held],
        }
    for address, name in {file.standard[1]: file.standard[0] for file in files}.items():
        if address:
            yield {"@id": address, "@type": "CreativeWork", "name": name}


def _file(file: CrateFile) -> Entity:
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.path.rpartition("/")[2],
        "description": file.title,
        "encodingFormat": file.media_type,
        **({"conformsTo": {"@id": file.standard[1]}} if file.standard[1] else {}),
    }
