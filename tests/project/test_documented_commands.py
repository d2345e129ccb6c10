"""Every command that the documentation and the files of `init` write out is there, with its options."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from dossierkit.cli import main

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = re.compile(
    r"(?:(?<=`)|(?<=\n)|(?<=\$ )|(?<=run: )|(?<=&& )|(?<=  ))dossier ((?:[^`\n|;&>#\\]|\\\n)+)"
)
FIRST = re.compile(r"[a-z-]+|-C|--[a-z]+")
SOME = 500
"""Fewer would mean that the expression no longer finds them."""


def texts() -> Iterator[tuple[str, str]]:
    folders = (ROOT / "docs", ROOT / "templates", ROOT / "scripts/dossierkit/data")
    found = [*ROOT.glob("*.md"), *(file for folder in folders for file in folder.rglob("*"))]
    for file in sorted(file for file in found if file.suffix in {".md", ".yml", ".html", ".txt"}):
        yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


def commands() -> Iterator[tuple[str, list[str]]]:
    for path, text in texts():
        for found in WRITTEN.finditer(text):
            try:
                words = shlex.split(found[1].replace("\\\n", " ").replace("…", ""))
            except ValueError:  # the words of a sentence
                continue
            if words and FIRST.fullmatch(words[0]):
                yield f"{path}:{text.count(chr(10), 0, found.start()) + 1}", words


def wrong(words: list[str]) -> str:
    """What is not there; empty if all is."""
    command: click.Command = main
    left = words[2:] if words[0] == "-C" else [*words]
    while isinstance(command, click.Group) and left and not left[0].startswith("-"):
        name = left.pop(0)
        inner = command.get_command(click.Context(command), name)
        if inner is None:
            return f"no command {name}"
        command = inner
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help", "-h"}
    given = (word.partition("=")[0] for word in left if re.fullmatch(r"-[a-zA-Z]|--[a-z].*", word))
    return ", ".join(f"{command.name} has no {name}" for name in given if name not in options)


def test_commands_that_are_written_out_are_there() -> None:
    listed = list(commands())
    assert len(listed) > SOME
    assert [f"{place}: {why}" for place, words in listed if (why := wrong(words))] == []


def test_a_command_that_is_not_there_is_found() -> None:
    assert wrong(["publisch", "a.md"]) == "no command publisch"
    assert wrong(["-C", "x", "add", "a.txt", "--dated", "2016"]) == "add has no --dated"
    assert wrong(["authority", "pack", "un", "--dry-run"]) == ""
