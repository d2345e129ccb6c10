"""The schema of pages -> the configuration of Sveltia CMS, an editor in the browser that a newsroom may install.

Its options: https://sveltiacms.app/en/docs (checked against the JSON schema in @sveltia/cms 0.221.1). Keys without a
form field stay in the file unchanged (its serializer writes them after the others), so a key has no field if the
editor could not show every possible value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dossierkit.store import schema
from dossierkit.store.schema import Key

Field = dict[str, Any]

_RECORDS = frozenset({"entities", "entities_any", "entities_all", "not_same_as", "cast", "to"})
_EDTF = (
    r"^[0-9XYTZSE.,:/~?%+\[\]-]*$",
    "an EDTF date: 2016-05-30, 2016-05, 2016, 2016-05-23/2016-05-29, 2012~",
)
_INSTANT = (
    r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$",
    "day, time and offset: 2026-12-01T06:00Z",
)
_SIMPLE: Mapping[str, Field] = {
    "flag": {"widget": "boolean"},
    "number": {"widget": "number", "value_type": "float"},
    "edtf": {"widget": "string", "pattern": list(_EDTF)},
    "slug": {
        "widget": "string",
        "pattern": [r"^[a-z0-9]+(-[a-z0-9]+)*$", "lower-case a-z, 0-9 and single hyphens"],
    },
    "instant": {"widget": "string", "pattern": list(_INSTANT)},
    "items": {},
}
_COLLECTIONS: tuple[tuple[str, str, str, Mapping[str, Any]], ...] = (
    ("articles", "Articles", "Article", {"create": False, "nested": {"subfolders": False}}),
    ("entities", "Authority records", "Authority record", {"create": True}),
    ("dossiers", "Dossiers", "Dossier", {"create": True}),
)


def configuration(backend: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration for a repository. `backend`: in the CMS's form (`name`, `repo`, `branch`, ...).

    Changes become pull requests if the host has them. Pages cannot be deleted here; `dossier withdraw` and `dossier
    merge` do that. Stock pictures of other sites are off, and so are redirects in `aliases`.
    """
    reviewed = {"publish_mode": "editorial_workflow"} if backend.get("name") in {"github", "gitlab"} else {}
    return {
        "backend": dict(backend),
        **reviewed,
        "media_folder": "content/media",
        "public_folder": "/media",
        "media_libraries": {"default": False, "stock_assets": False},
        "slug": {"encoding": "ascii", "clean_accents": True},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "none"}},
        "collections": [
            {
                "name": name,
                "label": label,
                "label_singular": singular,
                "folder": f"content/{name}",
                "extension": "md",
                "format": "yaml-frontmatter",
                "identifier_field": "title",
                "aliases_field": False,
                "delete": False,
                "duplicate": False,
                "editor": {"preview": False},
                **options,
                **_note(name),
                "fields": [*_fields(schema.KINDS[name]), _body(name)],
            }
            for name, label, singular, options in _COLLECTIONS
        ],
    }


def _note(kind: str) -> Field:
    """The form's note on lists that it cannot show."""
    left = [key.name for key in schema.KINDS[kind] if key.kind == "items" and key.short and len(key.of) > 1]
    if not left:
        return {}
    return {
        "description": f"Not in this form, and left as they are: {', '.join(left)}. Edit them in the file."
    }


def _fields(keys: Iterable[Key]) -> Iterator[Field]:
    for key in keys:
        if key.by != "command" and (shaped := _shape(key)):
            label = key.name.replace("_", " ").capitalize()
            yield {
                "name": key.name,
                "label": label,
                **shaped,
                "required": key.required,
                "hint": key.doc.replace("`", ""),
            }


def _shape(key: Key) -> Field:
    """The widget for a kind of key; {} if none can show every possible value."""
    if key.kind == "mapping":
        return {"widget": "object", "collapsed": True, "fields": list(_fields(key.of))}
    if key.kind == "items" and not key.short:
        return {"widget": "list", "collapsed": True, "fields": list(_fields(key.of))}
    if key.kind == "texts" or (key.kind == "items" and len(key.of) == 1):
        return {"widget": "list", "field": _one(key)}
    if key.kind == "choice":
        return {"widget": "select", "options": list(key.choices)}
    return _SIMPLE[key.kind] if key.kind in _SIMPLE else _text(key)


def _one(key: Key) -> Field:
    """The widget for an item of a list of single values."""
    return {"name": "value", "label": "Value", **_text(key)}


def _text(key: Key) -> Field:
    if key.name in _RECORDS:
        return {
            "widget": "relation",
            "collection": "entities",
            "value_field": "{{slug}}",
            "display_fields": ["title"],
        }
    return {"widget": "string"}


def _body(kind: str) -> Field:
    """The body's widget: read-only for an article, whose quotes depend on its text; editable for other pages."""
    widget = "text" if kind == "articles" else "markdown"
    return {"name": "body", "label": "Text", "widget": widget, "required": False}
