"""Link the names without a record in articles; what compares names is loaded only where there are any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dossierkit.model.decision import Decision
from dossierkit.model.page import ArticlePage
from dossierkit.model.record import Record


def identified(
    articles: Mapping[str, ArticlePage], records: Mapping[str, Record], decisions: Sequence[Decision] = ()
) -> tuple[Mapping[str, ArticlePage], dict[str, Record]]:
    """The articles with one id for each entity, and a record for each entity without one.

    Names shared by several records stay unlinked. Records get the ids that lead to them as `redirects`. `records`: all
    with names, withdrawn ones included; the result has the given ones and the new.
    """
    if not any(page.gist.named for page in articles.values()):
        return articles, dict(records)
    from dossierkit.evidence.candidates.identity import linked  # noqa: PLC0415 -- heavy

    return linked(articles, records, decisions)
