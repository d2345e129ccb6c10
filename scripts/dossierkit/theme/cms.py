"""Files of the browser editor, if the site has one: page, start script and configuration, all below admin/.

The editor itself is the newsroom's own copy of the folder `npm` of @sveltia/cms, which includes its fonts; the
single file of `dist` loads them from another host. Other requests (its check for updates) are refused by the page's
Content-Security-Policy, which permits the site and the repository's host.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files as resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.theme.cms_configuration import configuration

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
