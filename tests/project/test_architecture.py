"""The house rules: imports go down only, and the pure rooms touch neither disk, clock, chance nor network."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dossierkit

PACKAGE = Path(dossierkit.__file__).parent
# From the ground up. Rooms of one line are siblings and do not import each other.
FLOORS = (
    {"model"},
    {"text"},
    {"store", "ingest"},
    {"extract"},
    {"candidates"},
    {"compile"},
    {"merge", "check", "export"},
    {"engines"},
    {"commands"},
    {"cli"},
)
FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}
PURE = {"model", "text", "extract", "candidates", "compile", "export"}
DATA_READERS = {"text/data.py", "extract/names/model.py"}  # what ships inside the package
FORBIDDEN_CALLS = {
    "open",
    "today",
    "now",
    "utcnow",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "getenv",
}
FORBIDDEN_MODULES = {
    "random",
    "time",
    "os",
    "socket",
    "urllib.request",
    "subprocess",
    "pathlib",
    "shutil",
    "uuid",
}

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def test_every_room_has_its_floor():
    rooms = {room(path) for path in MODULES}
    assert rooms <= FLOOR.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path):
    here = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "dossierkit" and len(parts) > 1 and parts[1] in FLOOR and parts[1] != here:
            assert FLOOR[parts[1]] < FLOOR[here], f"{here} imports {name}, which is not below it"


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if room(path) in PURE],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_pure_rooms_are_pure(path):
    if path.relative_to(PACKAGE).as_posix() in DATA_READERS:
        return
    assert not FORBIDDEN_MODULES.intersection(imports(path))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert name not in FORBIDDEN_CALLS, f"line {node.lineno} calls {name}"


def test_only_engines_know_an_engine():
    for path in MODULES:
        if room(path) not in {"engines", "commands", "cli"}:
            assert not {"mkdocs", "zensical", "properdocs"}.intersection(
                name.split(".")[0] for name in imports(path)
            )
