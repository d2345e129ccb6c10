"""`dossier verify --site`, `dossier sign`: what was built is what lies there, on a disk, in an archive or on a server."""

from __future__ import annotations

import hashlib
import http.server
import json
import shutil
import subprocess
import threading
import zipfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.git import first_commit, git
from tests.support.process import dossier

from dossierkit.build import site_hashes
from dossierkit.build.site_hashes import write_manifest
from dossierkit.cli import main
from dossierkit.store.site_manifest import PATH, SIGNATURE, ManifestError, SiteManifest, loads, safe

SETTINGS = """\
site_name: x
site_url: !ENV [SITE_URL, ""]
docs_dir: content
theme: {name: material, font: false}
plugins: [dossier]
nav: [index.md]
not_in_nav: /**
extra: {dossier: {cards: false, data: [csl]}}
"""
PAGE = "articles/2016/talks/index.html"


@pytest.fixture(scope="module")
def repository(once, furnish):
    """A repository in git with its site built, to be read only."""

    def make(folder: Path) -> None:
        furnish(folder)
        (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
        (folder / ".gitignore").write_text("/site/\n", encoding="utf-8")
        first_commit(folder)
        done = dossier("build", "--strict", cwd=folder, SITE_URL="https://dossier.example.org/")
        assert done.returncode == 0, done.stderr

    return once("verifiable", make)


@pytest.fixture
def site(repository, tmp_path):
    """A copy of the site, to be changed."""
    return shutil.copytree(repository / "site", tmp_path / "site")


def verify(root, site, *arguments):
    return CliRunner().invoke(main, ["-C", str(root), "verify", "--site", str(site), *arguments])


def codes(result):
    return [line.split()[1] for line in result.stdout.splitlines()]


def files(site):
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


# The manifest


def test_a_build_lists_every_file_with_its_hash_and_says_what_made_it(repository):
    told = json.loads((repository / "site" / PATH).read_text(encoding="utf-8"))
    found = files(repository / "site")
    del found[PATH]
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in found.items()}
    assert told["files"] == {path: f"sha256-{one}" for path, one in hashes.items()}
    lines = "".join(sorted(f"{one}  {path}\n" for path, one in hashes.items()))
    assert told["root"] == f"sha256-{hashlib.sha256(lines.encode()).hexdigest()}"
    assert told["revision"] == git(repository, "rev-parse", "HEAD")
    assert (told["format"], told["site"]) == (1, "https://dossier.example.org/")
    assert {"dossierkit", "mkdocs", "mkdocs-material"} <= told["made_with"].keys()


def test_an_edit_has_only_what_changed_hashed_again(tmp_path, monkeypatch):
    site = tmp_path / "site"
    for name in ("a.html", "b.html", "sub/c.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name, encoding="utf-8")
    write_manifest(tmp_path, site, "", "mkdocs")
    read = []
    hashed = site_hashes.hashed
    monkeypatch.setattr(site_hashes, "hashed", lambda path: read.append(Path(path).name) or hashed(path))
    (site / "b.html").write_text("other", encoding="utf-8")
    (site / "a.html").unlink()
    write_manifest(tmp_path, site, "", "mkdocs")
    assert read == ["b.html"]
    assert loads((site / PATH).read_bytes()).files == {
        "b.html": hashlib.sha256(b"other").hexdigest(),
        "sub/c.html": hashlib.sha256(b"sub/c.html").hexdigest(),
    }


def test_a_manifest_says_no_commit_for_pages_that_were_never_committed(repository, tmp_path):
    root = shutil.copytree(repository, tmp_path / "edited")
    (root / "content/entities/new.md").write_text("---\ntitle: N\ntype: person\n---\n", encoding="utf-8")
    write_manifest(root, root / "site", "", "mkdocs", keep=False)
    assert loads((root / "site" / PATH).read_bytes()).revision == ""


@pytest.mark.parametrize(
    "path", ["../a", "/a", "a/../b", "", "a//b", "./a", "a\\b", "a\nb", "c:/a", ".git/config", "a/"]
)
def test_a_manifest_that_leads_out_of_the_site_is_none(path):
    assert not safe(path)
    with pytest.raises(ManifestError, match="not a path inside a site"):
        loads(SiteManifest(files={path: "0" * 64}).dumps())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format": 2}',
        b'{"format": 1, "files": 3}',
        b'{"format": 1, "files": {"a": "x"}}',
    ],
)
def test_what_is_no_manifest_is_told(site, data):
    (site / PATH).write_bytes(data)
    result = verify(site.parent, site)
    assert (result.exit_code, codes(result)) == (1, ["D614"])


