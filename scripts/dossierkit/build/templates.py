"""The fragments that pages are made of, as Jinja templates of one language.

What the interface says is known when a template is read: `t("articles")` becomes part of its text there, and is not asked
for again on every page.
"""

from __future__ import annotations

import operator
from collections.abc import MutableMapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from dossierkit.build.bytecode import Bytecode
from dossierkit.site.interface import Template
from dossierkit.site.strings import Strings

_STRINGS = "t"
_SAYS = ("lang", "dir")
_SAFE = frozenset({Markup, int, float})

try:
    from markupsafe._speedups import _escape_inner as _plain
except ImportError:  # built without it, or older

    def _plain(text: str, /) -> str:
        return str(escape(text))


def fragments(folders: Sequence[Path], strings: Strings, bytecode: Bytecode | None = None) -> Template:
    """Renders a fragment by its name, from the first of the folders that has it. `bytecode`: what was compiled before."""
    environment = _Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=bytecode and bytecode.within(repr((strings.lang, sorted(strings.overrides.items())))),
    )
    environment.globals[_STRINGS] = strings

    template = cache(environment.get_template)
    return lambda name, values: template(name).render(values)


def escaped(value: object) -> str:
    """The value as HTML: what `markupsafe.escape` makes of it, without an object made for each."""
    if type(value) is str:
        return _plain(value)
    return str(value) if type(value) in _SAFE else str(escape(value))


class _Spoken(CodeGenerator):
    """Writes a template's code with the strings filled in that do not depend on a page."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        own = any(name.name == _STRINGS and name.ctx != "load" for name in node.find_all(nodes.Name))
        super().visit_Template(node if own else _Filled(self.environment).visit(node), frame)
        self.writeline("call = environment.call")
        self.writeline(
            "escape = environment.escaped"
        )  # takes the place of the name that the code has imported

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - as above
        """Nothing that fragments call wants to be given their context: Jinja need not look for that each time."""
        if forward_caller:
            super().visit_Call(node, frame, forward_caller=True)
            return
        self.write("call(")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")


class _Environment(jinja2.Environment):
    code_generator_class = _Spoken
    escaped = staticmethod(escaped)
    call: Any = staticmethod(operator.call)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As one mapping: Jinja's chain of them is slow to copy, as it is for every page."""
        return {**self.globals, **(d or {})}


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
