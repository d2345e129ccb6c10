"""Every regular expression that the package compiles, as JSON lines on standard output. Run as a script by test_linear.

Functions of `re` are wrapped before the package is imported; then all of it is imported, and whatever compiles
expressions while it runs (grammars, word lists) is run. How an expression is applied is read from the source.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_FUNCTIONS = ("compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
_ANCHORED = frozenset({"match", "fullmatch"})
_FOUND: dict[tuple[str | bytes, int], dict[str, set[str]]] = {}
# What of the package needs an extra, or a system, that need not be there.
_OPTIONAL = {"distributed", "dask", "fsspec", "spacy", "zensical", "properdocs", "onnxruntime", "msvcrt"}


def _record(package: Path) -> None:
    for name in _FUNCTIONS:
        _wrap(name, getattr(re, name), package)


def _wrap(name: str, original: object, package: Path) -> None:
    def wrapped(pattern, *args, **kwargs):
        frame = sys._getframe(1)
        if isinstance(pattern, str | bytes) and Path(frame.f_code.co_filename).is_relative_to(package):
            flags = kwargs.get("flags", args[0] if name == "compile" and args else 0)
            place = f"{Path(frame.f_code.co_filename).relative_to(package).as_posix()}:{frame.f_lineno}"
            _FOUND.setdefault((pattern, int(flags)), {}).setdefault(place, set()).add(name)
        return original(pattern, *args, **kwargs)

    setattr(re, name, wrapped)


def _import_all() -> None:
    import dossierkit  # noqa: PLC0415

    modules = pkgutil.walk_packages(dossierkit.__path__, "dossierkit.")
    for module in (one for one in modules if not one.name.endswith(".__main__")):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in _OPTIONAL:
                raise


def _run() -> None:
    """What compiles expressions when it is called first: for each language, by its public functions."""
    from dossierkit.check.rules import entries, private  # noqa: PLC0415
    from dossierkit.extract import headings, tense  # noqa: PLC0415
    from dossierkit.extract.authority import build  # noqa: PLC0415
    from dossierkit.extract.pipeline import extract  # noqa: PLC0415
    from dossierkit.extract.timex.grammar import grammar  # noqa: PLC0415
    from dossierkit.model.source import Article  # noqa: PLC0415

    for lang in ("en", "fr", "ar", "any"):
        grammar(lang)
    texts = {
        "en": "Talks open\n\nThe Ministry said on 3 May 2016 that John Example, born in 1970, will leave in 2018.",
        "fr": "Réunion\n\nLe ministre Jean Exemple, né en 1970, a déclaré le 3 mai 2016 qu’il partira en 2018.",
        "ar": "محادثات\n\nقال الوزير محمد مثال المولود عام 1970 في 3 مايو 2016 إنه سيغادر عام 2018.",
    }
    known = build(())
    for lang, text in texts.items():
        extract(Article("a", text, "Talks", "2016-05-30", lang), known, None)
    for module in (entries, private, headings, tense):
        _call_makers(module)


def _call_makers(module: object) -> None:
    """Call the functions of a module that are annotated to return an expression: they take nothing or a language."""
    for function in list(vars(module).values()):
        if "re.Pattern" not in str(getattr(function, "__annotations__", {}).get("return", "")):
            continue
        taken = [name for name in function.__annotations__ if name != "return"]
        for lang in ("en", "fr", "ar") if taken else ("",):
            function(*([lang] if taken else []))


@cache
def _nodes(package: Path) -> list[tuple[str, list[ast.AST]]]:
    """(path, all nodes of the module, itself first) of every module that says `re.`: others have no expression of their own."""
    files = [
        (file.relative_to(package).as_posix(), file.read_text(encoding="utf-8"))
        for file in package.rglob("*.py")
    ]
    return [(path, list(ast.walk(ast.parse(text)))) for path, text in files if re.search(r"\bre\.", text)]


def _uses(package: Path) -> dict[str, set[str]]:
    """Name of an expression -> methods that are called on it, anywhere in the package."""
    uses: dict[str, set[str]] = {}
    for path, nodes in _nodes(package):
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                uses.setdefault(f"{path}:{node.value.id}", set()).add(node.attr)
    return uses


def _literals(package: Path) -> Iterator[tuple[str | bytes, int, str, str]]:
    """Expressions that are written out in the source and were not met: (pattern, flags, place, function)."""
    met = {place for places in _FOUND.values() for place in places}
    for path, nodes in _nodes(package):
        for node in nodes:
            called = node.func if isinstance(node, ast.Call) else None
            if (
                isinstance(called, ast.Attribute)
                and isinstance(called.value, ast.Name)
                and called.value.id == "re"
                and called.attr in _FUNCTIONS
                and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
            ):
                place = f"{path}:{node.lineno}"
                if place not in met:
                    yield _written(node.args[0]), 0, place, called.attr


def _written(node: ast.Constant | ast.JoinedStr) -> str | bytes:
    """An expression with `x` for every value that is put into it."""
    if isinstance(node, ast.Constant):
        return node.value
    return "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)


def _names(package: Path) -> dict[str, str]:
    """Places of `NAME = re.compile(...)` -> the key of `_uses`."""
    names: dict[str, str] = {}
    for path, (module, *_) in _nodes(package):
        for node in module.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                    names[f"{path}:{line}"] = f"{path}:{node.targets[0].id}"
    return names


def main() -> None:
    import dossierkit  # noqa: PLC0415

    package = Path(dossierkit.__file__).parent
    for name in [name for name in sys.modules if name.partition(".")[0] == "dossierkit"]:
        del sys.modules[name]
    _record(package)
    _import_all()
    _run()
    for pattern, flags, place, function in _literals(package):
        _FOUND.setdefault((pattern, flags), {}).setdefault(place, set()).add(function)
    uses, names = _uses(package), _names(package)
    for (pattern, flags), places in _FOUND.items():
        methods = set()
        for place, called in places.items():
            used = uses.get(names.get(place, ""), set()) & set(_FUNCTIONS)
            methods |= (used or {"search"}) if called == {"compile"} else called
            if "extract/timex/grammar" in place and "starts" not in place:
                methods = {"match"}
        anchored = bool(methods) and methods <= _ANCHORED
        text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
        line = {"pattern": text, "bytes": isinstance(pattern, bytes), "flags": flags, "anchored": anchored}
        sys.stdout.write(json.dumps({**line, "places": sorted(places)}) + "\n")


if __name__ == "__main__":
    main()
