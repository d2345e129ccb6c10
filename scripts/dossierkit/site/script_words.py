"""What the scripts of every page say, as a script of its own: readers load it once, and no page repeats it."""

from __future__ import annotations

from dossierkit.model.plain import compact
from dossierkit.site.strings import Strings

PATH = "assets/dossierkit/words.js"
"""Where it is served, from the site's root. shell.html and material.html load it before the scripts that read it."""
_KEYS = (
    "card.open", "card.profile", "card.sentence", "card.timeline", "close", "comma",
    "copied_link", "copied_page", "copied_quote", "copied_text", "copy", "copy_failed", "copy_failed_text", "copy_quote",
    "draw.all_years", "draw.full", "draw.in", "draw.keys", "draw.out", "draw.save", "draw.view", "draw.whole", "draw.year",
    "next_mention", "previous_mention", "report.sentence", "stop_stepping", "timelines.quoted",
)  # fmt: skip


def script(t: Strings) -> str:
    """`window.dossierkit.words`: the strings by their keys; placeholders stay in braces."""
    words = {key: t(key) for key in _KEYS} | {
        "draw.save_as": t("draw.save_as", format="{format}"),
        "mention_of": t("mention_of", n="{n}", total="{total}"),
    }
    return f"window.dossierkit={{words:{compact(words)}}};\n"
