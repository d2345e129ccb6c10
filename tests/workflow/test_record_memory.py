"""What was proposed for a record, and turned down, follows the record where it goes."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from tests.workflow import test_update as updates

from dossierkit.cli import main
from dossierkit.store.record_proposal import load, path_of

MORE, RECORD, update = updates.MORE, updates.RECORD, updates.update
added, root = updates.added, updates.root


@pytest.fixture
def turned_down(root):
    """A record whose proposed alias an editor took out, while a weak one still waits."""
    update(root, MORE)
    text = (root / RECORD).read_text(encoding="utf-8")
    (root / RECORD).write_text(text.replace("  aliases:\n    - Jane Q. Doe\n", ""), encoding="utf-8")
    update(root, MORE)
    return root


def dossier(root, *arguments):
    result = CliRunner().invoke(main, ["-C", str(root), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def memory(root, id_):
    return load((root / path_of(id_)).read_text(encoding="utf-8"))


def test_a_renamed_record_remembers(turned_down):
    dossier(turned_down, "rename", "jane-doe", "jane-q-doe", "--force")
    assert not (turned_down / path_of("jane-doe")).exists()
    assert [one.value for one in memory(turned_down, "jane-q-doe").rejected] == ["Jane Q. Doe"]
    assert "Doe" in [one.value for one in memory(turned_down, "jane-q-doe").offers]


def test_a_record_that_takes_another_in_remembers_for_both(turned_down):
    (turned_down / "content/articles/2016/talks-open.md").write_text(
        "---\ntitle: T\n---\nNobody.\n", encoding="utf-8"
    )
    dossier(turned_down, "merge", "ann-lee", "jane-doe", "--force")
    assert not (turned_down / path_of("jane-doe")).exists()
    kept = memory(turned_down, "ann-lee")
    assert [one.value for one in kept.rejected] == ["Jane Q. Doe"]
    assert "Doe" not in [one.value for one in kept.offers]


def test_what_came_from_a_withdrawn_article_waits_no_more(turned_down):
    told = dossier(turned_down, "withdraw", "2016/talks-open", "--reason", "It was wrong.", "--yes")
    assert f"{RECORD}: without what was proposed from the page" in told
    assert "--path content/entities" not in told
    assert "proposed" not in (turned_down / RECORD).read_text(encoding="utf-8")
    assert "talks-open" not in (turned_down / path_of("jane-doe")).read_text(encoding="utf-8")
    assert [one.value for one in memory(turned_down, "jane-doe").offers] == ["Jane Doe", "person"]


def test_a_withdrawn_record_keeps_no_proposal_and_nobody_proposes_it_again(turned_down):
    dossier(turned_down, "withdraw", "content/entities/jane-doe.md", "--reason", "She asked for it.", "--yes")
    assert memory(turned_down, "jane-doe").offers == ()
    stone = (turned_down / RECORD).read_text(encoding="utf-8")
    update(turned_down, MORE)
    assert (turned_down / RECORD).read_text(encoding="utf-8") == stone


def test_of_two_pictures_that_of_the_record_that_stays_is_kept_and_the_other_is_told(root):
    ours, theirs = root / "content/entities/ann-lee.md", root / RECORD
    for file, name in ((ours, "ann"), (theirs, "jane")):
        text = file.read_text(encoding="utf-8")
        shown = f"image: {{src: media/{name}.png, alt: {name}}}\nmedia:\n  - {{src: media/{name}-more.png, alt: {name}}}\n"
        file.write_text(text.replace("type: person\n", f"type: person\n{shown}", 1), encoding="utf-8")
    told = dossier(root, "merge", "ann-lee", "jane-doe", "--force")
    assert (
        "`image` stays as `ann-lee` has it; `jane-doe` had: media/jane.png, which no record shows now" in told
    )
    text = ours.read_text(encoding="utf-8")
    assert "media/ann.png" in text
    assert "media/jane.png" not in text
    assert "media/jane-more.png" in text
