"""Files of the browser editor, if the site has one: page, start script and configuration, all below admin/.

The editor itself is the newsroom's own copy of the folder `npm` of @sveltia/cms, which includes its fonts; the
single file of `dist` loads them from another host. Other requests (its check for updates) are refused by the page's
Content-Security-Policy, which permits the site and the repository's host.

Its configuration is made from the schema of pages. Its options: https://sveltiacms.app/en/docs (checked against the JSON schema
in @sveltia/cms 0.221.1). Keys without a form field stay in the file unchanged (its serializer writes them after the others), so
a key has no field if the editor could not show every possible value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files as resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store import schema
from dossierkit.store.schema import Key

SCRIPT = "admin/sveltia-cms/index.js"
_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' data: blob: {hosts}; connect-src 'self' data: blob: {hosts}; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'"
)
_REACHED = {
    "github": ("https://api.github.com", "https://avatars.githubusercontent.com"),
    "gitlab": ("https://gitlab.com", "https://secure.gravatar.com"),
    "gitea": (),
}
_HOSTS = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "gitea"}
_ROOTS = {"codeberg.org": {"api_root": "https://codeberg.org/api/v1", "base_url": "https://codeberg.org/"}}
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


def backend(asked: object, repository: str) -> Mapping[str, Any] | None:
    """The repository that the editor writes to; None if the editor is off, {} if it cannot be determined.

    `asked`: `extra.dossier.admin`, true or a mapping with `backend`; `repository`: `repo_url` of mkdocs.yml.
    """
    if not asked:
        return None
    if isinstance(asked, Mapping) and isinstance(asked.get("backend"), Mapping):
        return dict(asked["backend"])
    parts = urlsplit(repository)
    path = parts.path.strip("/").removesuffix(".git")
    host = parts.netloc
    return (
        {"name": _HOSTS[host], "repo": path, **_ROOTS.get(host, {})} if host in _HOSTS and "/" in path else {}
    )


def files(
    asked: Mapping[str, Any] | None, overrides: Sequence[Path]
) -> tuple[Mapping[str, str], tuple[Diagnostic, ...]]:
    """The files by path, and what is missing (D807). The script is the newsroom's copy; nothing is downloaded."""
    if asked is None:
        return {}, ()
    problems = tuple(_missing(asked, overrides))
    if problems:
        return {}, problems
    shipped = resources("dossierkit") / "data" / "admin"
    page = (shipped / "index.html").read_text(encoding="utf-8").replace("@POLICY@", policy(asked))
    config = yaml.safe_dump(configuration(asked), allow_unicode=True, sort_keys=False, width=10_000)
    start = (shipped / "start.js").read_text(encoding="utf-8")
    return {"admin/index.html": page, "admin/start.js": start, "admin/config.yml": config}, ()


def policy(asked: Mapping[str, Any]) -> str:
    """The Content-Security-Policy of the editor's page: its own site, and the repository's host."""
    own = [urlsplit(str(asked[key])) for key in ("api_root", "graphql_api_root", "base_url") if key in asked]
    named = [f"{parts.scheme}://{parts.netloc}" for parts in own if parts.scheme == "https"]
    hosts = [*_REACHED.get(str(asked.get("name")), ()), *named]
    return _POLICY.format(hosts=" ".join(dict.fromkeys(re.sub(r"[^\w.:/-]", "", host) for host in hosts)))


def _missing(asked: Mapping[str, Any], overrides: Sequence[Path]) -> list[Diagnostic]:
    found = []
    if not any((folder / SCRIPT).is_file() for folder in overrides):
        message = f"the browser editor is on, but {SCRIPT} is not in the templates: copy the folder `npm` of the package @sveltia/cms there, or set `admin: false`"
        found.append(Diagnostic("mkdocs.yml", 0, 0, "D807", message, "warning"))
    if not asked.get("name"):
        message = "the browser editor is on, but where is it to write? Set `repo_url`, or `extra.dossier.admin.backend`"
        found.append(Diagnostic("mkdocs.yml", 0, 0, "D807", message, "warning"))
    return found


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
