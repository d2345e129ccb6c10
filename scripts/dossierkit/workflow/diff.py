"""`dossier diff`: changes in meaning since a git revision, which is read from git into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from dossierkit.build.configuration import load
from dossierkit.check.changes.compare import compare
from dossierkit.check.changes.others import OtherFiles, others
from dossierkit.check.changes.show import as_json, markdown, plain
from dossierkit.check.changes.snapshot import SnapshotReader
from dossierkit.evidence.body_html import renderer
from dossierkit.evidence.layer import layer
from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.store.git import NO_PROGRAMS, git, in_git
from dossierkit.store.history import contents
from dossierkit.store.seeds import SUGGESTED

_MAIN = ("origin/main", "main", "origin/master", "master")
_SHOW = {"text": plain, "markdown": markdown, "json": as_json}
_REGULAR = frozenset({b"100644", b"100755"})


def run(root: Path, base: str | None, form: str) -> str:
    """The changes between `base` and the work tree, in one of the formats. Raises click.UsageError."""
    commit = revision(root, base)
    config = load(root)
    docs = Path(config.docs_dir).relative_to(root).as_posix()
    render = renderer(config.markdown_extensions, config.mdx_configs)
    reader = SnapshotReader(docs)
    before = reader.snapshot(at_revision(root, commit, docs))
    after = reader.snapshot(in_work_tree(root, docs))
    pages = compare(before, after, lambda body: layer(render(body)).text)
    return _SHOW[form](pages, other_files(root, commit, docs))


def other_files(root: Path, commit: str, docs: str) -> OtherFiles:
    """The files that changed since a commit, new ones included, and that are not compared."""
    listed = ("diff", "--name-only", "--no-renames", *NO_PROGRAMS, "--relative", "-z")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    new = {*_names(untracked), *_names(_git(root, *listed, "--diff-filter=A", commit, "--", "."))}
    return others(sorted({*new, *_names(_git(root, *listed, commit, "--", "."))}), new, docs)


def _names(listed: bytes) -> Iterator[str]:
    return (name.decode("utf-8", "surrogateescape") for name in listed.split(b"\0") if name)


def revision(root: Path, base: str | None) -> str:
    """The commit to compare with: the named one, else the point where HEAD left the main branch, else HEAD."""
    if not in_git(root):
        raise click.UsageError(
            f"{root} is in no git repository: run `git init` there, and commit what you compare with"
        )
    _git(root, "rev-parse", "--git-dir")
    if base is not None:
        return _commit(root, base) or _no_revision(base)
    for name in _MAIN:
        if _commit(root, name):
            found = _git(root, "merge-base", "HEAD", name, check=False).decode().strip()
            if found:
                return found
    return _commit(root, "HEAD") or _no_revision("HEAD")


def _no_revision(name: str) -> str:
    raise click.UsageError(
        f"git knows no revision {name!r} here: name a branch, a tag or a commit with --base"
    )


def _commit(root: Path, name: str) -> str:
    found = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", check=False
    )
    return found.decode().strip()


def is_read(path: str) -> bool:
    """Whether a comparison reads files of that path."""
    return path.endswith((".md", SUGGESTED)) or path == DECISIONS


def at_revision(
    root: Path, commit: str, docs: str, wanted: Callable[[str], bool] = is_read
) -> dict[str, str]:
    """The texts of pages and proposals at a commit, by path from `root`, which may be below the top of the work tree."""
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", f"{docs}/", "seeds/").split(b"\0")
    blobs: dict[str, str] = {}
    for line in filter(None, listed):
        meta, _, name = line.partition(b"\t")
        mode, _, id_ = meta.split(b" ")
        path = name.decode("utf-8", "surrogateescape")
        if mode in _REGULAR and wanted(path):
            blobs[path] = id_.decode()
    found = contents(root, blobs.values())
    return {path: _decoded(data) for path, data in zip(blobs, found, strict=True)}


def in_work_tree(root: Path, docs: str, wanted: Callable[[str], bool] = is_read) -> dict[str, str]:
    """The texts of pages and proposals in the work tree, by path."""
    found = {}
    for folder in (docs, "seeds"):
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            if wanted(path) and file.is_file() and not file.is_symlink():
                found[path] = _decoded(file.read_bytes())
    return found


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


def _git(root: Path, *arguments: str, check: bool = True) -> bytes:
    done = git(root, *arguments)
    if done.returncode and check:
        message = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise click.UsageError(message or f"git {arguments[0]} failed")
    return done.stdout
