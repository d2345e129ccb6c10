"""The workflows of this repository and of those that `dossier init` writes: valid, pinned, with least permissions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.process import dossier
from tests.support.yaml_files import read_yaml

from dossierkit.workflow.init import run as init

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40}  # v\d+(\.\d+)*$")
# What the token of a job must be able to do for each action that it uses, by the action's own documentation.
NEEDS = {
    "./.github/workflows/ci.yml": {"contents": "read"},
    "actions/checkout": {"contents": "read"},
    "actions/setup-python": {},
    "actions/cache": {},
    "actions/upload-artifact": {},
    "actions/download-artifact": {},
    "actions/configure-pages": {"pages": "read"},
    "actions/upload-pages-artifact": {},
    "actions/deploy-pages": {"pages": "write", "id-token": "write"},
    "actions/attest-build-provenance": {"attestations": "write", "id-token": "write"},
    "pypa/gh-action-pypi-publish": {"id-token": "write"},
}
KEPT = [
    "~/.cache/dossierkit/repositories",
    "~/.local/state/dossierkit/key",
    "site",
]  # no templates: they would run
TRIGGERS = {"push", "pull_request", "workflow_call", "workflow_dispatch", "schedule"}
COMMENTING = {"pull-requests": "write"}


@pytest.fixture(scope="module", params=["this repository", "a new repository"])
def repository(request, tmp_path_factory):
    if request.param == "this repository":
        return ROOT
    folder = tmp_path_factory.mktemp("new") / "dossier"
    init(folder, name=None)
    return folder


@pytest.fixture(scope="module")
def workflows(repository):
    files = sorted((repository / ".github" / "workflows").glob("*.yml"))
    assert len(files) == (5 if repository == ROOT else 2)
    return {file: plain(file) for file in files}


def plain(file):
    """All scalars as they are written: YAML 1.1 would make `on` a truth value."""
    return read_yaml(file, texts=True)


def jobs(workflows):
    return [job for workflow in workflows.values() for job in workflow["jobs"].values()]


def uses(job):
    """The actions of a job; or the workflow of this repository that it calls."""
    steps = [step["uses"].partition("@")[0] for step in job.get("steps", ()) if "uses" in step]
    return [job["uses"]] if "uses" in job else steps


@pytest.mark.parametrize(
    ("schema", "pattern", "options"),
    [
        ("vendor.github-workflows", ".github/workflows/*.yml", []),
        ("custom.github-workflows-require-timeout", ".github/workflows/*.yml", []),
        ("vendor.dependabot", ".github/dependabot.yml", []),
        ("vendor.gitlab-ci", ".gitlab-ci.yml", ["--data-transform", "gitlab-ci"]),
    ],
)
def test_files_are_valid(repository, schema, pattern, options):
    files = [str(file) for file in sorted(repository.glob(pattern))]
    assert files
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *options, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_citation_is_valid():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    done = subprocess.run([*command, str(ROOT / "CITATION.cff")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_action_is_pinned_by_its_commit(workflows):
    for file in workflows:
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line]
        lines = [line for line in lines if "uses: ./.github/workflows/" not in line]  # of the same commit
        assert lines
        for line in lines:
            assert PINNED.search(line), f"{file.name}: {line.strip()}"


def test_only_publications_leave_and_read_a_cache(workflows):
    """It has the text of pages, of withdrawn ones too, and the key that seals it; a pull request runs its own code."""
    for workflow in workflows.values():
        proposed = "pull_request" in workflow["on"]
        for step in (step for job in workflow["jobs"].values() for step in job.get("steps", ())):
            if not step.get("uses", "").startswith("actions/cache"):
                continue
            assert not proposed
            assert step["uses"].startswith("actions/cache@")
            assert step["with"]["key"].startswith("publish-")
            assert step["with"]["restore-keys"].startswith("publish-")
            assert step["with"]["path"].split() == KEPT
    assert any("cache" in name for job in jobs(workflows) for name in uses(job))


def test_one_action_has_one_commit_everywhere(tmp_path):
    init(tmp_path / "new", name=None)
    pins = {
        tuple(line.split("uses: ")[1].split("@"))
        for folder in (ROOT, tmp_path / "new")
        for file in (folder / ".github" / "workflows").glob("*.yml")
        for line in file.read_text(encoding="utf-8").splitlines()
        if "uses: " in line and "uses: ./" not in line
    }
    assert len({name for name, _ in pins}) == len(pins)


IMAGES = {"image", "IMAGE", "container", "services"}


def images(value, named=False):
    """Every text at or below a key that names images."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from images(below, named or key in IMAGES)
    elif isinstance(value, list):
        for below in value:
            yield from images(below, named)
    elif named:
        yield value


