"""Runs the program modules over the sites that were built, inside the environment of the programs: rows as JSON to a file."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from consumers.frame import Built, Row


def measured(module: str, sites: Path) -> Iterator[dict[str, object]]:
    """The rows of a module for each site. A program that ends with an exception is a row that falls short."""
    given = importlib.import_module(f"consumers.programs.{module}")
    for site in sorted(sites.iterdir()):
        print(f"{module}, {site.name}", file=sys.stderr, flush=True)
        work = sites.parent / "work" / module / site.name
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        try:
            rows = list(given.rows(Built(site.name, site, site / "site", work)))
        except Exception as error:  # noqa: BLE001 - whatever a program does to our files is what is asked
            traceback.print_exc()
            rows = [Row(module, "", "runs to its end", "yes", f"{type(error).__name__}: {str(error)[:200]}")]
        yield from (
            {**row._asdict(), "dossier": site.name, "module": module, "fine": row.fine} for row in rows
        )


def main(sites: str, out: str, *modules: str) -> None:
    rows = [row for module in modules for row in measured(module, Path(sites))]
    Path(out).write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
