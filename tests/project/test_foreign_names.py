"""What the package takes from MkDocs, Jinja and MarkupSafe: what an upgrade of theirs may change, and nothing that is private."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "scripts" / "dossierkit"
THEIRS = ("mkdocs", "jinja2", "markupsafe", "material", "properdocs", "zensical")
WORDS = ("_current_page", "__class__", "code_generator_class")
TAKEN = {
    "jinja2": {
        "",
        "BytecodeCache",
        "Environment",
        "Template",
        "TemplateError",
        "TemplateSyntaxError",
        "nodes",
    },
    "jinja2.bccache": {"Bucket"},
    "jinja2.ext": {"Extension"},
    "jinja2.visitor": {"NodeTransformer"},
    "markupsafe": {"Markup", "escape"},
    "mkdocs": {"utils"},
    "mkdocs.commands.build": {"get_context"},
    "mkdocs.config": {"config_options", "load_config"},
    "mkdocs.config.base": {"Config", "ConfigErrors", "ConfigWarnings"},
    "mkdocs.config.defaults": {"MkDocsConfig"},
    "mkdocs.exceptions": {"Abort", "BuildError", "ConfigurationError", "MkDocsException", "PluginError"},
    "mkdocs.livereload": {"LiveReloadServer"},
    "mkdocs.plugins": {"BasePlugin", "CombinedEvent", "event_priority", "get_plugin_logger"},
    "mkdocs.structure.files": {
        "File",
        "Files",
        "InclusionLevel",
        "file_sort_key",
        "get_files",
        "set_exclusions",
    },
    "mkdocs.structure.nav": {"Navigation", "Section", "get_navigation"},
    "mkdocs.structure.pages": {"Page"},
    "mkdocs.structure.toc": {"TableOfContents"},
    "mkdocs.utils.templates": {"TemplateContext"},
}


def imports(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """(module, name, alias) of each import of theirs; the name is empty where the module itself is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found = [(one.name, "", one.asname or one.name) for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            found = [(node.module or "", one.name, one.asname or one.name) for one in node.names]
        else:
            continue
        yield from (one for one in found if one[0].partition(".")[0] in THEIRS)


def private(name: str) -> bool:
    return any(
        part.startswith("_") and not (part.startswith("__") and part.endswith("__"))
        for part in name.split(".")
    )


def wrong(source: str) -> list[str]:
    """What a module does with theirs that an upgrade may break without a word."""
    tree = ast.parse(source)
    taken = list(imports(tree))
    found = [f"{module}.{name}" for module, name, _ in taken if private(module) or private(name)]
    found += [
        module for module, name, _ in taken if module == "jinja2.compiler" or name == "code_generator_class"
    ]
    aliases = {alias for _, _, alias in taken}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and private(node.attr) and ast.unparse(node.value) in aliases:
            found.append(ast.unparse(node))
        if isinstance(node, ast.Attribute) and node.attr == "_current_page":
            found.append(ast.unparse(node))
        if isinstance(node, ast.Attribute) and node.attr == "__class__" and isinstance(node.ctx, ast.Store):
            found.append(f"{ast.unparse(node)} =")
        if isinstance(node, ast.Name) and node.id == "code_generator_class":
            found.append(node.id)
    return found


def modules() -> Iterator[tuple[str, str]]:
    """(path, source) of those with any of the words that are looked for: the others need not be parsed."""
    for file in sorted(PACKAGE.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if any(word in source for word in (*THEIRS, *WORDS)):
            yield file.relative_to(PACKAGE).as_posix(), source


def test_nothing_private_of_theirs_is_used():
    assert {path: found for path, source in modules() if (found := wrong(source))} == {}


def test_what_is_taken_from_them_is_listed():
    taken: dict[str, set[str]] = {}
    for _, source in modules():
        for module, name, _ in imports(ast.parse(source)):
            taken.setdefault(module, set()).add(name)
    assert taken == TAKEN


@pytest.mark.parametrize(
    "source",
    [
        "from markupsafe._speedups import _escape_inner",
        "import mkdocs.commands.build as engine\nengine._populate_page(page)",
        "from mkdocs.structure import pages\npages._RelativePathTreeprocessor",
        "from jinja2.compiler import CodeGenerator",
        "import jinja2\nclass E(jinja2.Environment):\n    code_generator_class = Own",
        "page.__class__ = Watched",
        "config._current_page = page",
    ],
)
def test_the_search_for_what_is_private_finds_it(source):
    assert wrong(source)
