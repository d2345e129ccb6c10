"""Commands start fast: what each of them imports, of all that takes long to load."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from tests.support.git import first_commit

from dossierkit.cli import main
from dossierkit.model.proposal import Proposal
from dossierkit.store.proposal import dump

HEAVY = frozenset(
    "babel dask distributed fsspec hypothesis jinja2 lxml markdown mkdocs numpy onnxruntime pagefind playwright properdocs resvg_py rich rustworkx"
    " mammoth protego py3langid pypdfium2 spacy sqlite3 trafilatura urllib3 warcio yaml".split()
)
# Their configuration is read by MkDocs, which brings Babel, Jinja2 and SQLite; the text of pages is made by Markdown.
READS_PAGES = frozenset("babel jinja2 markdown mkdocs sqlite3 yaml".split())
WRITES_PAGES = frozenset("jinja2 markdown yaml".split())
# py3langid, which brings NumPy, is asked where nobody states the language.
EXTRACTS = frozenset("numpy onnxruntime py3langid yaml".split())
IMPORTS = {
    "add new.txt": WRITES_PAGES | EXTRACTS,
    "archive": frozenset({"yaml"}),
    "arrivals": frozenset({"yaml"}),
    "authority import people.csv --date 2026 --licence own": WRITES_PAGES,
    "authority pack un": WRITES_PAGES,
    "build": READS_PAGES | {"resvg_py"},
    "bundle none": READS_PAGES | {"resvg_py", "rich", "rustworkx"},
    "check": READS_PAGES,
    "diff": READS_PAGES,
    "export csv --out out": READS_PAGES | {"rich", "rustworkx"},  # it says what it does while it compiles
    "extract --jsonl in.jsonl --out out.jsonl": EXTRACTS,
    "extract --jsonl in.jsonl --out out.jsonl --no-model": frozenset({"numpy", "py3langid", "yaml"}),
    "init new": frozenset({"yaml"}),
    "merge jane-doe geneva": WRITES_PAGES,
    "merge-driver --install": frozenset(),
    "merge-driver a.yml a.yml a.yml seeds/a.suggested.yml": frozenset({"yaml"}),
    "propose --from uwazi people.csv": WRITES_PAGES,
    "propose --schema": frozenset({"yaml"}),
    "publish --dry-run 2016/talks": READS_PAGES,
    "rename jane-doe jane": WRITES_PAGES,
    "sign --key new.txt": frozenset(),
    "split jane-doe --into jane --title Jane --articles 2016/talks": WRITES_PAGES,
    "stamp --authority https://tsa.example.org/": frozenset(),
    "stats": READS_PAGES,
    "update": WRITES_PAGES | EXTRACTS,
    "verify": READS_PAGES,
    "verify --site new": frozenset(),
    "withdraw content/articles/2016/talks.md --reason x --yes": WRITES_PAGES,
}
ENDLESS = {"desk", "mcp", "review", "serve", "suggest"}  # they wait for a person, an agent or a model
ROOT = Path(__file__).resolve().parents[2]
COMMANDS = main.list_commands(click.Context(main))
ALIKE = {
    allowed: [command for command, imports in IMPORTS.items() if imports == allowed]
    for allowed in IMPORTS.values()
}
LOOK = """
import json, os, sys
from dossierkit.cli import main
seen, found = set(), []
for folder, line in json.loads(sys.argv[1]):
    os.chdir(folder)
    try:
        main(line.split(), prog_name="dossier")
    except SystemExit as end:
        if end.code == 2:
            raise
    found.append(sorted(set(sys.modules) - seen))
    seen.update(sys.modules)
