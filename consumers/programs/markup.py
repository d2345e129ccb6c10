"""The Nu Html Checker (vnu) over every page of the site: errors. It needs Java 11 or newer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

from consumers.frame import HERE, Built, Row, node_version, run

JAR = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def rows(built: Built) -> Iterator[Row]:
    version, asked = node_version("vnu-jar"), "errors on all pages"
    if not shutil.which("java"):
        yield Row("vnu", version, asked, 0, "java is missing")
        return
    done = run("java", "-jar", JAR, "--errors-only", "--format", "json", "--skip-non-html", built.site)
    said = json.loads(done.stderr or done.stdout or "{}")
    yield Row("vnu", version, asked, 0, len(said.get("messages", ())))
