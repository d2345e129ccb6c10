"""The rules by what they examine.

Each is a function from a page (or from all pages) to findings; those of other packages come last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dossierkit.check.codes import applied
from dossierkit.check.report import Finding
from dossierkit.check.rules import entries, form, markup, private, provenance
from dossierkit.check.sheet import CheckedArticle, CheckedPage

PageRule = Callable[[CheckedPage], Iterator[Finding]]
ArticleRule = Callable[[CheckedArticle], Iterator[Finding]]

PAGE_RULES: tuple[PageRule, ...] = (
    form.changed_by_yaml,
    form.cut,
    form.addresses,
    form.status,
    form.twice,
    form.turned,
    form.lookalike,
    markup.nesting,
    markup.of_notes,
    provenance.reliability,
    lambda page: applied("page", page.path, page),
)
ARTICLE_RULES: tuple[ArticleRule, ...] = (
    entries.contradicted,
    entries.unattributed,
    markup.html,
    private.details,
    private.minors,
    private.contacts,
    private.addresses,
    private.coordinates,
    lambda article: applied("article", article.sheet.path, article),
)
RECORD_RULES: tuple[PageRule, ...] = (
    form.identifiers,
    private.location,
    lambda page: applied("record", page.path, page),
)
