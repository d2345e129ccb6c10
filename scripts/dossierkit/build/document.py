"""A compiled page as the Markdown file that an engine reads."""

import yaml

from dossierkit.site.interface import CompiledPage

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def document(page: CompiledPage) -> str:
    """Front matter and body, LF line breaks."""
    head = yaml.dump(dict(page.meta), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n\n{page.body}"
