"""YAML as text: scalars that every YAML reader reads as the same string, and front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*\Z")
_DATE = re.compile(r"(?=.*[-/])[0-9X][0-9X./~?%-]*\Z")
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)
# Words that some YAML readers take for a boolean or null.
_WORDS = frozenset({"y", "n", "null", "true", "false", "yes", "no", "on", "off"})


def scalar(value: str) -> str:
    """A string as a YAML scalar on one line: plain if that is safe in block and flow context, else double-quoted."""
    if _PLAIN.match(value) and value.lower() not in _WORDS:
        return value
    return quoted(value)


def date(value: str) -> str:
    """An EDTF date as people write it in front matter: dates and intervals plain, other values by `scalar`."""
    return value if _DATE.match(value) else scalar(value)


def quoted(value: str) -> str:
    """A string as a double-quoted YAML scalar: JSON's quoting, with invisible characters as escapes."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def flow(values: tuple[str, ...]) -> str:
    """Strings as a flow sequence on one line."""
    return "[" + ", ".join(scalar(value) for value in values) + "]"


def front_matter(values: Mapping[str, Any]) -> str:
    """The values as YAML between two lines `---`, and an empty line."""
    text = yaml.dump(dict(values), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---\n\n"


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are not empty."""
    return {name: value for name, value in values.items() if value}
