"""Plugins of MkDocs over the demo, one at a time: does the site come out, and does every article's text stand as it did?

They run in Dossierkit's own environment, which is told where those of the programs lie. What they were asked is in plugins.yml.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html import unescape
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

from consumers.frame import HERE, Built, Row

PYTHON = HERE.parent / ".venv" / "bin" / "python"
MKDOCS = "import sys; sys.path.append({!r}); from mkdocs.__main__ import cli; sys.argv[0] = 'mkdocs'; cli()"
_BODY = re.compile(r'<div class="dk-body" itemprop="articleBody">(.*?)</div>', re.DOTALL)
_REFUSED = "take it out of `plugins`"


def rows(built: Built) -> Iterator[Row]:
    if built.name != "demo":
        return
    root = _repository(built)
    plain = _texts(built.site)
    for name, told in yaml.safe_load((HERE / "plugins.yml").read_text("utf-8")).items():
        version = metadata.version(told["package"]) if "package" in told else "as locked"
        yield Row(
            f"MkDocs plugin {name}",
            version,
            "over the demo",
            told["wanted"],
            _outcome(root, name, told, plain),
        )


def _repository(built: Built) -> Path:
    """A copy of the demo that git knows, as plugins want it."""
    root = built.work / "repository"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("site", ".dossier"))
    git = ("git", "-C", str(root), "-c", "user.name=Editor", "-c", "user.email=editor@dossier.example")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "The demo")):
        subprocess.run([*git, *arguments], check=True)
    return root


def _outcome(root: Path, name: str, told: Mapping[str, Any], plain: Mapping[str, str]) -> str:
    config = root / "mkdocs-with.yml"
    site = root / "site"
    shutil.rmtree(site, ignore_errors=True)
    plugins = yaml.safe_dump({"plugins": ["dossier", {name: told["options"]}]}, allow_unicode=True)
    config.write_text(
        f"INHERIT: mkdocs.yml\nrepo_url: https://code.example/demo\nedit_uri: edit/main/content/\n{plugins}",
        "utf-8",
    )
    done = subprocess.run(
        [
            PYTHON,
            "-c",
            MKDOCS.format(next(path for path in sys.path if path.endswith("site-packages"))),
            "build",
            "-q",
            "-f",
            config,
        ],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return (
            "refused"
            if _REFUSED in done.stderr
            else f"ends with {done.stderr.strip().splitlines()[-1][:120]}"
        )
    if (wanted := told.get("find")) and not (site / wanted).exists():
        return f"makes no {wanted}"
    return "works" if _texts(site) == plain else "changes the text of articles"


def _texts(site: Path) -> dict[str, str]:
    """The words of each article, by its place."""
    found = {}
    for file in sorted((site / "articles").rglob("index.html")):
        for body in _BODY.findall(file.read_text("utf-8")):
            found[str(file.relative_to(site))] = " ".join(unescape(re.sub(r"<[^>]*>", "", body)).split())
    return found
