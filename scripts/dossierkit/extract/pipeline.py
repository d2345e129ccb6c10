"""Article -> extraction: the stages in order."""

from __future__ import annotations

from dossierkit.extract.authority import Authority
from dossierkit.extract.events.find import find_events
from dossierkit.extract.identity.elsewhere import places_meant
from dossierkit.extract.identity.other_long_forms import without_other_long_forms
from dossierkit.extract.identity.resolve import resolve
from dossierkit.extract.mentions.find import find_mentions
from dossierkit.extract.notes import limits
from dossierkit.extract.timex import find_timexes
from dossierkit.model.finding import Extraction, NameFinder
from dossierkit.model.source import Article
from dossierkit.text.segment import sentences


def extract(article: Article, authority: Authority, names: NameFinder | None = None) -> Extraction:
    """All mentions, dates, entities and events of an article. Pure; linear in the text."""
    text, lang = article.text, article.lang
    cut = sentences(text, lang)
    timexes = find_timexes(text, cut, article.published, lang, article.title)
    places = places_meant(text, without_other_long_forms(text, authority, lang))
    found = find_mentions(text, cut, places.authority, names, lang, placed=places.placed)
    mentions = resolve(text, found, places.authority)
    events = find_events(article, cut, mentions, timexes)
    return Extraction(article.id, cut, mentions, timexes, events, limits(article, names, timexes))