def test_a_list_that_was_changed_by_hand_is_told(site):
    told = json.loads((site / PATH).read_text(encoding="utf-8"))
    told["files"]["index.html"] = "sha256-" + "0" * 64
    (site / PATH).write_text(json.dumps(told), encoding="utf-8")
    result = verify(site.parent, site)
    assert (result.exit_code, codes(result)) == (1, ["D614"])
    assert "changed the list by hand" in result.stdout


# Folders, archives, servers


def test_what_was_built_holds_and_the_checksum_of_all_is_told(site):
    result = verify(site.parent, site)
    assert (result.exit_code, result.stdout) == (0, "")
    manifest = loads((site / PATH).read_bytes())
    assert f"{len(manifest.files)} files of {site}: all are as in the manifest\n" in result.stderr
    assert f"root: sha256-{manifest.root}\n" in result.stderr
    assert result.stderr.endswith("not signed\n")


def spoil(site):
    (site / PAGE).write_bytes((site / PAGE).read_bytes().replace(b"Geneva", b"Vienna"))
    shutil.rmtree(site / "about")


def test_what_differs_is_missing_or_was_added_is_named(site):
    spoil(site)
    (site / "more.html").write_text("x", encoding="utf-8")
    result = verify(site.parent, site)
    assert result.exit_code == 1
    told = [line.split(":")[0] + line.partition(" ")[2][:4] for line in result.stdout.splitlines()]
    assert told == ["about/index.htmlD612", f"{PAGE}D611", "more.htmlD613"]
    assert "3 differ" in result.stderr


def test_a_site_without_a_manifest_proves_nothing(tmp_path):
    result = verify(tmp_path, tmp_path)
    assert (result.exit_code, codes(result)) == (1, ["D614"])


def test_a_place_that_is_not_there_is_told(tmp_path):
    result = verify(tmp_path, tmp_path / "none")
    assert (result.exit_code, codes(result)) == (1, ["D614"])


def test_an_archive_is_verified_as_it_is(site):
    archive = Path(shutil.make_archive(str(site.parent / "packed"), "zip", site))
    assert verify(site.parent, archive).exit_code == 0
    spoil(site)
    shutil.make_archive(str(site.parent / "packed"), "zip", site)
    assert codes(verify(site.parent, archive)) == ["D612", "D611"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_two_files_of_one_name_is_refused(site):
    archive = Path(shutil.make_archive(str(site.parent / "packed"), "zip", site))
    with zipfile.ZipFile(archive, "a") as packed:
        packed.writestr("index.html", "another")
    result = verify(site.parent, archive)
    assert (result.exit_code, codes(result)) == (1, ["D614"])


class Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[str]
    leads: str = ""

    def do_GET(self):
        self.asked.append(self.path)
        if self.leads and self.path.startswith("/about"):
            self.send_response(302)
            self.send_header("Location", self.leads)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_told):
        pass


@contextmanager
def served(site, leads=""):
    """Its address, and the paths that it was asked for."""
    asked = []
    handler = type("Handler", (Quiet,), {"asked": asked, "leads": leads})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", asked
        finally:
            server.shutdown()
            thread.join()


def test_a_served_site_is_read_file_by_file_as_readers_get_it(site):
    with served(site) as (address, asked):
        assert verify(site.parent, address).exit_code == 0
        assert asked[0] == f"/{PATH}"
        assert set(asked) >= {"/", "/about/", "/404.html"}
        assert len(asked) == len(set(asked))
        spoil(site)
        assert codes(verify(site.parent, address)) == ["D612", "D611"]


def test_a_server_that_leads_elsewhere_is_not_followed(site):
    with served(site) as (other, asked), served(site, other) as (address, _):
        result = verify(site.parent, address)
        assert (result.exit_code, codes(result)) == (1, ["D615"])
        assert "302" in result.stdout
        assert asked == []


def test_a_server_that_does_not_answer_ends_soon(site):
    with served(site) as (address, _):
        pass
    result = verify(site.parent, address)
    assert (result.exit_code, codes(result)) == (1, ["D614"])


# A build of one's own


