"""What ships in the wheel is enough: a new repository is made and built from it alone."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dossierkit.workflow.init import run

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("scripts", "templates", "pyproject.toml", "LICENSE", "NOTICE", "README.md", ".gitignore")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy, as a clean clone would have it."""
    source = tmp_path_factory.mktemp("source")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(source / "out")]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next((source / "out").glob("*.whl"))


def shipped(folder):
    return {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_every_file_of_the_package_and_every_template_ships(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("dossierkit/")}
    assert names == {
        *(f"dossierkit/{name}" for name in shipped(ROOT / "scripts" / "dossierkit")),
        *(f"dossierkit/templates/{name}" for name in shipped(ROOT / "templates")),
    }


def test_a_site_is_made_from_the_wheel_alone(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "packages")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "packages")}

    def python(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    where = python("-c", "import dossierkit; print(dossierkit.__file__)").stdout
    assert Path(where).is_relative_to(tmp_path)
    assert python("-m", "dossierkit", "init", "new").returncode == 0
    built = python("-m", "dossierkit", "-C", "new", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "new" / "site" / "assets" / "dossierkit" / "dossier.css").is_file()
    assert (tmp_path / "new" / "site" / "timeline" / "index.html").is_file()


def requirements(folder):
    return (folder / "requirements.txt").read_text(encoding="utf-8")


def pip(folder, *arguments, into=None):
    command = [
        sys.executable,
        "-m",
        "pip",
        *(("--python", into) if into else ()),
        "install",
        "-q",
        "--disable-pip-version-check",
        "--no-compile",
        *arguments,
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def own_line(folder):
    """Its requirements as far as the wheel of Dossierkit, in a file of their own."""
    before, line, _ = requirements(folder).partition("./wheels/")
    (folder / "own.txt").write_text(f"{before}{line}{_.partition(chr(10))[0]}\n", encoding="utf-8")
    return ("--no-deps", "--no-index", "--target", str(folder / "installed"), "-r", "own.txt")


def test_the_requirements_of_a_new_repository_name_this_wheel_and_no_other(wheel, tmp_path):
    run(tmp_path / "new", name=None, wheel=wheel)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert f"\n./wheels/{wheel.name} --hash=sha256:{digest}\n" in requirements(tmp_path / "new")
    copy = tmp_path / "new" / "wheels" / wheel.name
    assert copy.read_bytes() == wheel.read_bytes()
    done = pip(tmp_path / "new", *own_line(tmp_path / "new"))
    assert done.returncode == 0, done.stderr
    with copy.open("ab") as file:
        file.write(b" ")
    done = pip(tmp_path / "new", "--upgrade", *own_line(tmp_path / "new"))
    assert done.returncode == 1
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_without_its_hash_the_wheel_is_not_installed(wheel, tmp_path):
    """As `init` leaves it where it was not installed from a wheel: the file says what to do, and then it works."""
    run(tmp_path / "new", name=None)
    assert f"\n./wheels/{wheel.name}\n# The hash of this wheel is missing" in requirements(tmp_path / "new")
    shutil.copy(wheel, tmp_path / "new" / "wheels")
    done = pip(tmp_path / "new", *own_line(tmp_path / "new"))
    assert done.returncode == 1
    assert "Hashes are required in --require-hashes mode" in done.stderr
    command = [sys.executable, "-m", "pip", "hash", f"wheels/{wheel.name}"]
    said = subprocess.run(command, cwd=tmp_path / "new", capture_output=True, text=True, check=True).stdout
    (line,) = [line for line in said.splitlines() if line.startswith("--hash=")]
    text = requirements(tmp_path / "new").replace(f"/{wheel.name}\n", f"/{wheel.name} {line}\n")
    (tmp_path / "new" / "requirements.txt").write_text(text, encoding="utf-8")
    assert pip(tmp_path / "new", *own_line(tmp_path / "new")).returncode == 0


def test_a_newer_build_of_the_same_version_is_installed_as_the_repository_says(wheel, tmp_path):
    """pip would leave the older one in place, since it compares versions only."""
    run(tmp_path / "new", name=None, wheel=wheel)
    told = (tmp_path / "new/wheels/README.md").read_text(encoding="utf-8")
    whole, own = re.findall(r"^ +python -m pip install (.+)$", told, re.MULTILINE)
    assert whole == "--require-hashes -r requirements.txt"
    assert f"pip install {own.replace('wheels/dossierkit-*.whl', 'FILE')}`" in told
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    wanted = own.replace("wheels/dossierkit-*.whl", f"wheels/{wheel.name}").split()
    for number in ("1", "2"):
        _marked(wheel, tmp_path / "new/wheels" / wheel.name, number)
        assert pip(tmp_path / "new", *wanted, into=python).returncode == 0
        command = [python, "-c", "from dossierkit.build_number import NUMBER; print(NUMBER)"]
        assert subprocess.check_output(command, text=True).strip() == number


def _marked(wheel, target, number):
    """A copy of the wheel with one more module, as a later build of the same version could have."""
    with zipfile.ZipFile(wheel) as given, zipfile.ZipFile(target, "w") as made:
        for name in given.namelist():
            made.writestr(name, given.read(name))
        made.writestr("dossierkit/build_number.py", f"NUMBER = {number}\n")


@pytest.mark.parametrize("name", ["dossierkit-0.0.9-py3-none-any.whl", "other-0.1.0-py3-none-any.whl"])
def test_another_wheel_is_refused_and_nothing_written(tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(click.UsageError, match="name the wheel of this version"):
        run(tmp_path / "new", name=None, wheel=tmp_path / name)
    assert not (tmp_path / "new").exists()


@pytest.mark.network
def test_a_fresh_environment_installs_and_builds_from_what_init_wrote(wheel, tmp_path):
    """As the workflows do it. There `init` finds by itself the wheel that it was installed from."""
    run(tmp_path / "new", name=None, wheel=wheel)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    done = pip(tmp_path / "new", "--require-hashes", "-r", "requirements.txt", into=programs / "python")
    if not os.environ.get("CI") and re.search("NewConnectionError|NameResolutionError", done.stderr):
        pytest.skip("the package registry cannot be reached")
    assert done.returncode == 0, done.stderr

    def dossier(*arguments):
        command = [programs / "dossier", *arguments]
        return subprocess.run(command, cwd=tmp_path / "new", capture_output=True, text=True, check=False)

    for arguments in (["check"], ["verify"], ["build", "--strict"]):
        done = dossier(*arguments)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "new" / "site" / "index.html").is_file()
    assert dossier("init", "next").returncode == 0
    assert requirements(tmp_path / "new" / "next") == requirements(tmp_path / "new")
    assert (tmp_path / "new" / "next" / "wheels" / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_requirements_that_ship_are_those_that_are_locked():
    command = [sys.executable, ROOT / "scripts" / "pins.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_all_that_dossierkit_asks_for_is_among_them():
    """By what the installed packages say of themselves, for this Python and this system."""
    text = (ROOT / "scripts/dossierkit/data/locked.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
    assert asked_for("dossierkit") <= pinned
    assert "pytest" not in pinned
    for block in re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block


def test_what_is_asked_for_with_an_extra_is_pinned_with_and_without_it():
    """pip 23 takes no other pin for it, and refuses the whole file once a newer version is out."""
    text = (ROOT / "scripts/dossierkit/data/locked.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([^ ]+==[^ ]+)", text, re.MULTILINE))
    assert {f"lxml=={metadata.version('lxml')}", f"lxml[html_clean]=={metadata.version('lxml')}"} <= pinned


def test_a_web_page_is_read_with_the_packages_that_every_pip_installs(tmp_path):
    """Some versions of pip do not find the extras of a package by another spelling: none may be needed."""
    run(tmp_path / "new", name=None)
    told = "<p>The Lenn Valley Council opened the old bridge to traffic again on Friday, after repairs of two years.</p>"
    page = f"<title>The bridge opens</title><article><h1>The bridge opens</h1>{told * 8}</article>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    script = (
        "import sys\nfrom dossierkit.cli import main\n"
        "try:\n    main(['-C', 'new', 'add', 'page.html', '--date', '2016-05-30', '--lang', 'en'])\n"
        "finally:\n    print(*{name.partition('.')[0] for name in sys.modules}, sep='\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    owners = metadata.packages_distributions()
    imported = {canonicalize_name(owner) for name in done.stdout.split() for owner in owners.get(name, ())}
    assert "justext" in imported
    assert imported - {"dossierkit", "setuptools"} <= asked_for("dossierkit", extras=False)


def asked_for(name, *, extras=True):
    """The packages that a package asks for, and these in turn. `extras`: with those of the extras that one asks another for."""
    found, left = set(), [(name, ())]
    while left:
        package, wanted_extras = left.pop()
        for text in metadata.requires(package) or ():
            wanted = Requirement(text)
            named = canonicalize_name(wanted.name)
            marks = wanted.marker and any(
                wanted.marker.evaluate({"extra": extra}) for extra in ("", *wanted_extras)
            )
            if (wanted.marker is None or marks) and named not in found:
                found.add(named)
                left.append((named, tuple(wanted.extras) if extras else ()))
    return found
