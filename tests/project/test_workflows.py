"""The workflows of this repository and of those that `dossier init` writes: valid, pinned, with least permissions."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from dossierkit.commands.init import run as init

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40}  # v\d+(\.\d+)*$")
# What the token of a job must be able to do for each action that it uses, by the action's own documentation.
NEEDS = {
    "actions/checkout": {"contents": "read"},
    "actions/setup-python": {},
    "actions/upload-artifact": {},
    "actions/configure-pages": {"pages": "read"},
    "actions/upload-pages-artifact": {},
    "actions/deploy-pages": {"pages": "write", "id-token": "write"},
}
TRIGGERS = {"push", "pull_request", "workflow_dispatch"}


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
    assert len(files) == 2
    return {file: plain(file) for file in files}


def plain(file):
    """All scalars as they are written: YAML 1.1 would make `on` a truth value."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - knows strings only


def jobs(workflows):
    return [job for workflow in workflows.values() for job in workflow["jobs"].values()]


def uses(job):
    return [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step]


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
        assert lines
        for line in lines:
            assert PINNED.search(line), f"{file.name}: {line.strip()}"


def test_one_action_has_one_commit_everywhere(tmp_path):
    init(tmp_path / "new", name=None)
    pins = {
        tuple(line.split("uses: ")[1].split("@"))
        for folder in (ROOT, tmp_path / "new")
        for file in (folder / ".github" / "workflows").glob("*.yml")
        for line in file.read_text(encoding="utf-8").splitlines()
        if "uses: " in line
    }
    assert len({name for name, _ in pins}) == len(pins)


def test_a_job_may_do_what_its_actions_need_and_no_more(workflows):
    for workflow in workflows.values():
        assert workflow["permissions"] == {}
    for job in jobs(workflows):
        needed = {name: right for action in uses(job) for name, right in NEEDS[action].items()}
        assert job["permissions"] == needed


def test_no_workflow_runs_with_rights_on_what_strangers_propose(workflows):
    for workflow in workflows.values():
        events = workflow["on"]
        assert set(events) <= TRIGGERS
        if "pull_request" in events:
            for job in workflow["jobs"].values():
                assert job["permissions"] == {"contents": "read"}
                assert "environment" not in job


def test_the_checkout_leaves_no_token_behind(workflows):
    for job in jobs(workflows):
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


def test_no_expression_is_pasted_into_a_script(workflows):
    for job in jobs(workflows):
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


def test_pull_requests_get_a_preview_and_main_is_published(workflows):
    previews = [
        job
        for workflow in workflows.values()
        if "pull_request" in workflow["on"]
        for job in workflow["jobs"].values()
        if "actions/upload-artifact" in uses(job)
    ]
    assert len(previews) == 1
    published = [
        workflow
        for workflow in workflows.values()
        if any("actions/deploy-pages" in uses(job) for job in workflow["jobs"].values())
    ]
    assert len(published) == 1
    assert published[0]["on"]["push"]["branches"] == ["main"]
    assert "pull_request" not in published[0]["on"]


def test_gitlab_publishes_the_default_branch_and_previews_merge_requests(repository):
    config = yaml.safe_load((repository / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert config["pages"]["artifacts"]["paths"] == ["public"]
    assert config["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert config["preview"]["artifacts"]["expose_as"] == "preview"
    assert config["preview"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
