"""What other people's programs make of our files and pages: `make consumers`.

Builds the demo and the hostile dossier, runs each module of `programs/` over both, and writes the figures into
consumers/README.md. `run.py NAME…` runs only those modules and writes nothing. Exit code 1 where a row falls short.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PROGRAMS = ROOT / ".venv-consumers"
WORK = ROOT / ".cache" / "consumers"
BEFORE = HERE / "before.json"
PAGE = HERE / "README.md"
MARKS = ("<!-- figures -->\n", "<!-- /figures -->\n")
sys.path.insert(0, str(ROOT))

from consumers.frame import ADDRESS  # noqa: E402 - found by the line above


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="modules of programs/; none: all")
    parser.add_argument("--built", action="store_true", help="take the sites that were built last")
    parser.add_argument("--before", action="store_true", help="keep new rows as the figures before a change")
    options = parser.parse_args(arguments)
    install()
    if not options.built:
        build()
    rows = measure(options.modules or modules())
    if options.before:
        keep_before(rows)
    if not options.modules:
        write(rows)
    return report(rows)


def modules() -> list[str]:
    return sorted(file.stem for file in (HERE / "programs").glob("*.py") if file.stem != "__init__")


def install() -> None:
    """Both environments, anew where their lock is another than that of the last time."""
    python = PROGRAMS / "bin" / "python"
    if _changed(HERE / "requirements.txt", PROGRAMS / ".installed"):
        venv.create(PROGRAMS, with_pip=True)
        subprocess.run(
            [
                python,
                "-m",
                "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
                "--no-compile",
                "--no-deps",  # all are listed, and pip before 24 finds no pin for `lxml[html_clean]`
                "--require-hashes",
                "-r",
                HERE / "requirements.txt",
            ],
            check=True,
        )
        _note(HERE / "requirements.txt", PROGRAMS / ".installed")
    if _changed(HERE / "package-lock.json", HERE / "node_modules" / ".installed"):
        subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True
        )
        _note(HERE / "package-lock.json", HERE / "node_modules" / ".installed")


def _changed(lock: Path, note: Path) -> bool:
    return not note.is_file() or note.read_text(encoding="ascii") != _digest(lock)


def _note(lock: Path, note: Path) -> None:
    note.write_text(_digest(lock), encoding="ascii")


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def build() -> None:
    """Both dossiers, from copies, so that nobody's own site is written over."""
    sites = WORK / "sites"
    shutil.rmtree(sites, ignore_errors=True)
    (sites / "demo").mkdir(parents=True)
    for name in ("mkdocs.yml", "content", "seeds", "templates"):
        _copy(ROOT / name, sites / "demo" / name)
    _copy(HERE / "hostile", sites / "hostile")
    dossier = Path(sys.executable).with_name("dossier")
    for site in sorted(sites.iterdir()):
        for command in (
            ("build", "--no-cache"),
            ("export", "okf", "--out", "exported/okf"),
            ("export", "prov", "--out", "exported/provenance.json"),
        ):
            done = subprocess.run(
                [dossier, *command],
                cwd=site,
                env={**os.environ, "SITE_URL": ADDRESS, "NO_MKDOCS_2_WARNING": "1"},
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                sys.exit(f"{site.name}: {done.stdout}{done.stderr}")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".dossier", "site", "__pycache__"))
    else:
        shutil.copy2(source, target)


def measure(names: Sequence[str]) -> list[dict[str, Any]]:
    out = WORK / "rows.json"
    subprocess.run(
        [PROGRAMS / "bin" / "python", HERE / "measure.py", WORK / "sites", out, *names], check=True
    )
    found: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
    return found


def _key(row: dict[str, Any]) -> str:
    return " · ".join((row["program"], row["dossier"], row["asked"]))


def keep_before(rows: list[dict[str, Any]]) -> None:
    """The first figure of each row stays."""
    known = _before()
    known = {**{_key(row): _said(row["got"]) for row in rows}, **known}
    BEFORE.write_text(
        json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def _before() -> dict[str, str]:
    return dict(json.loads(BEFORE.read_text(encoding="utf-8"))) if BEFORE.is_file() else {}


def write(rows: list[dict[str, Any]]) -> None:
    """The table, between its marks."""
    head, rest = PAGE.read_text(encoding="utf-8").split(MARKS[0])
    tail = rest.split(MARKS[1])[1]
    PAGE.write_text(f"{head}{MARKS[0]}{table(rows)}{MARKS[1]}{tail}", encoding="utf-8", newline="\n")


def table(rows: list[dict[str, Any]]) -> str:
    """A line for each thing that was asked, a column for each dossier."""
    before, notes = _before(), {row["note"]: None for row in rows if row["note"]}
    asked: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        mark = f" ({list(notes).index(row['note']) + 1})" if row["note"] else ""
        program = f"{row['program']} {row['version']}".strip()
        asked.setdefault((program, row["asked"]), {})[row["dossier"]] = (
            _figure(row, before.get(_key(row))) + mark
        )
    lines = ["| program | asked | demo | hostile |", "|---|---|---|---|"]
    for (program, what), told in asked.items():
        cells = program, what, told.get("demo", ""), told.get("hostile", "")
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    noted = [f"\n({number}) {note}\n" for number, note in enumerate(notes, 1)]
    return "\n".join(lines) + "\n" + "".join(noted)


def _figure(row: dict[str, Any], before: str | None) -> str:
    """The figure now, after that before where it was another; with what was wanted where it falls short."""
    now = _said(row["got"])
    earlier = f"{before} → " if before not in {None, now} else ""
    return f"{earlier}{now}" if row["fine"] else f"{earlier}**{now}** of {_said(row['wanted'])}"


def _said(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def report(rows: list[dict[str, Any]]) -> int:
    for row in rows:
        print(
            f"{'ok   ' if row['fine'] else 'SHORT'} {row['dossier']}: {row['program']} {row['version']}: {row['asked']}: wanted {row['wanted']}, got {row['got']}"
        )
    short = sum(not row["fine"] for row in rows)
    print(f"{len(rows)} rows, {short} fall short")
    return int(short > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
