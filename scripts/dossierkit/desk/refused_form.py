"""A form that was refused: what was typed into it, put back into the page that follows, where no script does so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
from werkzeug.wrappers import Request

_MAY_DIFFER = frozenset({"seen", "articles_seen"})
"""Hidden fields with what a page had when it was shown."""
_NOT_TYPED = frozenset({"hidden", "submit", "button", "checkbox", "radio"})


@dataclass(frozen=True, slots=True)
class RefusedForm:
    """`path`: where it was sent, with the token; `fields`: its values by name."""

    path: str
    fields: Mapping[str, Sequence[str]]


def sent_by_browser(request: Request) -> RefusedForm | None:
    """The form of a request, if the browser itself sent it; None if a script did, which keeps what was typed."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Dest") != "document":
        return None
    fields = {
        name: [value.replace("\r\n", "\n") for value in values] for name, values in request.form.lists()
    }
    return RefusedForm(f"{request.root_path}{request.path}", fields)


def put_back(page: str, refused: RefusedForm) -> str:
    """The page with what was typed in the same form; unchanged if it has none."""
    root = lxml.html.document_fromstring(page)
    form = next((one for one in root.forms if _same(one, refused)), None)
    if form is None:
        return page
    for folded in form.iterancestors("details"):
        folded.set("open", "open")
    for field, value in _typed(form, refused):
        if field.tag == "textarea":
            field.text = f"\n{value}"
        elif field.tag == "select":
            _choose(field, value)
        else:
            field.set("value", value)
    return str(lxml.html.tostring(root, encoding="unicode", doctype="<!doctype html>"))


def _same(form: Any, refused: RefusedForm) -> bool:  # noqa: ANN401 -- lxml has no types
    if unquote(urlsplit(form.get("action") or "").path) != refused.path:
        return False
    hidden = {(one.get("name"), one.get("value", "")) for one in form.xpath(".//input[@type='hidden']")}
    names = set(form.xpath(".//@name"))
    known = all(value in refused.fields.get(name, ()) for name, value in hidden if name not in _MAY_DIFFER)
    return known and refused.fields.keys() <= names


def _typed(form: Any, refused: RefusedForm) -> Iterator[tuple[Any, str]]:  # noqa: ANN401
    """The fields of the form with their values, in order; fields of one name get the values one after another."""
    left = {name: list(values) for name, values in refused.fields.items()}
    for field in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        if field.get("type") not in _NOT_TYPED and (values := left.get(field.get("name"))):
            yield field, values.pop(0)


def _choose(select: Any, value: str) -> None:  # noqa: ANN401
    for option in select.xpath(".//option"):
        option.attrib.pop("selected", None)
        if option.get("value") == value:
            option.set("selected", "selected")
