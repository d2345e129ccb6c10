"""The command `dossier` itself: its folder, and errors as messages and exit codes."""

from __future__ import annotations

import atexit
import gc
import os
import shlex
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, Any

import click

from dossierkit import __version__
from dossierkit.text.number_of import number_of
from dossierkit.text.printable import unreadable
from dossierkit.workflow.say import CommandError, printable_error, say

if TYPE_CHECKING:
    from dossierkit.model.diagnostic import Diagnostic

FOUND, USAGE = 1, 2
_MOST_OWNERS = 3
_WRITTEN = frozenset({"target"})  # options whose paths are written into files
_SECTIONS = {
    "Begin": "init add authority update",
    "Decide and edit": "desk review publish withdraw rename merge split",
    "Look": "serve check diff stats arrivals",
    "Give to readers": "build export bundle",
    "Prove": "archive verify sign stamp",
    "Work with other programs": "propose suggest mcp extract merge-driver",
}
_COMMANDS = sorted(" ".join(_SECTIONS.values()).split())
_NAMED = frozenset({"files"})  # file names of any bytes: shown with escapes, and stored under safe names


def open_streams() -> None:
    """Open what is closed of standard input, output and error on the null device: Python has None in their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 -- for the whole process


class _Command(click.Command):
    """Refuses values that pages could not contain."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        for name, value in ctx.params.items():
            for text in value if isinstance(value, tuple) else (value,):
                wrong = unreadable(str(text)) if _written(name, text) else ""
                if wrong:
                    raise click.UsageError(f"{name.strip('_')}: `{text}` {wrong}: leave that out", ctx)
        return super().invoke(ctx)


def _written(name: str, value: object) -> bool:
    """Whether a value is written into files unchanged, as an address among file names is."""
    if name in _NAMED:
        return isinstance(value, str) and "://" in value
    return isinstance(value, str) or name in _WRITTEN


class _Commands(click.Group):
    """Turns exceptions into messages and exit codes: 1 problems found, 2 usage or unreadable input.

    A command's module is loaded when somebody asks for it: the others take as long as finding out that nothing changed.
    """

    command_class = _Command

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - click's own signature
        open_streams()
        return super().main(*args, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return _COMMANDS

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in the order of the work."""
        width = max(map(len, _COMMANDS))
        for title, names in _SECTIONS.items():
            commands = ((name, self.get_command(ctx, name)) for name in names.split())
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (name.ljust(width), command.get_short_help_str())
                        for name, command in commands
                        if command
                    ]
                )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        # Of an unknown command all are loaded, to suggest one that is written alike.
        for name in [cmd_name] if cmd_name in _COMMANDS else _COMMANDS:
            import_module(f"dossierkit.cli.{name.replace('-', '_')}")  # adds its command to `main`
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; the name of one in a group alone (`import` of `authority`) is answered with the group's."""
        name = args[0]
        groups = (one for one in _COMMANDS if name in _subcommands(self.get_command(ctx, one)))
        if name not in _COMMANDS and (group := next(groups, "")):
            raise click.UsageError(f"No such command '{name}': write `dossier {group} {name}`", ctx)
        return super().resolve_command(ctx, args)

    def _with_advice(self, error: click.ClickException, ctx: click.Context) -> click.ClickException:
        """The error; of an unknown option with the way to write it, unless one of this command is written alike."""
        if not isinstance(error, click.NoSuchOption) or error.possibilities:
            return error
        name = error.option_name
        taking = _option_with_choice(error.ctx.command if error.ctx else None, name.lstrip("-"))
        owners = [f"`dossier {one}`" for one in _COMMANDS if name in _options(self.get_command(ctx, one))]
        if taking:
            where = f"write `{taking} {name.lstrip('-')}`"
        elif name in _options(self):
            where = f"it goes before the command, as in `dossier {name} DIR check`"
        elif owners:
            where = f"it is an option of {', '.join(owners[:_MOST_OWNERS])}"
        else:
            return error
        return click.UsageError(f"No such option '{name}': {where}", error.ctx)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own signature
    ) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.ClickException as error:
            raise printable_error(error) from None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        from dossierkit.model.diagnostic import DiagnosticsError  # noqa: PLC0415
        from dossierkit.model.extension import ExtensionError  # noqa: PLC0415

        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            raise printable_error(self._with_advice(error, ctx)) from None
        except DiagnosticsError as error:
            report(error.problems)
            sys.exit(getattr(error, "exit_code", FOUND))
        except CommandError as error:
            say(f"dossier: {error}", err=True)
            sys.exit(FOUND)
        except ExtensionError as error:
            from dossierkit.parallel.fence import show_trace  # noqa: PLC0415

            show_trace(error)
            say(f"dossier: {error}", err=True)
            sys.exit(USAGE)
        except CalledProcessError as error:
            say(
                f"dossier: {error.cmd[2]} stopped with exit code {error.returncode}; its messages are above",
                err=True,
            )
            sys.exit(FOUND)
        except BrokenPipeError:
            raise  # nobody reads on, as behind `head`: click ends the command without a word
        except OSError as error:
            from dossierkit.model.system_refusal import refused_by_system  # noqa: PLC0415

            say(f"dossier: {refused_by_system(error)}", err=True)
            sys.exit(USAGE)
        except Exception as error:
            from dossierkit.cli.template_fault import template_fault  # noqa: PLC0415

            if not (message := template_fault(error)):
                raise
            say(f"dossier: {message}", err=True)
            sys.exit(FOUND)


