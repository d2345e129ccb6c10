"""A command in a process of its own, which begins as a copy of the tests' own: one that starts anew loads all modules again.

Where the start itself is tested, another environment of Python or another seed of hashing, `subprocess` starts one anew.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path
from subprocess import CompletedProcess
from types import MappingProxyType
from typing import NoReturn

from dossierkit.cli import main
from dossierkit.text.language import _detector

DOSSIER = partial(main, prog_name="dossier")
CACHED = type(cache(lambda: None))
_LONGEST = 600
"""Seconds after which a command that hangs is killed."""


def dossier(*arguments: object, cwd: Path | None = None, **environment: str) -> CompletedProcess[str]:
    """`dossier ARGUMENTS`, with this beside the tests' own environment."""
    return _run(DOSSIER, arguments, cwd, environment)


def succeeds(*arguments: object, cwd: Path) -> str:
    """What `dossier ARGUMENTS` prints, which has to end well."""
    done = dossier(*arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def started(*arguments: object, cwd: Path, output: int) -> int:
    """The process in which `dossier ARGUMENTS` begins to run, the first of a session of its own. `output`: where all that it says
    goes, a file by its number.
    """
    _load()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        become(DOSSIER, [*map(str, arguments)], cwd, files={1: output, 2: output})
    return pid


def mkdocs(*arguments: object, cwd: Path, **environment: str) -> CompletedProcess[str]:
    """The same for MkDocs' own command."""
    from mkdocs.__main__ import cli  # noqa: PLC0415 -- it searches all that is installed for themes

    return _run(cli, arguments, cwd, environment)


def _run(
    command: Callable[..., object],
    arguments: Iterable[object],
    cwd: Path | None,
    environment: Mapping[str, str],
) -> CompletedProcess[str]:
    given = [*map(str, arguments)]
    _load()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = os.fork()
        if pid == 0:
            become(command, given, cwd, environment, {1: out.fileno(), 2: err.fileno()})
        _, status = os.waitpid(pid, 0)
        out.seek(0)
        err.seek(0)
        code = os.waitstatus_to_exitcode(status)
        return CompletedProcess(given, code, out.read().decode(), err.read().decode())


@cache
def _load() -> None:
    """What commands load when they need it, and each copy would load again."""
    import_module("tests.support.loaded")


def become(
    command: Callable[..., object],
    arguments: list[str],
    cwd: Path | None = None,
    environment: Mapping[str, str] = MappingProxyType({}),
    files: Mapping[int, int] = MappingProxyType({}),
) -> NoReturn:
    """Run the command in this process, and end with it. `files`: what standard output and error are, by their number."""
    code: object = 1
    try:
        signal.alarm(_LONGEST)
        gc.freeze()  # memory is shared until it is written to, which looking for garbage does
        for number, file in files.items():
            os.dup2(file, number)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate("rww")
        )
        os.environ |= environment
        tempfile.tempdir = None  # TMPDIR may be another than when it was looked for
        if "PYTHONPATH" in environment:
            _begin_with(environment["PYTHONPATH"])
        os.chdir(cwd or Path.cwd())
        _forget_server()
        warnings.simplefilter("error")
        for name in ("", "mkdocs"):
            logging.getLogger(name).handlers.clear()  # those of pytest, which keep what they get
        command(arguments)
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


def _forget_server() -> None:
    """The process that copies itself for others is a child of the one that this is a copy of, and cannot be waited for here."""
    forkserver.ensure_running.__self__.__init__()


def _begin_with(folder: str) -> None:
    """Find the packages of a folder, as Python does that begins with it: nothing of what was found before is known any more, but what
    tells languages apart: no package adds to it, and making it anew takes half as long as most commands.
    """
    sys.path.insert(0, folder)
    ours = [module for name, module in sys.modules.items() if name.partition(".")[0] == "dossierkit"]
    for value in {id(value): value for module in ours for value in vars(module).values()}.values():
        if isinstance(value, CACHED) and value is not _detector:
            value.cache_clear()