def test_a_build_of_ones_own_makes_the_same_bytes_or_names_what_differs(repository, tmp_path):
    done = dossier("verify", "--site", "site", "--rebuild", cwd=repository)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all are as in the manifest and as built here" in done.stderr
    root = shutil.copytree(repository, tmp_path / "edited")
    page = root / "content/articles/2016/talks.md"
    page.write_text(page.read_text(encoding="utf-8").replace("& spoke", "& wept"), encoding="utf-8")
    done = dossier("verify", "--site", "site", "--rebuild", cwd=root)
    assert done.returncode == 1
    assert f"{PAGE}:0:0: D618 the build makes other bytes" in done.stdout
    assert "(uncommitted changes) here" in done.stdout


# Signatures


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Two keys, `desk` and `other`, and a file that lets the first one sign."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("desk", "other"):
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
        subprocess.run(make, check=True)
    public = (folder / "desk.pub").read_text(encoding="utf-8")
    (folder / "allowed_signers").write_text(
        f'desk@example.org namespaces="dossier" {public}', encoding="utf-8"
    )
    return folder


def sign(site, key):
    result = CliRunner().invoke(
        main, ["-C", str(site.parent), "sign", "--key", str(key), "--site", site.name]
    )
    assert result.exit_code == 0, result.output


def test_a_signed_site_says_who_signed_it(site, keys):
    sign(site, keys / "desk")
    result = verify(site.parent, site, "--signers", str(keys / "allowed_signers"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "signed by desk@example.org (SHA256:" in result.stderr
    shutil.copy(keys / "allowed_signers", site.parent)
    assert "signed by desk@example.org" in verify(site.parent, site).stderr


def test_a_signature_by_a_key_that_nobody_lists_does_not_hold(site, keys):
    sign(site, keys / "other")
    result = verify(site.parent, site, "--signers", str(keys / "allowed_signers"))
    assert (result.exit_code, codes(result)) == (1, ["D616"])
    result = verify(site.parent, site)
    assert (result.exit_code, codes(result)) == (0, ["D617"])
    assert "signed by" not in result.stderr


def test_a_key_that_may_sign_other_things_only_does_not_hold(site, keys):
    sign(site, keys / "desk")
    public = (keys / "desk.pub").read_text(encoding="utf-8")
    (site.parent / "others").write_text(f'desk@example.org namespaces="git" {public}', encoding="utf-8")
    result = verify(site.parent, site, "--signers", str(site.parent / "others"))
    assert (result.exit_code, codes(result)) == (1, ["D616"])
    assert "signed by" not in result.stderr


def test_without_openssh_a_signature_is_not_taken_for_valid(site, keys, monkeypatch):
    sign(site, keys / "desk")
    monkeypatch.setenv("PATH", str(site))
    result = verify(site.parent, site)
    assert (result.exit_code, codes(result)) == (1, ["D616"])
    assert "comes with OpenSSH" in result.stdout


def test_a_signature_of_something_else_does_not_hold(site, keys):
    sign(site, keys / "desk")
    manifest = loads((site / PATH).read_bytes())
    other = SiteManifest("https://elsewhere.example.org/", files=manifest.files)
    (site / PATH).write_bytes(other.dumps())
    for signers in ((), ("--signers", str(keys / "allowed_signers"))):
        result = verify(site.parent, site, *signers)
        assert (result.exit_code, codes(result)) == (1, ["D616"])


def test_a_site_that_should_be_signed_and_is_not_does_not_hold(site, keys):
    result = verify(site.parent, site, "--signers", str(keys / "allowed_signers"))
    assert (result.exit_code, codes(result)) == (1, ["D616"])


def test_nothing_is_signed_before_it_is_built(tmp_path, keys):
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "sign", "--key", str(keys / "desk")])
    assert (result.exit_code, "run `dossier build` first" in result.output) == (1, True)


def test_a_signature_stays_with_its_site_and_goes_with_another_one(repository, tmp_path, keys):
    root = shutil.copytree(repository, tmp_path / "signed")
    build = partial(dossier, "build", cwd=root, SITE_URL="https://dossier.example.org/")
    sign(root / "site", keys / "desk")
    assert build().returncode == 0
    assert (root / "site" / SIGNATURE).is_file()
    page = root / "content/articles/2016/talks.md"
    page.write_text(page.read_text(encoding="utf-8").replace("& spoke", "& wept"), encoding="utf-8")
    assert build().returncode == 0
    assert not (root / "site" / SIGNATURE).exists()
