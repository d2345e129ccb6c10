"""The house rules: imports go down only and in no circle, and the pure rooms touch neither disk, clock, chance nor network."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import dossierkit

PACKAGE = Path(dossierkit.__file__).parent
# From the ground up. Rooms of one line are siblings and do not import each other.
FLOORS = (
    {"model"},
    {"text"},
    {"store", "ingest"},
    {"cache"},
    {"extract"},
    {"parallel", "merge"},
    {"evidence"},
    {"site"},
    {"check", "export"},
    {"theme"},
    {"build"},
    {"engines"},
    {"workflow"},
    {"desk"},  # decides through workflow as the terminal does; only its command knows that it is there
    {"cli"},
)
FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}
PURE = {"model", "text", "extract", "evidence", "site", "export"}
# What ships inside the package, and what other installed packages bring.
DATA_READERS = {"text/data.py", "extract/names/model.py", "model/extension.py"}
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


@dataclass
class Said:
    """What a module says that a rule asks for."""

    imports: list[str] = field(default_factory=list)
    calls: list[tuple[str, int]] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)


@cache
def said(path: Path) -> Said:
    """Each module is read once: its tree itself would be hundreds of times as large as this."""
    found = Said()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.imports += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.imports += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found.calls.append((name, node.lineno))
        elif isinstance(node, ast.ClassDef):
            found.classes.append(node.name)
    return found


def test_every_room_has_its_floor():
    rooms = {room(path) for path in MODULES}
    assert rooms <= FLOOR.keys()


def not_below(path: Path) -> list[str]:
    """What a module imports from a room that is not below its own."""
    here = room(path)
    rooms = {name: name.split(".")[1] for name in said(path).imports if name.startswith("dossierkit.")}
    return [
        name
        for name, other in rooms.items()
        if other in FLOOR and other != here and FLOOR[other] >= FLOOR[here]
    ]


def test_imports_go_down():
    assert any(name.startswith("dossierkit.") for path in MODULES for name in said(path).imports)
    assert {str(path): names for path in MODULES if (names := not_below(path))} == {}


def impure(path: Path) -> list[str]:
    """Modules that a module imports, and lines with calls, by which it would touch more than its arguments."""
    calls = (f"{path}:{line} calls {name}" for name, line in said(path).calls if name in FORBIDDEN_CALLS)
    return [*FORBIDDEN_MODULES.intersection(said(path).imports), *calls]


def test_pure_rooms_are_pure():
    pure = [path for path in MODULES if room(path) in PURE]
    assert any(said(path).calls for path in pure)
    readers = {path.relative_to(PACKAGE).as_posix(): impure(path) for path in pure}
    assert {name: found for name, found in readers.items() if found and name not in DATA_READERS} == {}


def test_only_engines_know_an_engine():
    for path in MODULES:
        if room(path) not in {"theme", "build", "engines", "workflow", "cli"}:
            assert not {"mkdocs", "zensical", "properdocs"}.intersection(
                name.split(".")[0] for name in said(path).imports
            )


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """Names that lead from one to the next and back to the first; [] where there are none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def test_no_module_imports_itself_by_way_of_others():
    """Imports for types count too: who reads one of the modules has to read the other."""
    modules = {module(path): path for path in PACKAGE.rglob("*.py")}
    graph = {}
    for name, path in modules.items():
        found = said(path).imports
        inner = {one for one in found if one in modules}
        inner -= {one.rpartition(".")[0] for one in inner}  # `from room import module` is the module alone
        graph[name] = inner - {name}
    assert circle(graph) == []


def test_no_script_imports_itself_by_way_of_others():
    assets = Path(__file__).resolve().parents[2] / "templates" / "assets" / "dossierkit"
    scripts = {path.relative_to(assets).as_posix(): path for path in assets.rglob("*.js")}
    graph = {
        name: {
            (path.parent / other).resolve().relative_to(assets.resolve()).as_posix()
            for other in re.findall(
                r"(?:from|import)\s*\(?\s*\"(\.[^\"]+)\"", path.read_text(encoding="utf-8")
            )
        }
        for name, path in scripts.items()
    }
    assert any(graph.values())
    assert circle(graph) == []


def test_a_class_name_means_one_thing():
    """Who reads a name, or searches for it, finds one class."""
    found = Counter(name for path in MODULES for name in said(path).classes)
    assert [name for name, number in found.items() if number > 1] == []


REFERENCE = re.compile(rf"`((?:{'|'.join(FLOOR)})(?:\.\w+)+)`")


def resolves(reference: str) -> bool:
    """Whether a dotted name, such as `build.manifest.Manifest`, is a module or what a module holds."""
    try:
        return pkgutil.resolve_name(f"dossierkit.{reference}") is not None
    except (ImportError, AttributeError):
        return False


def test_names_in_docstrings_are_there():
    settings = {"theme.language", "theme.features", "theme.icon", "theme.font"}
    found = {
        (reference, str(path.relative_to(PACKAGE)))
        for path in MODULES
        for reference in REFERENCE.findall(path.read_text(encoding="utf-8"))
        if reference not in settings and not reference.endswith((".py", ".yml", ".json", ".css", ".js"))
    }
    assert ("store.content.PageCache", "build/memory.py") in found
    assert sorted(pair for pair in found if not resolves(pair[0])) == []


def test_whoever_looks_for_a_command_finds_its_module():
    """The docstring of `workflow` names each module in it that has not the name of a command, and none that is gone."""
    docstring = (
        ast.get_docstring(ast.parse((PACKAGE / "workflow/__init__.py").read_text(encoding="utf-8"))) or ""
    )
    listed = set(re.findall(r"`([a-z_]+)`", docstring))
    commands = {path.stem for path in (PACKAGE / "cli").glob("*.py")}
    there = {path.stem for path in (PACKAGE / "workflow").iterdir()} - {"__init__", "__pycache__"}
    assert len(there) > 20
    assert sorted(there - commands - listed) == []
    assert sorted(listed - there - commands) == []


def test_missing_names_are_found():
    assert resolves("store.content.PageCache")
    assert not resolves("store.content.Shelf")
    assert not resolves("store.contents")


def test_circles_are_found():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
    assert circle({"a": {"b"}, "b": {"c"}}) == []
