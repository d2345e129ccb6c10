"""Texts in other scripts, from `dossier add` to the check of their pages."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from tests.support.yaml_files import read_yaml

from dossierkit.cli import main
from dossierkit.store.content import load_content

CASES: list[tuple[str, str, dict[str, str], list[object]]] = read_yaml(
    Path(__file__).with_name("scripts.yml")
)


def test_names_and_dates_are_found_in_every_script_and_pages_pass_their_check(tmp_path: Path) -> None:
    root, run = tmp_path / "site", CliRunner().invoke
    assert run(main, ["init", str(root)]).exit_code == 0
    for at, (lang, text, names, _) in enumerate(CASES):
        for place, (name, type_) in enumerate(names.items()):
            record = f"---\ntitle: {name}\ntype: {type_}\nstatus: reviewed\n---\n"
            (root / f"content/entities/r{at}-{place}.md").write_text(record, encoding="utf-8")
        (tmp_path / f"{lang}.txt").write_text(f"{lang}\n\n{text}\n", encoding="utf-8")
        added = run(
            main,
            ["-C", str(root), "add", str(tmp_path / f"{lang}.txt"), "--lang", lang, "--date", "2016-05-31"],
        )
        assert added.exit_code == 0, added.output
    checked = run(main, ["-C", str(root), "check"])
    assert checked.output.rstrip().endswith("0 errors, 0 warnings"), checked.output
    content, _ = load_content(root / "content")
    pages = {page.lang: page for page in content.articles.values()}
    named = {lang: [ref.id for ref in page.entities] for lang, page in pages.items()}
    assert named == {
        lang: [f"r{at}-{place}" for place in range(len(names))]
        for at, (lang, _, names, _) in enumerate(CASES)
    }
    dates = {lang: [entry.date for entry in page.timeline if entry.when] for lang, page in pages.items()}
    assert dates == {lang: [str(date) for date in dated] for lang, _, _, dated in CASES}
