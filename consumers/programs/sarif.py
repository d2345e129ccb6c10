"""SARIF: what Microsoft's Multitool, which knows the rules of the format, says of `dossier check --format sarif`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

from consumers.frame import HERE, Built, Row, node_version, run

DOSSIER = HERE.parent / ".venv" / "bin" / "dossier"
LEFT = {"SARIF2005", "SARIF2017"}
NOTE = "left out: the tool has no address on the web to name (SARIF2005), and a problem of a whole file has no line (SARIF2017)"
BROKEN = "---\ntitle: 'A \"broken\" {page}'\ndate: 30.5.2016\nstatus: published\nentities: [nobody-at-all]\ntimeline:\n  - {date: 2016-01-01, text: x, quote: not there}\n---\nWords 👩‍👧.\n"


def rows(built: Built) -> Iterator[Row]:
    root = built.work / "broken"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("site"))
    page = root / "content" / "articles" / "2016" / "broken {page}.md"
    page.write_text(BROKEN, encoding="utf-8")
    log, told = built.work / "log.sarif", built.work / "told.sarif"
    log.write_text(run(DOSSIER, "check", "--format", "sarif", cwd=root).stdout, encoding="utf-8")
    tool = HERE / "node_modules" / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    tool.chmod(0o755)
    run(tool, "validate", log, "--output", told, "--log", "ForceOverwrite", cwd=built.work)
    results = json.loads(told.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    levels = [one.get("level", "warning") for one in results if one["ruleId"] not in LEFT]
    version = node_version("@microsoft/sarif-multitool")
    found = json.loads(log.read_text(encoding="utf-8"))["runs"][0]["results"]
    yield Row(
        "SARIF Multitool", version, "problems of a broken page that the log tells", 2, len(found), least=True
    )
    yield Row("SARIF Multitool", version, "errors in the log", 0, levels.count("error"))
    yield Row("SARIF Multitool", version, "warnings of the log", 0, levels.count("warning"), note=NOTE)
