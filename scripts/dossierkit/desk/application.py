"""The desk as a WSGI application (PEP 3333): checks access, finds the view, and returns its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from mimetypes import guess_type
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from dossierkit.build.request_check import RequestRefusal
from dossierkit.desk.access import ANSWER_HEADERS, MOST, Access
from dossierkit.desk.refused_form import put_back, sent_by_browser
from dossierkit.desk.session import Desk
from dossierkit.desk.strings import DeskStrings, languages, strings_for
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.message import Message
from dossierkit.model.system_refusal import refused_by_system
from dossierkit.store.edit import EditError
from dossierkit.text.language import direction
from dossierkit.text.printable import acts, printable
from dossierkit.workflow.editing.session import NotPublishedError

_HTML = "text/html; charset=utf-8"
_LANGUAGE = "dossier-desk-language"
_DIGITS = 9
_STATIC = ("desk.css", "desk.js", "icon.svg")


@dataclass(frozen=True)
class Visit:
    """One request: the desk, the interface words, and the query and form."""

    desk: Desk
    t: DeskStrings
    request: Request

    def form(self, name: str, default: str = "") -> str:
        """A field of the form, with LF line breaks."""
        return self.request.form.get(name, default).replace("\r\n", "\n")

    def asked(self, name: str, default: str = "") -> str:
        return self.request.args.get(name, default)

    def number(self, name: str) -> int:
        """A number of the query; 0 for what is none, since anybody can write an address."""
        given = self.asked(name)
        return int(given) if given.isdecimal() and len(given) <= _DIGITS else 0

    def edit(self, path: str, make: Callable[[str], str], words: str, said: str = "") -> None:
        """Replace the text of the page that the form shows. `said`: the message, by default `words`. Raises as `Desk.edit`."""
        self.desk.edit(path, self.form("seen"), make, words)
        self.desk.say(said or words)

    def publish(self, paths: Sequence[str], title: str, *, accept: bool) -> list[Diagnostic]:
        """Publish pages; returns what prevents it, and then nothing is written."""
        words = self.t("did.publish", name=title)
        try:
            self.desk.publish(paths, self.form("seen"), accept=accept, words=words)
        except NotPublishedError as error:
            problems = [problem for made in error.made for problem in made.problems]
            self.desk.say(self.t.count("in_the_way", len(problems)), "wrong")
            return problems
        self.desk.say(words)
        return []

    def page(self, template: str, **values: object) -> Response:
        """A page of the desk, with the latest message on top."""
        desk = self.desk
        html = render(
            template,
            t=self.t,
            languages=languages(),
            base=self.request.root_path,
            here=self.request.path,
            address=self.request.full_path.rstrip("?"),
            said=desk.heard(),
            undo=desk.engine.done[-1] if desk.engine.done else None,
            decided=desk.engine.decided,
            unreadable=list(desk.index.unreadable.values()),
            site=desk.site,
            place_of=place_of,
            **values,
        )
        refused, desk.refused = desk.refused, None
        return Response(put_back(html, refused) if refused else html, content_type=_HTML)


View = Callable[..., Response]


@dataclass(frozen=True)
class Route:
    """`method`: GET or POST. A view for POST sets a message and redirects."""

    path: str
    method: str
    view: View


def go(path: str, **asked: str) -> Response:
    """Redirect to a page of the desk. Paths in views are without the token."""
    where = f"{path}?{urlencode(asked)}" if asked else path
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": where})


def page_of(view: str) -> View:
    """A view that leads to the page whose publication was refused: where a browser loads the answer to that form again."""
    return lambda _, id_: go(f"/{view}/{quote(id_)}")


class Application:
    """Answers one request at a time: there is one editor, and every answer is quick."""

    def __init__(self, desk: Desk, access: Access, routes: Iterable[Route]) -> None:
        self._desk, self._access = desk, access
        self._views = {f"{number}": route.view for number, route in enumerate(routes)}
        rules = [
            Rule(route.path, endpoint=f"{number}", methods=[route.method])
            for number, route in enumerate(routes)
        ]
        self._map = Map(rules, strict_slashes=False)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(self._access.below(environ))
        request.max_content_length = request.max_form_memory_size = MOST
        refused = self._access.refused(request)
        response = _refusal(refused) if refused else self._answer(request)
        response.headers.update(ANSWER_HEADERS)
        if response.location and not refused:
            response.location = f"{self._access.base}{response.location}"
        return response(environ, start)

    def _answer(self, request: Request) -> Response:
        name = request.path.removeprefix("/static/")
        if name in _STATIC and request.path != name:
            return _static(name)
        with self._desk.lock:
            response = self._view(request)
            if any(kind == "wrong" for kind, _ in self._desk.said):  # the next page says it
                self._desk.refused = sent_by_browser(request)
            return response

    def _view(self, request: Request) -> Response:
        visit = Visit(self._desk, self._strings(request), request)
        try:
            endpoint, values = self._map.bind_to_environ(request.environ).match()
            if not self._desk.index.ready:
                return visit.page("reading.html", index=self._desk.index)
            if request.method != "POST":  # after locking, a form reads its page again
                self._desk.refresh()
            return self._views[endpoint](visit, **values)
        except (EditError, DiagnosticsError) as error:
            return _not_done(visit, error)
        except OSError as error:  # a page that is asked for is made of what was read before
            if request.method != "POST":
                raise
            return _not_done(visit, error)
        except (NotFound, KeyError):
            return _unread(visit) or _missing(visit)
        except HTTPException as error:
            return Response(f"{error.name}\n", error.code, content_type="text/plain; charset=utf-8")

    @staticmethod
    def _strings(request: Request) -> DeskStrings:
        return strings_for(request.cookies.get(_LANGUAGE, ""), accepted=request.accept_languages.values())


def _unread(visit: Visit) -> Response | None:
    """The problems of the page that was asked for, or that a form was sent from, if it cannot be read."""
    places = quote(visit.request.path), back(visit).partition("?")[0]
    found = (one for one in visit.desk.index.unreadable.values() if place_of(one.path) in places)
    page = next(found, None)
    return visit.page("unreadable.html", unread=page) if page else None


def _missing(visit: Visit) -> Response:
    response = visit.page("missing.html")
    response.status_code = HTTPStatus.NOT_FOUND
    return response


def _not_done(visit: Visit, error: EditError | DiagnosticsError | OSError) -> Response:
    """Redirect to the form's page, with the reason."""
    visit.desk.say(visit.t("not_done", why=printable(visit.t.message(_reason(error)))), "wrong")
    return go(back(visit))


