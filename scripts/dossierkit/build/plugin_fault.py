"""Names the plugin or the hook of a site that failed: MkDocs prints a traceback, which does not say whose it is."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, TracebackType
from typing import TYPE_CHECKING

from mkdocs.exceptions import MkDocsException, PluginError

from dossierkit.model.extension import TRACE, cause
from dossierkit.model.system_refusal import WITH_REMEDY, refused_by_system
from dossierkit.parallel.fence import show_trace
from dossierkit.store.history import ShallowError, head
from dossierkit.text.printable import printable

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_OURS = "dossierkit"
_MKDOCS = frozenset({"mkdocs", _OURS, "importlib", "click"})
_WHOLE = '`git fetch --unshallow`; in CI `fetch-depth: 0` on GitHub, `GIT_DEPTH: "0"` on GitLab'


@contextmanager
def naming_plugin(config: MkDocsConfig) -> Iterator[None]:
    """Raise PluginError, with what `plugin_fault` says, where a plugin or a hook fails in the block."""
    try:
        yield
    except Exception as error:
        if not (fault := plugin_fault(error, config)):
            raise
        show_trace(error)
        raise PluginError(fault) from None


def plugin_fault(error: Exception, config: MkDocsConfig) -> str:
    """What failed, and what to do; empty if no plugin or hook of others was at work, or `error` is MkDocs' own way to say it."""
    if isinstance(error, MkDocsException):
        return ""
    known = _methods(config)
    found = (known.get(frame.f_code) for frame, _ in traceback.walk_tb(error.__traceback__))
    kind, name, event = next(filter(None, found), ("", "", ""))
    if not name or name == "dossier":
        return ""
    return (
        f"the {kind} `{name}` failed in `{event}` with {cause(error)}.{_of_history(name, config)} Put right what it says, or take "
        f"it out of `{kind}s` in mkdocs.yml; {TRACE}=1 in the environment prints the traceback"
    )


def loading_fault(error: Exception) -> str:
    """What could not be loaded of that which mkdocs.yml names, and what to do."""
    return _early_fault(_place(error), "cannot be loaded", error)


def tell_early_faults() -> None:
    """Let `mkdocs` say what failed where it prints a traceback: before its first event, it asks no plugin about errors."""
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _report_fault


def _report_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if isinstance(error, OSError) and error.errno in WITH_REMEDY:
        show_trace(error)
        _print_error(str(refused_by_system(error)))
        return
    ours = any(_OURS in Path(frame.filename).parts for frame in traceback.extract_tb(trace))
    at = "" if ours else _place(error)
    if not at or not isinstance(error, Exception):
        sys.__excepthook__(kind, error, trace)
        return
    show_trace(error)
    _print_error(_early_fault(at, "failed at the start", error))


def _print_error(message: str) -> None:
    print(f"Error: {printable(message)}", file=sys.stderr)  # noqa: T201 -- as click prints errors


def _place(error: BaseException) -> str:
    """The first line that is neither MkDocs' nor Dossierkit's; empty if there is none."""
    frames = traceback.extract_tb(error.__traceback__)
    others = (frame for frame in frames if not _MKDOCS.intersection(Path(frame.filename).parts))
    return next((f"{frame.filename}:{frame.lineno}: " for frame in others if "<" not in frame.filename), "")


def _early_fault(at: str, what: str, error: BaseException) -> str:
    return (
        f"{at}a plugin, hook or extension that mkdocs.yml names {what} ({cause(error)}): install what it needs, put it "
        f"right, or take it out of mkdocs.yml; {TRACE}=1 in the environment prints the traceback"
    )


def _methods(config: MkDocsConfig) -> dict[CodeType, tuple[str, str, str]]:
    """The kind, the name and the event of what plugins and hooks do, by its code."""
    found = {}
    for event, methods in config.plugins.events.items():
        for method in methods:
            if code := getattr(method, "__code__", None):
                found[code] = (*_owner(method, code, config), f"on_{event}")
    return found


def _owner(method: object, code: CodeType, config: MkDocsConfig) -> tuple[str, str]:
    of = getattr(method, "__self__", None)
    for name, plugin in config.plugins.items():
        if plugin is of:
            return "plugin", name
    return "hook", Path(code.co_filename).name


def _of_history(name: str, config: MkDocsConfig) -> str:
    """A sentence for a plugin that reads git's history where that is missing."""
    if "git" not in name:
        return ""
    try:
        known = head(Path(config.config_file_path).parent)
    except ShallowError:
        return f" It reads git's history, of which only a part is here: fetch all of it ({_WHOLE})."
    return "" if known else " It reads git's history, and there is none here: commit the pages first."
