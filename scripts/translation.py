"""Says what a translation of the interface lacks: `python scripts/translation.py es`. Nothing printed and exit code 0 if nothing."""

# ruff: noqa: T201 - a script that talks on the terminal

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from dossierkit.site.strings import category

DATA = Path(__file__).resolve().parent / "dossierkit" / "data"
MODELS = {"strings": "en", "desk": "en", "datewords": "en", "messages": "fr"}
"""The folders with a file for each language, and the complete file to compare with. English messages are in the code."""
_FIELD = re.compile(r"\{\w+")
_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_NONE: frozenset[str] = frozenset()
_MAY_SAY_IT_IN_WORDS = frozenset({"zero", "one", "two"})
_NOT_EVERYWHERE = frozenset({"{ordinal"})  # "القرن 19"
_COUNTED = range(1001)  # what a desk counts: it has the form `other` for numbers beyond


def lacks(lang: str, data: Path = DATA) -> Iterator[str]:
    """What is to be done, a line for each file, key and plural form."""
    grammar = _read(data / "strings" / f"{lang}.yml").get("grammar", {}).get("plural", {})
    try:
        common = frozenset(category(number, grammar) for number in _COUNTED)
    except ValueError as error:
        yield f"strings/{lang}.yml: grammar: {error}"
        return
    forms = {"strings": frozenset({*grammar, "other"}), "desk": common | {"other"}}
    for folder, model in MODELS.items():
        if folder == "messages" and lang == "en":
            continue
        file = data / folder / f"{lang}.yml"
        if not file.is_file():
            yield f"{folder}/{lang}.yml: no such file; copy {model}.yml and translate it"
            continue
        wanted, found = (_read(one) for one in (data / folder / f"{model}.yml", file))
        yield from (
            f"{folder}/{lang}.yml: {line}" for line in _differences(wanted, found, forms.get(folder, _NONE))
        )


def _read(file: Path) -> Mapping[str, Any]:
    found = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return found if isinstance(found, Mapping) else {}


def _differences(
    wanted: Mapping[str, Any], found: Mapping[str, Any], forms: frozenset[str], above: str = ""
) -> Iterator[str]:
    for key, model in wanted.items():
        path = f"{above}{key}"
        if isinstance(key, int) and key not in found:
            continue  # an ordinal of its own, as English has for 1, 2 and 3
        if path == "grammar" or (key not in found and not isinstance(model, Mapping)):
            yield from () if key in found else (f"{path}: missing",)
        elif isinstance(model, Mapping) and not isinstance(found.get(key, {}), Mapping):
            yield f"{path}: has keys of its own: {', '.join(map(str, model))}"
        elif isinstance(model, Mapping) and "other" in model and set(model) <= _CATEGORIES:
            yield from _counted(path, model, found.get(key, {}), forms)
        elif isinstance(model, Mapping):
            yield from _differences(model, found.get(key, {}), forms, f"{path}.")
        elif isinstance(model, str) and _fields(model) != _fields(str(found[key])):
            yield f"{path}: has {_listed(found[key])}, wanted {_listed(model)}"
    yield from (f"{above}{key}: nothing asks for it" for key in found if key not in wanted)


def _counted(
    path: str, model: Mapping[str, str], found: Mapping[str, str], forms: frozenset[str]
) -> Iterator[str]:
    """A form for each category of the language; those of small numbers may say the number in a word."""
    for form in sorted(forms - found.keys()):
        yield f"{path}.{form}: missing"
    for form, text in found.items():
        said = _fields(text) | ({"{n"} if form in _MAY_SAY_IT_IN_WORDS else set())
        if said != _fields(model["other"]) | ({"{n"} & said):
            yield f"{path}.{form}: has {_listed(text)}, wanted {_listed(model['other'])}"


def _fields(text: str) -> set[str]:
    return set(_FIELD.findall(text)) - _NOT_EVERYWHERE


def _listed(text: str) -> str:
    return " ".join(sorted(f"{field}}}" for field in _fields(str(text)))) or "no {value}"


if __name__ == "__main__":
    found = [line for lang in sys.argv[1:] for line in lacks(lang)]
    print("\n".join(found) if sys.argv[1:] else __doc__, end="\n" if found else "")
    sys.exit(1 if found or not sys.argv[1:] else 0)
