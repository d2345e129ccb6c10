"""A name taken out of an article that stays, by the steps of docs/how-to/correct-and-withdraw.md."""

from __future__ import annotations

from click.testing import CliRunner

from dossierkit.cli import main

TEXT = """\
Council reopens the old bridge

Ada Moreau said on Friday that the Lenn Valley Council had reopened the bridge on 12 May 2016.

Ada Moreau left the council on 20 May 2016.
"""


def dossier(root, *arguments):
    done = CliRunner().invoke(main, ["-C", str(root), *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_after_the_steps_no_file_has_the_name(tmp_path):
    root, source = tmp_path / "site", tmp_path / "bridge.txt"
    source.write_text(TEXT, encoding="utf-8")
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    dossier(root, "add", source, "--date", "2016-05-30", "--lang", "en")
    page = root / "content/articles/2016/council-reopens-the-old-bridge.md"
    dossier(root, "publish", "--accept", "2016/council-reopens-the-old-bridge")
    assert "Ada Moreau" in page.read_text(encoding="utf-8")

    redacted = tmp_path / "redacted.txt"
    redacted.write_text(TEXT.replace("Ada Moreau", "A member"), encoding="utf-8")
    dossier(
        root, "add", redacted, "--replaces", page.relative_to(root), "--correction", "A name was removed."
    )
    lines = page.read_text(encoding="utf-8").replace("Ada Moreau", "A member").splitlines(keepends=True)
    kept, earlier = [], False
    for line in lines:
        earlier = line.startswith("  earlier:") or (earlier and line.startswith("    "))
        if not earlier and "name: A member" not in line:
            kept.append(line.replace("[ada-moreau-person, ", "[").replace(", ada-moreau-person]", "]"))
    page.write_text("".join(kept).replace("    entities: [ada-moreau-person]\n", ""), encoding="utf-8")
    for file in (*(root / "seeds").glob("bridge.*"), root / "seeds/redacted.suggested.yml"):
        file.unlink()
    assert dossier(root, "update").exit_code == 0

    assert dossier(root, "check").exit_code == 0
    assert "all are right" in dossier(root, "verify").output
    files = [file for folder in ("content", "seeds") for file in (root / folder).rglob("*") if file.is_file()]
    left = [file for file in files if b"moreau" in file.read_bytes().lower()]
    assert not left
    assert "reopened the bridge on 12 May 2016" in page.read_text(encoding="utf-8")
