"""Sign the scripts and styles that templates contain; values cannot be signed, because the signature is unguessable.

Literal parts are signed while templates are loaded: `<script>`, `<style>`, `style=`, handlers such as `onclick=`,
`srcdoc=`, `http-equiv` and `javascript:`. Finishing checks the signature and removes it from the page.
"""

from __future__ import annotations

import re
import secrets

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_ELEMENT = re.compile(r"<(?:script|style)(?=[\s>/{]|$)", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<=[\s"'/])(?=(?:style|on[a-z]+|srcdoc|http-equiv)\s*=)|(?<=["'=])(?=javascript:)""", re.IGNORECASE
)
_WRITTEN = re.compile(r"\\u003cstyle(?=\\u003e)")
"""Material writes the styles of its icons as strings, and prints them."""


def new() -> str:
    return f"dk{secrets.token_hex(12)}"


def sign(source: str, signature: str) -> str:
    """A template's source with its literal parts signed; Jinja's own tags are unchanged."""
    parts = by_tags(_WRITTEN.sub(rf"\g<0> {signature}-own", source))
    parts[::2] = (_signed(part, signature) for part in parts[::2])
    return "".join(parts)


def by_tags(source: str) -> list[str]:
    """A template as text and Jinja's own tags in turn, text first and last. An unclosed tag is text to the end."""
    parts: list[str] = []
    done = 0
    while found := _OPENING.search(source, done):
        end = source.find(_CLOSING[found[0]], found.end())
        if end < 0:
            break
        parts += (source[done : found.start()], source[found.start() : end + 2])
        done = end + 2
    return [*parts, source[done:]]


def _signed(text: str, signature: str) -> str:
    return _ATTRIBUTE.sub(f"{signature}-", _ELEMENT.sub(rf"\g<0> {signature}-own", text))


def own(signature: str) -> str:
    """The attribute that marks a signed element."""
    return f"{signature}-own"


def unsigned(text: str, signature: str) -> str:
    """The text before signing."""
    return text.replace(f" {signature}-own", "").replace(f"{signature}-", "") if signature else text
