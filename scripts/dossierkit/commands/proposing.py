"""What the commands that propose have in common: the extractor at work, the templates of drafts, names beside a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from dossierkit.model.article import Article
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Record

Propose = Callable[[Article], Proposal]


def proposer(records: Mapping[str, Record]) -> Propose:
    """The extractor with these authority records, and the name model where it is installed."""
    from dossierkit.extract.authority import build  # noqa: PLC0415 -- heavy
    from dossierkit.extract.named import installed  # noqa: PLC0415 -- heavy
    from dossierkit.extract.pipeline import extract  # noqa: PLC0415 -- heavy
    from dossierkit.extract.propose import propose  # noqa: PLC0415 -- heavy

    authority = build(records.values())
    names = installed()
    return lambda article: propose(article, extract(article, authority, names), authority)


def templates(root: Path) -> tuple[Path, ...]:
    """Where the templates of draft pages are looked for, the newsroom's own first."""
    from dossierkit.engines.source import packaged_templates  # noqa: PLC0415 -- heavy

    return (root / "templates", packaged_templates())


def beside(seed: str, suffix: str) -> str:
    """The path of a file that stands beside a seed: its name with another suffix."""
    return str(PurePosixPath(seed).with_suffix("")) + suffix
