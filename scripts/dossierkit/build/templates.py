"""The templates of page fragments: a Jinja environment for one language.

Strings of the interface are inserted when a template is compiled: `t("articles")` becomes text, and is not looked up for each
page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any, cast

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from dossierkit.build.bytecode import Bytecode
from dossierkit.site.strings import Strings
from dossierkit.text.language import tag_of

if TYPE_CHECKING:
    from collections.abc import Callable

_STRINGS = "t"
_SAYS = ("lang", "dir")
_SAFE = frozenset({Markup, int, float})
_NOTHING = Markup("")
_special = re.compile("[&<>'\"]").search
_same_direction = re.compile(r"[A-Za-z\u00c0-\u024f][ -~\u00c0-\u024f\u2019]*").fullmatch
_indented = re.compile(r"(\s)\s+")
_BLOCK = r"</?(?:article|aside|blockquote|details|div|figcaption|figure|footer|header|li|nav|ol|p|section|summary|table|tbody|thead|tr|ul)\b"
_between = re.compile(rf"(?<=>)\s(?={_BLOCK})|({_BLOCK}[^<>]*>)\s(?=<)")
"""A space at the edge of an element that stands on lines of its own, next to another tag: no reader sees it."""


class Fragments:
    """Implements `site.interface.Template`: renders a template by its name."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        self._template = cache(environment.get_template)

    def __call__(self, name: str, values: Mapping[str, Any]) -> str:
        return self._template(name).render(values)

    def compile(self) -> None:
        """Compile all templates, so that processes forked later share them. A fault in one is reported when it is used."""
        for name in self._environment.list_templates(extensions=["html"]):
            with suppress(jinja2.TemplateError, UnicodeDecodeError):
                self._environment.get_template(name)


def fragments(folders: Sequence[Path], strings: Strings, bytecode: Bytecode | None = None) -> Fragments:
    """The templates of these folders; the first that has a template is used.

    `bytecode`: cache of compiled templates.
    """
    environment = _Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=bytecode and bytecode.within(repr((strings.lang, sorted(strings.overrides.items())))),
    )
    environment.globals[_STRINGS] = strings
    environment.filters["lang_of"] = lambda text, known="": _lang_of(text, strings.lang, known)

    environment.filters["isolated"] = lambda text, known="": _isolated(text, strings, known)
    environment.filters["in_text"] = _in_text

    return Fragments(environment)


def _in_text(text: str) -> Markup:
    """Escaped for the text of an element, where quotation marks need not be."""
    return Markup(text if _special(text) is None else html.escape(text, quote=False))  # noqa: S704 - escaped


def _lang_of(text: str, here: str, known: str) -> Markup:
    """The attribute for a name in another script than the page's, with a space before it; empty for others."""
    tag = tag_of(str(text), here, known)
    return Markup(' lang="{}"').format(tag) if tag else _NOTHING


def _isolated(text: str, strings: Strings, known: str) -> Markup:
    """A name in an element of its own direction and language, unless both are certainly the page's: Latin from the first letter on."""
    lang = _lang_of(text, strings.lang, known)
    alike = strings.dir == "ltr" and not lang and _same_direction(text)
    return escape(text) if alike else Markup("<bdi{}>{}</bdi>").format(lang, text)


def escaped(value: object) -> str:
    """The same text as `markupsafe.escape`, without making an object for each value."""
    if type(value) is str:
        return value if _special(value) is None else str(escape(value))
    return str(value) if type(value) in _SAFE else str(escape(value))


class _Template(jinja2.Template):
    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 -- Jinja's name
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        """Replace the function with which compiled templates escape values by `escaped`, which is faster for short values."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = escaped
        return template


class _Environment(jinja2.Environment):
    template_class = _Template

    def compile(self, source: str | nodes.Template, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """Compile with the strings inserted that do not depend on the page."""
        tree = self.parse(source, *args[:2]) if isinstance(source, str) else source
        own = any(name.name == _STRINGS and name.ctx != "load" for name in tree.find_all(nodes.Name))
        return super().compile(tree if own else _Filled(self).visit(tree), *args, **options)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dictionary instead of Jinja's ChainMap, which is slow to copy, and is copied for every page."""
        return {**self.globals, **(d or {})}


class _Filled(NodeTransformer):
    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        self._strings = cast("Strings", environment.globals[_STRINGS])

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802 - Jinja's name
        """Collapse whitespace in the template's own text, and leave it out around blocks. Text whose spaces matter comes in as a value."""
        node.data = _between.sub(r"\1", _indented.sub(r"\1", node.data))
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        found = self.generic_visit(node)
        if not (isinstance(node.node, nodes.Name) and node.node.name == _STRINGS):
            return found
        try:
            values = {pair.key: pair.value.as_const() for pair in node.kwargs}
            return self._constant(node, self._strings(*(arg.as_const() for arg in node.args), **values))
        except (nodes.Impossible, KeyError):  # an unknown key raises when the template is rendered
            return found

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 - as above
        found = self.generic_visit(node)
        plain = isinstance(node.node, nodes.Name) and node.node.name == _STRINGS and node.attr in _SAYS
        return self._constant(node, getattr(self._strings, node.attr)) if plain else found

    def _constant(self, node: nodes.Expr, text: str) -> nodes.Const:
        return nodes.Const(text, lineno=node.lineno, environment=self._environment)
