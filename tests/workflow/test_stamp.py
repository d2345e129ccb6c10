"""`dossier stamp` and its tokens, given by a real authority of this machine: OpenSSL behind a server."""

from __future__ import annotations

import hashlib
import http.server
import shutil
import subprocess
import threading

import pytest
from tests.support.runner import dossier

from dossierkit.build.site_hashes import write_manifest
from dossierkit.store.site_manifest import PATH, STAMP
from dossierkit.workflow import stamping

pytest.importorskip("rfc3161_client", reason="needs the extra `stamp`")
pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="the authority is OpenSSL")

CONFIGURATION = """\
[req]
distinguished_name = name
prompt = no
[name]
CN = An authority
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamping]
basicConstraints = critical, CA:false
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[tsa]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha384, sha512
ess_cert_id_chain = no
"""
SEED = b"A\n\nThe talks opened on Friday.\n"


def openssl(folder, *arguments, **more):
    return subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, **more)


def certified(folder):
    """A root, and by it a certificate that may give time stamps."""
    (folder / "openssl.cnf").write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="utf-8")
    key = ("-newkey", "rsa:2048", "-nodes", "-config", "openssl.cnf")
    openssl(
        folder,
        "req",
        "-x509",
        *key,
        "-keyout",
        "root.key",
        "-out",
        "root.pem",
        "-days",
        "30",
        "-extensions",
        "root",
    )
    openssl(folder, "req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Stamps")
    signed = ("-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "7", "-days", "30")
    extended = ("-extfile", "openssl.cnf", "-extensions", "stamping")
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-out", "tsa.pem", *signed, *extended)
    return folder


def replied(folder, query):
    """What the authority replies to a query; to what is none, a refusal."""
    (folder / "query.tsq").write_bytes(query)
    replies = ("ts", "-reply", "-config", "openssl.cnf", "-section", "tsa")
    openssl(folder, *replies, "-queryfile", "query.tsq", "-out", "reply.tsr")
    return (folder / "reply.tsr").read_bytes()


class Authority(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.headers["Content-Type"], query))
        folder = self.server.folder
        data = self.server.answers.pop() if self.server.answers else replied(folder, query)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_told):
        pass


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    with http.server.HTTPServer(("127.0.0.1", 0), Authority) as server:
        server.folder, server.asked, server.answers = certified(tmp_path_factory.mktemp("authority")), [], []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def root(tmp_path, monkeypatch, authority):
    """A repository with a source and a site, that trusts the authority."""
    monkeypatch.setattr(stamping, "_PAUSE", 0)
    authority.asked.clear()
    settings = "site_name: x\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: []\n"
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_bytes(SEED)
    (tmp_path / "seeds/a.yml").write_text("title: A\n", encoding="utf-8")
    page = f"---\ntitle: A\nsource: {{file: seeds/a.txt, sha256: {hashlib.sha256(SEED).hexdigest()}}}\n---\n\nA.\n"
    (tmp_path / "content/articles/a.md").write_text(page, encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("x", encoding="utf-8")
    write_manifest(tmp_path, tmp_path / "site", "", "mkdocs", keep=False)
    shutil.copy(authority.folder / "root.pem", tmp_path / stamping.AUTHORITIES)
    return tmp_path


def stamp(root, authority, *options):
    result = dossier(root, "stamp", "--authority", f"http://127.0.0.1:{authority.server_port}/", *options)
    assert result.exit_code == 0, result.output
    return result


def test_a_site_is_stamped_and_verified_without_the_authority(root, authority):
    stamp(root, authority)
    ((kind, query),) = authority.asked
    assert kind == "application/timestamp-query"
    assert hashlib.sha256((root / "site" / PATH).read_bytes()).digest() in query
    assert len(query) < 100  # the hash, and nothing of what was hashed
    authority.asked.clear()
    result = dossier(root, "verify", "--site", "site")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "\nstamped 20" in result.stderr
    assert authority.asked == []
    assert "nothing to stamp" in stamp(root, authority).stderr


def test_every_source_is_stamped_once_and_verified(root, authority):
    (root / "seeds/2016").mkdir()
    (root / "seeds/.hidden").write_bytes(b"x")
    (root / "seeds/link.txt").symlink_to(root / "mkdocs.yml")
    assert "a.txt: 20" in stamp(root, authority, "--seeds").stdout
    names = sorted(path.name for path in (root / "seeds").iterdir())
    assert names == [".hidden", "2016", "a.txt", "a.txt.tsr", "a.yml", "link.txt"]
    stamp(root, authority, "--seeds")
    assert len(authority.asked) == 1
    result = dossier(root, "verify")
    assert (result.exit_code, "1 of 1 time stamps of sources are valid" in result.stderr) == (0, True)
    assert "a.txt.tsr" not in dossier(root, "check", "--notes").output
    (root / "seeds/a.txt.tsr").rename(root / "seeds/kept")
    (root / "seeds/a.txt.tsr").write_bytes(b"no stamp")
    result = dossier(root, "verify")
    assert (result.exit_code, "0 of 1 time stamps of sources are valid" in result.stderr) == (1, True)
    (root / "seeds/kept").replace(root / "seeds/a.txt.tsr")
    (root / "seeds/a.txt").write_bytes(SEED + b"x")
    result = dossier(root, "verify")
    assert (
        result.exit_code,
        "seeds/a.txt.tsr:0:0: D619 the time stamp is a stamp of something else" in result.stdout,
    ) == (1, True)
    (root / "seeds/a.txt").unlink()
    assert (
        "seeds/a.txt.tsr:0:0: D619 the time stamp has no source beside it" in dossier(root, "verify").stdout
    )


def test_a_stamp_by_an_authority_that_nobody_trusts_does_not_hold(root, authority, tmp_path_factory):
    stamp(root, authority)
    other = certified(tmp_path_factory.mktemp("other"))
    result = dossier(root, "verify", "--site", "site", "--authorities", other / "root.pem")
    assert (result.exit_code, " D619 " in result.stdout) == (1, True)
    (root / stamping.AUTHORITIES).unlink()
    result = dossier(root, "verify", "--site", "site")
    assert (result.exit_code, " D620 " in result.stdout, "\nstamped" in result.stderr) == (0, True, False)


@pytest.mark.parametrize("token", [b"", b"no token", bytes(400)])
def test_what_is_no_stamp_is_told(root, token):
    (root / "site" / STAMP).write_bytes(token)
    result = dossier(root, "verify", "--site", "site")
    assert (result.exit_code, " D619 " in result.stdout) == (1, True)


def test_a_refusal_and_the_answer_to_another_question_stamp_nothing(root, authority):
    refusal = replied(authority.folder, b"no query")
    stamp(root, authority)
    earlier = (root / "site" / STAMP).read_bytes()
    (root / "site" / STAMP).unlink()
    for answer, why in ((refusal, "refused"), (earlier, "answered another question")):
        authority.answers.append(answer)
        address = f"http://127.0.0.1:{authority.server_port}/"
        result = dossier(root, "stamp", "--authority", address)
        assert (result.exit_code, f"the authority {why}" in result.output) == (1, True), result.output
        assert not (root / "site" / STAMP).exists()
    (root / "site" / STAMP).write_bytes(refusal)
    result = dossier(root, "verify", "--site", "site")
    assert (result.exit_code, "D619 the time stamp is the refusal of an authority" in result.stdout) == (
        1,
        True,
    )


@pytest.mark.parametrize("hashed", ["-sha384", "-sha512"])
def test_a_stamp_that_another_program_requested_is_valid(root, authority, hashed):
    site, folder = root / "site", authority.folder
    query = openssl(folder, "ts", "-query", "-data", str(site / PATH), hashed, "-cert").stdout
    (site / STAMP).write_bytes(replied(folder, query))
    result = dossier(root, "verify", "--site", "site")
    assert (result.exit_code, result.stdout, "\nstamped 20" in result.stderr) == (0, "", True)


def test_an_authority_that_does_not_answer_stamps_nothing(root):
    result = dossier(root, "stamp", "--authority", "http://127.0.0.1:9/")
    assert (result.exit_code, "the authority does not answer" in result.output) == (1, True)
    assert not (root / "site" / STAMP).exists()


def test_another_site_loses_the_stamp(root, authority):
    stamp(root, authority)
    write_manifest(root, root / "site", "", "mkdocs", keep=False)
    assert (root / "site" / STAMP).exists()
    (root / "site/index.html").write_text("y", encoding="utf-8")
    write_manifest(root, root / "site", "", "mkdocs", keep=False)
    assert not (root / "site" / STAMP).exists()
