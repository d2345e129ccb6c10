"""Whether programs of the research-data world take the folder of data files for an RO-Crate: the library that tools build on, and the
validator of the specification.

The validator would fetch the vocabulary from the web; it is given that of the library, which knows every term of the older version too.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from consumers.frame import Built, Row, python_version

_VOCABULARY = "https://w3id.org/ro/crate/1.1/context"


def rows(built: Built) -> Iterator[Row]:
    there = sum(file.is_file() and file.suffix != ".html" for file in built.exports.rglob("*"))
    yield Row(
        "rocrate",
        python_version("rocrate"),
        "files of the folder `data/` that it finds described",
        there - 1,
        _found(built),
    )
    failed = sorted(set(_failed(built)))
    yield Row(
        "roc-validator",
        python_version("roc-validator"),
        "requirements of RO-Crate 1.1, and recommendations, that are not met",
        "0, 0",
        f"{sum(level == 'REQUIRED' for level, _ in failed)}, {sum(level == 'RECOMMENDED' for level, _ in failed)}",
        note="; ".join(text for _, text in failed),
    )


def _found(built: Built) -> int:
    from rocrate.rocrate import ROCrate  # noqa: PLC0415 - of the programs' environment

    held = ROCrate(built.exports).data_entities
    return sum(one.type == "File" and (built.exports / one.id).is_file() for one in held)


def _failed(built: Built) -> Iterator[tuple[str, str]]:
    """How much each rule that is broken is asked for, and what it says."""
    from rocrate_validator import models, services  # noqa: PLC0415 - of the programs' environment
    from rocrate_validator.utils.http import HttpRequester  # noqa: PLC0415 - as above

    HttpRequester.get = lambda _, address, **__: _answer(address)
    settings = services.ValidationSettings(
        rocrate_uri=str(built.exports),
        profile_identifier="ro-crate-1.1",
        requirement_severity=models.Severity.RECOMMENDED,
        no_cache=True,
    )
    for issue in services.validate(settings).get_issues():
        yield issue.severity.name, f"{issue.check.identifier}: {issue.message}"


def _answer(address: str) -> Any:  # noqa: ANN401 - of a library that is there only then
    from requests import Response  # noqa: PLC0415 - of the programs' environment

    found = Response()
    found.status_code = 200 if address == _VOCABULARY else 404
    found.headers["Content-Type"] = "application/ld+json"
    found._content = (files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()  # noqa: SLF001 - it has no other way in
    return found
