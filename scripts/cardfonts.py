"""Make the font of the social cards from the packages that carry its parts; run when one of them changes.

    npm pack @fontsource/literata@5.3.0 @fontsource/noto-naskh-arabic@5.3.0   # and unpack each
    python scripts/cardfonts.py LITERATA/package NASKH/package                  # needs fonttools and brotli

Literata and Noto Naskh Arabic become one family, since the renderer takes a run of text from one font only. Writes two
weights, the width of each character and the licences to scripts/dossierkit/data/cards/.
"""

from __future__ import annotations

import io
import sys
import textwrap
import unicodedata
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

OUT = Path(__file__).parent / "dossierkit" / "data" / "cards"
PARTS = {
    "literata": ("latin", "latin-ext", "vietnamese", "cyrillic", "greek"),
    "noto-naskh-arabic": ("arabic",),
}
WEIGHTS = (400, 600)
FAMILY = "Dossier Card"
# What only one of the two has, or what only vertical writing and hinting need.
LEFT_OUT = ("vhea", "vmtx", "VORG", "BASE", "prep", "fpgm", "cvt ", "DSIG", "gasp", "STAT", "MVAR", "meta")


def part(file: Path) -> io.BytesIO:
    font = TTFont(file, recalcTimestamp=False)
    font.flavor = None
    font["OS/2"].version = 4
    for name in ("usLowerOpticalPointSize", "usUpperOpticalPointSize"):
        if hasattr(font["OS/2"], name):
            delattr(font["OS/2"], name)
    for table in LEFT_OUT:
        if table in font:
            del font[table]
    written = io.BytesIO()
    font.save(written)
    written.seek(0)
    return written


def family(packages: list[Path], weight: int) -> TTFont:
    """All parts in one font, named FAMILY, without hints."""
    files = [
        package / "files" / f"{name}-{script}-{weight}-normal.woff2"
        for package, (name, scripts) in zip(packages, PARTS.items(), strict=True)
        for script in scripts
    ]
    font = merge.Merger().merge([part(file) for file in files])
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=font.getBestCmap().keys())
    cut.subset(font)
    for number in (1, 16):
        font["name"].setName(FAMILY, number, 3, 1, 0x409)
    for record in list(font["name"].names):
        if record.nameID in {1, 16} and record.platformID != 3:
            font["name"].names.remove(record)
    font["head"].created = font["head"].modified = 0
    font.recalcTimestamp = False
    return font


def widths(font: TTFont) -> tuple[dict[int, int], dict[int, int]]:
    """Of each character alone, and of letters where another follows: the wider of their initial and medial forms."""
    alone = {code: font["hmtx"][name][0] for code, name in sorted(font.getBestCmap().items())}
    joined: dict[int, int] = {}
    for code, wide in alone.items():
        form, _, letter = unicodedata.decomposition(chr(code)).partition(" ")
        if form in {"<initial>", "<medial>"} and " " not in letter:
            joined[int(letter, 16)] = max(wide, joined.get(int(letter, 16), 0))
    return alone, dict(sorted(joined.items()))


def block(key: str, table: dict[int, int]) -> list[str]:
    pairs = " ".join(f"{code}:{width}" for code, width in table.items())
    return [
        f"{key}: >-",
        *textwrap.wrap(pairs, 108, initial_indent="  ", subsequent_indent="  "),
    ]


def main(packages: list[Path]) -> None:
    OUT.mkdir(exist_ok=True)
    for weight in WEIGHTS:
        font = family(packages, weight)
        font.save(OUT / f"dossier-card-{weight}.ttf")
    head = (
        "# Code point, a colon, width in thousandths of the size, of dossier-card-600.ttf: as text, which loads in a tenth of the time.\n"
        "# `joined`: Arabic letters before another one. Written by scripts/cardfonts.py.\n"
    )
    alone, joined = widths(font)
    lines = [*block("alone", alone), *block("joined", joined)]
    (OUT / "widths.yml").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    licences = [(package / "LICENSE").read_text(encoding="utf-8") for package in packages]
    (OUT / "OFL.txt").write_text("\n".join(licences), encoding="utf-8")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
