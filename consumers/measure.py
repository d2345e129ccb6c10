"""Runs the program modules over the sites that were built, inside the environment of the programs: rows as JSON to a file."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from consumers.frame import Built, Row


def measured(module: str, site: Path) -> list[dict[str, object]]:
    """The rows of a module for a site. A program that ends with an exception is a row that falls short."""
    given = importlib.import_module(f"consumers.programs.{module}")
    work = site.parents[1] / "work" / module / site.name
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        rows = list(given.rows(Built(site.name, site, site / "site", work)))
    except Exception as error:  # noqa: BLE001 - whatever a program does to our files is what is asked
        traceback.print_exc()
        rows = [Row(module, "", "runs to its end", "yes", f"{type(error).__name__}: {str(error)[:200]}")]
    print(f"{module}, {site.name}", file=sys.stderr, flush=True)
    return [{**row._asdict(), "dossier": site.name, "module": module, "fine": row.fine} for row in rows]


def main(sites: str, out: str, *modules: str) -> None:
    """In as many processes as there are processors."""
    asked = [(module, site) for module in modules for site in sorted(Path(sites).iterdir())]
    with ProcessPoolExecutor() as pool:
        rows = [row for found in pool.map(measured, *zip(*asked, strict=True)) for row in found]
    Path(out).write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
