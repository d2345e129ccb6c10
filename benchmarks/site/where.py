"""Where the time of a build goes, as text: run in a repository's folder, one process, the 40 dearest functions.

usage: where.py [COUNT]
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
import time
from pathlib import Path

from dossierkit.build import mkdocs_build
from dossierkit.build.configuration import load


def main() -> None:
    os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # what happens in another process has no profile
    config = load(Path.cwd())
    profile = cProfile.Profile(time.process_time)  # of processors: what else runs here is left out
    profile.runcall(mkdocs_build.run, config)
    statistics = pstats.Stats(profile)
    statistics.strip_dirs().sort_stats("cumulative").print_stats(
        int(sys.argv[1]) if len(sys.argv) > 1 else 40
    )


if __name__ == "__main__":
    main()
