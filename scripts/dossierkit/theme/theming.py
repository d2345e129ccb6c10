"""`extra.dossier.colors` and `extra.dossier.fonts` -> a style sheet of custom properties, and problems.

The colours that can be set are those that `tokens.css` names; its values are the defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

SHEET = "assets/dossierkit/own.css"
SCHEMES = ("light", "dark")
_NAMED = re.compile(r"--dk-([a-z-]{1,40}):\s*light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)")
_STACKS = re.compile(r"--dk-(latin|sans|mono|arabic):\s*+([^;]{1,1000});")
FONTS = {"text": "latin", "interface": "sans", "code": "mono", "arabic": "arabic"}
FILE = {"family": True, "file": True, "weight": False, "style": False, "range": False}
"""What a font file says of itself, and whether it must."""

# Foreground and background pairs that need the contrast of text.
_TYPES = ("person", "organization", "place", "document", "event")
_READ = {
    **dict.fromkeys(("paper", "raised"), ("ink", "soft", "brand", "link-hover", "alert", *_TYPES)),
    **dict.fromkeys(("lit", "lit-strong"), ("ink",)),
}
AA = 4.5
"""How far apart text needs two colours: WCAG 2.2, success criterion 1.4.3."""
_MADE = AA + 0.5  # target contrast of derived colours, somewhat above the minimum
_FORMATS = {".woff2": "woff2", ".woff": "woff", ".ttf": "truetype", ".otf": "opentype"}
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS = 40


class SettingProblem(NamedTuple):
    """What is wrong with a setting. `path`: its keys and numbers of items, below `extra.dossier` unless said otherwise."""

    path: tuple[str | int, ...]
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Look:
    """`sheet`: CSS, "" if nothing is set. `preload`: the text's font file, from the site's root; "" for none."""

    sheet: str
    preload: str


def defaults(css: str) -> dict[str, tuple[str, str]]:
    """The colours of `tokens.css` by name, for light and dark."""
    return {name: (light, dark) for name, light, dark in _NAMED.findall(css)}


def look(colors: Mapping[str, Any], fonts: Mapping[str, Any], css: str) -> Look:
    """Make the style sheet from settings without problems; `css` is the text of `tokens.css`."""
    known = defaults(css)
    chosen = {name: pair(name, value, known) for name, value in colors.items()}
    rules = [*_colours(chosen), *(_face(one) for one in fonts.get("files", ())), *_families(fonts, css)]
    text = fonts.get("text")
    files = [one["file"] for one in fonts.get("files", ()) if one["family"] == text]
    default = "assets/dossierkit/fonts/literata-latin.woff2"
    return Look("".join(rules), (files[0] if files else "") if text else default)


def pair(name: str, value: object, known: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """A colour for light and dark. For foregrounds one is enough, the other is derived; else the default stays."""
    by_scheme = value if isinstance(value, Mapping) else {"light": value}
    light, dark = (str(by_scheme.get(scheme) or "") for scheme in SCHEMES)
    if name not in _READ["paper"]:
        return light or known[name][0], dark or known[name][1]
    return light or readable(dark, known["paper"][0], _MADE), dark or readable(
        light, known["paper"][1], _MADE
    )


def _colours(chosen: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    if chosen:
        lines = "".join(
            f"  --dk-{name}: light-dark({light}, {dark});\n" for name, (light, dark) in chosen.items()
        )
        yield f":root,\nbody[data-md-color-scheme] {{\n{lines}}}\n"


def _face(one: Mapping[str, Any]) -> str:
    kind = _FORMATS[Path(str(one["file"])).suffix.lower()]
    descriptors = {
        "font-weight": one.get("weight"),
        "font-style": one.get("style"),
        "unicode-range": one.get("range"),
    }
    lines = "".join(f"  {name}: {value};\n" for name, value in descriptors.items() if value)
    source = f'url("../../{one["file"]}") format("{kind}")'
    return f'@font-face {{\n  font-family: "{one["family"]}";\n  src: {source};\n  font-display: swap;\n{lines}}}\n'


def _families(fonts: Mapping[str, Any], css: str) -> Iterator[str]:
    stacks = dict(_STACKS.findall(css))
    lines = [
        f'  --dk-{FONTS[name]}: "{fonts[name]}", {stacks[FONTS[name]]};\n'
        for name in FONTS
        if fonts.get(name)
    ]
    if lines:
        yield f":root {{\n{''.join(lines)}}}\n"


# Problems


def wrong_colours(colors: Mapping[str, Any], css: str) -> Iterator[SettingProblem]:
    """Invalid colours (D141), and colours with too little contrast (D142)."""
    known = defaults(css)
    sound = True
    for name, value in colors.items():
        values = value.values() if isinstance(value, Mapping) else (value,)
        if name in known and not (values and all(is_colour(str(one)) for one in values)):
            sound = False
            message = f"`{name}` is a colour as `#0d5063`, or one for `light` and one for `dark`, in quotation marks"
            yield SettingProblem(("colors", name), "D141", message)
    if sound:
        chosen = {name: pair(name, value, known) for name, value in colors.items()}
        yield from _unreadable({**known, **chosen}, colors)


def _unreadable(all_: Mapping[str, tuple[str, str]], chosen: Mapping[str, Any]) -> Iterator[SettingProblem]:
    for background, names in _READ.items():
        for name in names:
            for at, scheme in enumerate(SCHEMES):
                here = ratio(all_[name][at], all_[background][at])
                if here < AA and (name in chosen or background in chosen):
                    key = name if name in chosen else background
                    message = (
                        f"in the {scheme} scheme `{name}` ({all_[name][at]}) on `{background}` ({all_[background][at]}) has a contrast of "
                        f"{here:.1f} to 1, and text needs {AA} (WCAG 2.2, AA): {readable(all_[name][at], all_[background][at])} would do"
                    )
                    yield SettingProblem(("colors", key), "D142", message)


def wrong_fonts(fonts: Mapping[str, Any], docs: Path) -> Iterator[SettingProblem]:
    """Invalid or missing font families and files (D141)."""
    for name in FONTS:
        if name in fonts and not _is_family(fonts[name]):
            message = f"`{name}` is the name of one font family, as `Source Serif 4`"
            yield SettingProblem(("fonts", name), "D141", message)
    for number, one in enumerate(fonts.get("files") or ()):
        at = ("fonts", "files", number)
        font = one if isinstance(one, Mapping) else {}
        if lacking := [name for name, must in FILE.items() if must and not font.get(name)]:
            message = f"a font file needs `{lacking[0]}`: `{{family: Source Serif 4, file: assets/source-serif.woff2}}`"
            yield SettingProblem(at, "D141", message)
        elif not _is_font(docs / str(font["file"])):
            message = f"there is no font file `{font['file']}` below {docs.name}/ (woff2, woff, ttf or otf)"
            yield SettingProblem((*at, "file"), "D141", message)
        elif not _is_family(font["family"]) or any(
            re.search(r"[;{}<\\]", str(font.get(name, ""))) for name in ("weight", "style", "range", "file")
        ):
            message = "its values are those of CSS for `@font-face`, without `;`, `{` and `}`"
            yield SettingProblem(at, "D141", message)


def _is_font(file: Path) -> bool:
    return file.is_file() and file.suffix.lower() in _FORMATS


def _is_family(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[\w .'-]+", value))


def is_colour(value: str) -> bool:
    """Whether it has the form `#rgb` or `#rrggbb`, whose contrast can be computed."""
    return bool(_HEX.fullmatch(value))


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, 1 (equal) to 21 (black on white): WCAG 2.2,
    https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, background: str, wanted: float = AA) -> str:
    """The colour, mixed with as little white (black, on a light background) as gives enough contrast."""
    towards = 0 if _luminance(background) > 0.18 else 255
    for step in range(_STEPS + 1):
        mixed = _hex(tuple(part + (towards - part) * step / _STEPS for part in _parts(colour)))
        if ratio(mixed, background) >= wanted:
            return mixed
    return _hex((towards,) * 3)


def _parts(colour: str) -> tuple[float, ...]:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return tuple(float(int(digits[at : at + 2], 16)) for at in (0, 2, 4))


def _hex(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
