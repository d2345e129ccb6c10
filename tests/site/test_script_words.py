"""The words that scripts say: each that they ask for is given, in every language of the interface, and no other."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dossierkit.site.script_words import script
from dossierkit.site.strings import Strings

SCRIPTS = Path(__file__).parents[2] / "templates/assets/dossierkit"


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_scripts_are_given_the_words_they_ask_for(lang):
    given = json.loads(re.fullmatch(r"window\.dossierkit=\{words:(.*)\};\n", script(Strings(lang)))[1])
    said = " ".join(
        (SCRIPTS / name).read_text(encoding="utf-8") for name in ("card.js", "cite.js", "drawing.js")
    )
    asked = set(re.findall(r'(?:say\(|\? |: )"([a-z]+[_.a-z]*)"', said)) & {
        *given,
        *re.findall(r'say\("([^"]+)"', said),
    }
    stepping = (SCRIPTS / "dossier.js").read_text(encoding="utf-8")
    assert asked | set(re.findall(r"\bwords\.(\w+)", stepping)) == set(given)
    assert all(given.values())


def test_a_site_changes_the_words():
    assert '"close":"Shut \\"</script>"' in script(Strings("en", {"close": 'Shut "</script>'}))