print(json.dumps(found), file=sys.stderr)
"""


def imported(*runs: tuple[Path, str], among: frozenset[str] = HEAVY) -> dict[str, set[str]]:
    """Commands, each run in its folder, one after the other in one process -> the heavy modules that none before it had loaded."""
    given = json.dumps([(str(folder), command) for folder, command in runs])
    ended = subprocess.run([sys.executable, "-c", LOOK, given], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stderr.splitlines()[-1])
    return {command: among & set(modules) for (_, command), modules in zip(runs, found, strict=True)}


@pytest.fixture(scope="module")
def root(tmp_path_factory, furnish) -> Path:
    """A repository in git with an article, a person and a place."""
    root = tmp_path_factory.mktemp("startup")
    furnish(root)
    (root / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\nplugins: [dossier]\n", encoding="utf-8"
    )
    (root / "new.txt").write_text("Talks go on\n\nJane Doe spoke in Geneva on Monday.\n", encoding="utf-8")
    (root / "people.csv").write_text("name,type\nAda Moreau,person\n", encoding="utf-8")
    (root / "a.yml").write_text(dump(Proposal("", "")), encoding="utf-8")
    (root / "in.jsonl").write_text('{"id": "a", "text": "Jane Doe spoke in Geneva."}\n', encoding="utf-8")
    first_commit(root)
    return root


def test_help_imports_nothing_heavy(tmp_path):
    helps = ("--help", *(f"{command} --help" for command in COMMANDS))
    assert imported(*((tmp_path, line) for line in helps)) == {line: set() for line in helps}


def test_a_command_loads_no_other(root, tmp_path):
    shutil.copytree(root, tmp_path / "copy")
    others = frozenset(f"dossierkit.cli.{name.replace('-', '_')}" for name in COMMANDS if name != "stats")
    assert imported((tmp_path / "copy", "stats"), among=others) == {"stats": set()}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("bild", "Did you mean 'build'?"),
        ("import people.csv", "No such command 'import': write `dossier authority import`"),
        ("check --fomat json", "Did you mean '--format'?"),
        ("serve --port 1", "No such option '--port': it is an option of `dossier desk`"),
        ("check -C .", "No such option '-C': it goes before the command, as in `dossier -C DIR check`"),
        ("stats --json", "No such option '--json': write `--format json`"),
        ("check --of-nobody", "No such option '--of-nobody'."),
        ("init content/new", "is in the dossier repository"),
        ("add content/article", "does not exist: did you mean `articles`?"),
        ("add content/articles", "is in content/, where pages are, not sources"),
    ],
)
def test_what_is_misspelt_or_out_of_place_is_answered_with_what_was_meant(root, line, said):
    ended = CliRunner().invoke(
        main,
        ["-C", str(root), *(str(root / one) if one.startswith("content") else one for one in line.split())],
    )
    assert ended.exit_code == 2
    assert said in ended.stderr


def test_every_module_of_a_command_is_one():
    folder = ROOT / "scripts" / "dossierkit" / "cli"
    found = {
        file.stem.replace("_", "-") for file in folder.glob("*.py") if "@main." in file.read_text("utf-8")
    }
    assert found == set(COMMANDS)


def test_every_command_is_looked_at():
    assert {command.split()[0] for command in IMPORTS} | ENDLESS == set(COMMANDS)


@pytest.mark.parametrize(
    ("allowed", "commands"), ALIKE.items(), ids=[", ".join(sorted(one)) for one in ALIKE]
)
def test_a_command_imports_no_more_than_it_uses(root, tmp_path, allowed, commands):
    """Those that may import the same share a process: starting one costs most."""
    copies = [shutil.copytree(root, tmp_path / str(number)) for number in range(len(commands))]
    found = imported(*zip(copies, commands, strict=True))
    assert {command: modules for command, modules in found.items() if modules - allowed} == {}


def test_a_build_of_what_stands_loads_no_finder_of_names_and_no_reader_of_pdf(root, tmp_path):
    shutil.copytree(root, tmp_path / "copy")
    unused = "extract.mentions.find extract.headings ingest.pdf engines.materialised_tree build.cluster_pages"
    modules = frozenset(f"dossierkit.{name}" for name in unused.split())
    assert imported((tmp_path / "copy", "build"), among=modules) == {"build": set()}


INTERRUPTED = """
import sys

class Interrupting:
    def find_spec(self, name, *rest):
        if name == sys.argv[1]:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
import dossierkit.cli
dossierkit.cli.main(["verify", "--help"])
"""


@pytest.mark.parametrize("module", ["click", "dossierkit.cli.group", "dossierkit.cli.verify"])
def test_ctrl_c_while_commands_load_ends_like_any_other(module):
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, module], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "\nAborted!\n")
