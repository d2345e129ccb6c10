"""The fragments that pages are made of, as Jinja templates of one language.

What the interface says is known when a template is read: `t("articles")` becomes part of its text there, and is not asked
for again on every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

from dossierkit.compile.site import Template
from dossierkit.compile.strings import Strings

_STRINGS = "t"
_SAYS = ("lang", "dir")


def fragments(folders: Sequence[Path], strings: Strings) -> Template:
    """Renders a fragment by its name, from the first of the folders that has it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals[_STRINGS] = strings
    environment.code_generator_class = _Spoken
    template = cache(environment.get_template)
    return lambda name, values: template(name).render(values)


class _Spoken(CodeGenerator):
    """Writes a template's code with the strings filled in that do not depend on a page."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        own = any(name.name == _STRINGS and name.ctx != "load" for name in node.find_all(nodes.Name))
        super().visit_Template(node if own else _Filled(self.environment).visit(node), frame)


class _Filled(NodeTransformer):
    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        self._strings = cast("Strings", environment.globals[_STRINGS])

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as above
        found = self.generic_visit(node)
        if not (isinstance(node.node, nodes.Name) and node.node.name == _STRINGS):
            return found
        try:
            values = {pair.key: pair.value.as_const() for pair in node.kwargs}
            return self._constant(node, self._strings(*(one.as_const() for one in node.args), **values))
        except (nodes.Impossible, KeyError):  # a key that there is not is missed where it is used
            return found

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 - as above
        found = self.generic_visit(node)
        plain = isinstance(node.node, nodes.Name) and node.node.name == _STRINGS and node.attr in _SAYS
        return self._constant(node, getattr(self._strings, node.attr)) if plain else found

    def _constant(self, node: nodes.Expr, text: str) -> nodes.Const:
        return nodes.Const(text, lineno=node.lineno, environment=self._environment)
