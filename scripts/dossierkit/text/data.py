"""Data files of the package: facts as YAML, geometry as JSON; each read once."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, of libyaml where that is there: PyYAML's own takes hours for some kilobytes of open brackets."""
TEXTS_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The same, for nothing but texts, lists and mappings."""


@cache
def load(name: str) -> Any:  # noqa: ANN401 - each file has its own shape, stated in its head
    """The parsed YAML file `dossierkit/data/<name>.yml`. The result is shared: do not change it."""
    source = files("dossierkit") / "data" / f"{name}.yml"
    return yaml.load(source.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - it is a safe loader


@cache
def beside(package: str, name: str) -> Any:  # noqa: ANN401 - as above
    """The parsed YAML file `<name>.yml` in the folder of a package, {} if there is none.

    The result is shared: do not change it.
    """
    source = files(package) / f"{name}.yml"
    return yaml.load(source.read_text(encoding="utf-8"), Loader=LOADER) if source.is_file() else {}  # noqa: S506 - as above


@cache
def names(folder: str) -> tuple[str, ...]:
    """Names of the YAML files in `dossierkit/data/<folder>`, sorted, in the form that `load` takes after the folder."""
    found = (file.name for file in (files("dossierkit") / "data" / folder).iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in found if name.endswith(".yml")))


@cache
def geometry(name: str) -> Any:  # noqa: ANN401 - as above
    """The parsed JSON file `dossierkit/data/<name>.json`. The result is shared: do not change it."""
    return json.loads((files("dossierkit") / "data" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def packs() -> tuple[str, ...]:
    """Names of the built-in starter packs, sorted."""
    found = (file.name for file in (files("dossierkit") / "data" / "packs").iterdir())
    return tuple(sorted(name.removesuffix(".jsonl") for name in found if name.endswith(".jsonl")))


def pack(name: str) -> str:
    """The text of a built-in starter pack; `store.packs` parses it."""
    return (files("dossierkit") / "data" / "packs" / f"{name}.jsonl").read_text(encoding="utf-8")