def _reason(error: EditError | DiagnosticsError | OSError) -> Message:
    if isinstance(error, EditError):
        return error.message
    if isinstance(error, OSError):
        return refused_by_system(error)
    return Message("{problems}", {"problems": error.problems})


def back(visit: Visit) -> str:
    """The page of the desk that a form was sent from."""
    place = visit.form("back") or "/"
    is_own = place.startswith("/") and not place.startswith("//") and "\\" not in place
    return place if is_own and not any(map(acts, place)) else "/"


def place_of(path: str) -> str:
    """The address in the desk for a page."""
    for folder, view in (("articles", "article"), ("entities", "record"), ("dossiers", "dossier")):
        if path.startswith(f"content/{folder}/"):
            return f"/{view}/{quote(path.removeprefix(f'content/{folder}/').removesuffix('.md'))}"
    return "/changes"


def set_language(visit: Visit) -> Response:
    response = go(back(visit))
    if visit.form("language") in languages():
        response.set_cookie(_LANGUAGE, visit.form("language"), httponly=True, samesite="Strict", path="/")
    return response


def _refusal(refused: RequestRefusal) -> Response:
    return Response(f"{refused.reason}\n", refused.status, content_type="text/plain; charset=utf-8")


def _static(name: str) -> Response:
    data = (files("dossierkit") / "data" / "desk" / "static" / name).read_bytes()
    kind = guess_type(name)[0] or "application/octet-stream"
    return Response(data, content_type=f"{kind}; charset=utf-8")


@cache
def environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(files("dossierkit") / "data" / "desk" / "templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, **values: object) -> str:
    return environment().get_template(name).render(direction=direction, **values)
