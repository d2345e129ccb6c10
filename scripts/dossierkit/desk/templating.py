"""Templates of the desk (data/desk/templates); every value is escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import jinja2

from dossierkit.text.language import direction


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