def test_every_image_is_pinned_by_its_digest(repository, workflows):
    found = list(images([*workflows.values(), plain(repository / ".gitlab-ci.yml")]))
    named = [image for image in found if image != "$IMAGE"]
    assert named
    for image in named:
        assert re.fullmatch(r"python:3\.\d+-bookworm@sha256:[0-9a-f]{64}", image)
    assert len({image.split("@")[0] for image in named}) == len(set(named))


def test_every_declared_python_is_tested():
    declared = {
        line.split("::")[-1].strip(' ",')
        for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
        if re.search(r"Python :: 3\.\d+", line)
    }
    (matrix,) = plain(ROOT / ".gitlab-ci.yml")["test"]["parallel"]["matrix"]
    assert {image.removeprefix("python:").partition("-")[0] for image in matrix["IMAGE"]} == declared
    assert (
        set(plain(ROOT / ".github/workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]["python"])
        == declared
    )


def scripts_of(repository, workflows):
    """The commands of each job one after another, of GitHub's and of GitLab's."""
    for job in jobs(workflows):
        yield [step["run"] for step in job.get("steps", ()) if "run" in step]
    gitlab = plain(repository / ".gitlab-ci.yml")
    before = gitlab["default"].get("before_script", [])
    yield from ([*before, *job["script"]] for job in gitlab.values() if "script" in job)


def test_whatever_is_installed_has_its_hash(repository, workflows):
    """This repository installs through `make`, whose rule asks for hashes too."""
    lines = [line for script in scripts_of(repository, workflows) for line in "\n".join(script).splitlines()]
    installing = [line for line in lines if re.search(r"\b(pip|pipx|uv|npm|npx|curl|wget)\b", line)]
    if repository == ROOT:
        assert not installing
        rule = (ROOT / "Makefile").read_text(encoding="utf-8").split("$(INSTALLED):")[1]
        installing = re.findall(r"(?:pip install|\$\(INSTALL\)|\$\(UV\))[^&|;\n]*", rule)
        assert [one.strip() for one in installing] == [
            "$(INSTALL) --require-hashes -r $(VENV)/uv.txt",
            "$(UV) --require-hashes -r requirements.txt",
            "$(INSTALL) --require-hashes -r requirements.txt",
            "$(INSTALL) --no-build-isolation -e .",
        ]
    else:
        assert set(installing) == {"python -m pip install --require-hashes -r requirements.txt"}


def test_nothing_is_built_before_it_is_checked(tmp_path):
    """In a new repository; the first command after the installation is `dossier check`, wherever a site is built."""
    init(tmp_path / "new", name=None)
    files = sorted((tmp_path / "new/.github/workflows").glob("*.yml"))
    built = 0
    for script in scripts_of(tmp_path / "new", {file: plain(file) for file in files}):
        if any("dossier build" in line for line in script):
            built += 1
            assert "pip install" in script[0]
            assert re.search(r"(^|&& )dossier check\b", script[1])
            report = (
                script.pop(1) if "|| true" in script[1] else ""
            )  # it is for GitLab to show and stops nothing
            assert ("--format gitlab >" in report) == bool(report)
            assert script[1] in {"dossier check", "dossier check --format github"}
    assert built == 4


def comments(job):
    return any("gh pr comment" in step.get("run", "") for step in job.get("steps", ()))


def test_a_job_may_do_what_its_actions_need_and_no_more(workflows):
    for workflow in workflows.values():
        assert workflow["permissions"] == {}
    for job in jobs(workflows):
        needed = {name: right for action in uses(job) for name, right in NEEDS[action].items()}
        if any(step.get("run", "").startswith("gh release create") for step in job.get("steps", ())):
            needed["contents"] = "write"
        assert job["permissions"] == (COMMENTING if comments(job) else needed)


def test_no_workflow_runs_with_rights_on_what_strangers_propose(workflows):
    for workflow in workflows.values():
        events = workflow["on"]
        assert set(events) <= TRIGGERS
        if "pull_request" in events:
            for job in workflow["jobs"].values():
                assert comments(job) or job["permissions"] == {"contents": "read"}
                assert "environment" not in job


def test_the_job_that_comments_has_nothing_of_the_pull_request_but_a_text(workflows):
    """No checkout, no installation, no cache; and not for forks, whose token could not write anyway."""
    for job in jobs(workflows):
        if comments(job):
            assert job["if"] == "github.event.pull_request.head.repo.full_name == github.repository"
            assert uses(job) == ["actions/download-artifact"]
            scripts = "".join(step.get("run", "") for step in job.get("steps", ()))
            assert not re.search(r"\b(pip|python|dossier|make|eval|source) ", scripts)


def test_whoever_compares_or_builds_has_the_history(workflows):
    """`dossier diff` compares with what was, a page says when it came to the site, and a release asks whether its commit is on main."""
    for job in jobs(workflows):
        scripts = "".join(step.get("run", "") for step in job.get("steps", ()))
        built = "dossier build" in scripts or " site" in scripts
        depths = {
            step["with"].get("fetch-depth")
            for step in job.get("steps", ())
            if step.get("uses", "").startswith("actions/checkout@")
        }
        assert ("0" in depths) == (built or "dossier diff" in scripts or "merge-base" in scripts)


def test_the_checkout_leaves_no_token_behind(workflows):
    for job in jobs(workflows):
        for step in job.get("steps", ()):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


def test_no_expression_is_pasted_into_a_script(workflows):
    for job in jobs(workflows):
        for step in job.get("steps", ()):
            assert "${{" not in step.get("run", "")


@pytest.mark.engine
def test_a_preview_opens_from_a_disk(tmp_path, monkeypatch):
    """Built as the workflow for pull requests builds it: links lead to files, not to folders."""
    init(tmp_path / "new", name=None)
    steps = plain(tmp_path / "new/.github/workflows/pull-request.yml")["jobs"]["check"]["steps"]
    (given,) = (step["env"] for step in steps if step.get("run", "").startswith("dossier build"))
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert dossier("build", "--strict", cwd=tmp_path / "new").returncode == 0
    page = (tmp_path / "new/site/index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a [^>]*href="([^"#:]+)"', page)
    assert "articles/index.html" in links
    assert [link for link in links if not (tmp_path / "new/site" / link).is_file()] == []


def test_pull_requests_get_a_preview_and_main_is_published(workflows):
    previews = [
        job
        for workflow in workflows.values()
        if "pull_request" in workflow["on"]
        for job in workflow["jobs"].values()
        if any(step.get("with", {}).get("name") == "preview" for step in job.get("steps", ()))
    ]
    assert len(previews) == 1
    reviewed = "".join(
        step.get("run", "") + "\n"
        for workflow in workflows.values()
        if "pull_request" in workflow["on"]
        for job in workflow["jobs"].values()
        for step in job.get("steps", ())
    )
    for command in (
        "dossier check --format github",
        "dossier verify",
        'dossier diff --base "origin/$GITHUB_BASE_REF" --format markdown',
        '>> "$GITHUB_STEP_SUMMARY"',
    ):
        assert command in reviewed
    published = [
        workflow
        for workflow in workflows.values()
        if any("actions/deploy-pages" in uses(job) for job in workflow["jobs"].values())
    ]
    assert len(published) == 1
    assert published[0]["on"]["push"]["branches"] == ["main"]
    assert "pull_request" not in published[0]["on"]


def test_gitlab_publishes_the_default_branch_and_previews_merge_requests(repository):
    config = read_yaml(repository / ".gitlab-ci.yml")
    assert config["pages"]["artifacts"]["paths"] == ["public"]
    assert config["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    for job, path in (("preview", "site/"), ("diff", "diff.md")):
        assert config[job]["artifacts"]["paths"] == [path]
        assert config[job]["artifacts"]["expose_as"]
        assert config[job]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert config["variables"]["GIT_DEPTH"] == "0"
    for job in ("preview", "pages"):
        if "--format gitlab" in "".join(config[job]["script"]):
            assert config[job]["artifacts"]["reports"] == {"codequality": ".cache/code-quality.json"}
    assert "slim" not in config["default"]["image"], "`dossier diff` needs git"


GH = """\
#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in *--paginate*) printf '%s' "$BEFORE" ;; esac
"""


@pytest.mark.skipif(not shutil.which("bash"), reason="the workflow's steps are for bash")
@pytest.mark.parametrize(
    ("before", "call"),
    [
        ("", "pr comment 7 --body-file comment.md"),
        (
            "41\n42\n",
            "api --silent --method PATCH repos/o/r/issues/comments/41 --field body=@comment.md",
        ),
    ],
)
def test_the_comment_is_written_once_and_then_anew(tmp_path, before, call):
    """The step as it stands in a new repository, with a stand-in for GitHub's command."""
    init(tmp_path / "new", name=None)
    job = plain(tmp_path / "new/.github/workflows/pull-request.yml")["jobs"]["comment"]
    (tmp_path / "gh").write_text(GH, encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "diff.md").write_text("### What changes\n", encoding="utf-8")
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "CALLS": str(tmp_path / "calls"),
        "BEFORE": before,
        "GH_REPO": "o/r",
        "NUMBER": "7",
    }
    command = ["bash", "-e", "-o", "pipefail", "-c", job["steps"][-1]["run"]]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert "repos/o/r/issues/7/comments" in calls[0]
    assert calls[1:] == [call]
    text = (tmp_path / "comment.md").read_text(encoding="utf-8")
    assert text == "<!-- dossier-diff -->\n### What changes\n"


def test_gitlab_signs_with_a_key_of_a_variable_and_leaves_none_behind(tmp_path):
    """The step as it stands in a new repository. The web form takes the last line break off a key, or adds carriage returns."""
    init(tmp_path / "new", name=None)
    (step,) = (step for step in plain(tmp_path / "new/.gitlab-ci.yml")["pages"]["script"] if "sign" in step)
    key, left = tmp_path / "key", tmp_path / "temporary"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    whole = key.read_bytes()
    manifest = tmp_path / "new/site/.well-known/dossier.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("{}", encoding="utf-8")
    left.mkdir()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(left),
        "DOSSIER_SIGNING_KEY": str(key),
    }
    for content, code in ((whole.strip(), 0), (whole.replace(b"\n", b"\r\n"), 0), (whole[:200], 1)):
        key.write_bytes(content)
        command = ["bash", "-e", "-o", "pipefail", "-c", f"{step}\necho signed"]
        done = subprocess.run(
            command, cwd=tmp_path / "new", env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr
        assert ("signed" in done.stdout.splitlines()) == (code == 0)
        assert list(left.iterdir()) == []
    assert "A private key must be complete" in done.stderr


def test_checks_that_the_documentation_says_to_require_are_jobs_of_every_pull_request(tmp_path):
    """A required check that no job has never ends, and no pull request can be merged."""
    init(tmp_path / "new", name=None)
    jobs_ = plain(tmp_path / "new/.github/workflows/pull-request.yml")["jobs"]
    named = [
        name
        for folder in (ROOT / "docs", tmp_path / "new")
        for file in folder.rglob("*.md")
        for told in re.findall(
            r"require the checks? ((?:`[\w-]+`(?:,? and |, )?)+)", file.read_text(encoding="utf-8")
        )
        for name in re.findall(r"`([\w-]+)`", told)
    ]
    assert named
    for name in named:
        assert name in jobs_
        assert "if" not in jobs_[name]
    assert set(named) == {name for name, job in jobs_.items() if not comments(job)}


def test_the_hooks_of_a_new_repository_run_its_check(tmp_path):
    """By pre-commit's documentation: a list of repositories, each with hooks that have an id, a name, an entry and a language."""
    init(tmp_path / "new", name=None)
    hooks = read_yaml(tmp_path / "new/.pre-commit-config.yaml")
    (hook,) = hooks["repos"][0]["hooks"]
    assert hooks["repos"][0]["repo"] == "local"
    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == ("dossier check", "system", False)
    assert {"id", "name"} <= hook.keys()
