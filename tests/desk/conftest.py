"""A small folder that was added and waits for its editor, and the desk over it, asked as a browser asks."""

from __future__ import annotations

import html
import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.git import first_commit, known
from werkzeug.test import Client, TestResponse

from dossierkit.cli import main
from dossierkit.desk.access import Access
from dossierkit.desk.application import Application
from dossierkit.desk.server import ROUTES
from dossierkit.desk.session import Desk

HERE = "http://127.0.0.1:8001"
SOURCES = {
    "bridge.txt": (
        "Council reopens the old bridge\n\nThe Lenn Valley Council reopened the old bridge on Friday. Its chair, Ada Moreau, said "
        "that the repairs of the bridge had begun in late March 2015. Moreau thanked Bruno Keller of the Northern Water Agency.\n"
    ),
    "chair.txt": (
        "Chair of the council resigns\n\nAda Moreau resigned on 2 June 2016 over the costs of the old bridge. The Lenn Valley Council "
        "approved the budget in October 2014. Bruno Keller praised Moreau.\n"
    ),
    "water.txt": (
        "Agency warns of low water\n\nThe Northern Water Agency warned on 10 June 2016 that the river Lenn was low. B. Keller spoke for "
        "the Northern Water Agency. Ada Moreau was in Geneva on 11 June 2016.\n"
    ),
}


@pytest.fixture(scope="session")
def added(tmp_path_factory) -> Path:
    """Three articles as `dossier add` leaves them, in a git repository with a first commit."""
    base = tmp_path_factory.mktemp("desk")
    root, incoming = base / "lenn", base / "incoming"
    incoming.mkdir()
    for name, text in SOURCES.items():
        (incoming / name).write_text(text, encoding="utf-8")
    assert CliRunner().invoke(main, ["init", str(root)]).exit_code == 0
    command = [
        "-C",
        str(root),
        "add",
        *map(str, sorted(incoming.iterdir())),
        "--date",
        "2016-06-12",
        "--lang",
        "en",
    ]
    assert CliRunner().invoke(main, command).exit_code == 0
    first_commit(root, message="First")
    known(root)
    return root


@pytest.fixture
def root(added, tmp_path) -> Path:
    return Path(shutil.copytree(added, tmp_path / "lenn"))


@dataclass
class Browser:
    """Asks the desk, with its token and its Origin; forms are sent as the page has them."""

    desk: Desk
    access: Access
    client: Client
    page: TestResponse | None = None
    sent: list[str] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> TestResponse:
        self.page = self._without_token(
            self.client.get(f"{self.access.base}{path}", base_url=HERE, headers=headers)
        )
        return self.page

    def post(self, path: str, fields: dict[str, object], **headers: str) -> TestResponse:
        given = {"Origin": HERE, "Sec-Fetch-Site": "same-origin", **headers}
        answer = self.client.post(f"{self.access.base}{path}", base_url=HERE, data=fields, headers=given)
        return self._without_token(answer)

    def _without_token(self, answer: TestResponse) -> TestResponse:
        """The answer with addresses as views write them: they all begin with the token."""
        if answer.mimetype == "text/html":
            page = answer.get_data(as_text=True)  # `text` would be kept as it is now
            assert not re.search(rf'(?:href|action|src)="/(?!{self.access.token}/)', page)
            answer.data = page.replace(f'="{self.access.base}/', '="/')
        if answer.location:
            assert answer.location.startswith(f"{self.access.base}/")
            answer.location = answer.location.removeprefix(self.access.base)
        return answer

    def form(self, action: str, number: int = 0, **fields: object) -> TestResponse:
        """Send the form of that action on the page that was got last, with some of its fields as given."""
        assert self.page is not None
        found = [one for one in self._forms() if one[0] == action]
        assert found, f"no form goes to {action}"
        answer = self.post(action, {**found[number][1], **fields})
        self.desk.index.settle()
        return answer

    def item(self, action: str, title: str, **fields: object) -> TestResponse:
        """The same with the form about an item of that title."""
        found = next(one for one in self._forms() if one[0] == action and one[1].get("title") == title)
        answer = self.post(action, {**found[1], **fields})
        self.desk.index.settle()
        return answer

    def _forms(self) -> list[tuple[str, dict[str, object]]]:
        assert self.page is not None
        return [_fields(form) for form in re.findall(r"<form .*?</form>", self.page.text, re.DOTALL)]

    def said(self) -> str:
        """What the desk says next."""
        return " ".join(words for _, words in self.desk.heard())


def _fields(form: str) -> tuple[str, dict[str, object]]:
    action = re.search(r'action="([^"]*)"', form)
    fields: dict[str, object] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        attributes = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        name, value = attributes.get("name", ""), attributes.get("value", "")
        if attributes.get("type") == "checkbox":
            if " checked" in tag:
                fields[name] = [*fields.get(name, []), value]  # type: ignore[misc]
        elif name and name in fields:
            fields[name] = [*(fields[name] if isinstance(fields[name], list) else [fields[name]]), value]  # type: ignore[misc]
        elif name:
            fields[name] = value
    for name, value in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        fields[name] = html.unescape(value)
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return html.unescape(action[1]) if action else "", fields


def opened(root: Path) -> Browser:
    desk = Desk.open(root)
    desk.index.load()
    access = Access("127.0.0.1")
    return Browser(desk, access, Client(Application(desk, access, ROUTES)))


@pytest.fixture
def browser(root) -> Browser:
    return opened(root)


def text(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def mark(*parts: str) -> str:
    return json.dumps(parts)