def _subcommands(command: click.Command | None) -> frozenset[str]:
    return frozenset(command.commands) if isinstance(command, click.Group) else frozenset()


def _options(command: click.Command | None) -> frozenset[str]:
    return frozenset(name for option in (command.params if command else ()) for name in option.opts)


def _option_with_choice(command: click.Command | None, value: str) -> str:
    """The option of a command that takes `value` as one of its choices, such as `--format` for "json"; empty without one."""
    for option in command.params if command else ():
        if (
            isinstance(option, click.Option)
            and isinstance(option.type, click.Choice)
            and value in option.type.choices
        ):
            return option.opts[0]
    return ""


def report(problems: Iterable[Diagnostic]) -> None:
    """Print problems on standard error, with their number."""
    listed = tuple(problems)
    for problem in listed:
        say(str(problem), err=True)
    errors = sum(problem.severity == "error" for problem in listed)
    say(f"{number_of(errors, 'error')}, {number_of(len(listed) - errors, 'warning')}", err=True)


def stop_on(problems: Iterable[Diagnostic]) -> None:
    """Print problems as `report` does and end with exit code 1; without any, do nothing."""
    if listed := tuple(problems):
        report(listed)
        sys.exit(FOUND)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="dossier")
@click.option(
    "-C",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Work in the repository at DIR instead of the current one.",
)
@click.pass_context
def main(ctx: click.Context, root: Path) -> None:
    """Turn collected articles into a published dossier: every claim is one click from its quote.

    \b
    A first dossier:
      dossier init my-dossier
      dossier -C my-dossier add article.txt --date 2016-05-30 --publisher "The Paper"
      dossier -C my-dossier desk     # decide on the proposals
      dossier -C my-dossier serve    # look at the site
    """
    ctx.obj = root.resolve()
    # The process ends anyway; collecting garbage before takes a tenth of a build.
    atexit.register(gc.freeze)


def repository(root: Path) -> Path:
    """The root, if it is that of a repository. One further up is named, not taken: its settings can run programs."""
    if (root / "mkdocs.yml").is_file():
        return root
    above = next((folder for folder in root.parents if (folder / "mkdocs.yml").is_file()), None)
    advice = (
        f"{above} has one: go there, or name it with `dossier -C {shlex.quote(str(above))}`"
        if above
        else "go to a dossier repository, name one with -C DIR, or make one with `dossier init DIR`"
    )
    raise click.UsageError(f"no mkdocs.yml in {root}: {advice}")
