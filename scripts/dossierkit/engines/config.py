"""mkdocs.yml -> settings, read by MkDocs itself so that every engine is told the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dossierkit.engines.source import Settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def load(root: Path) -> MkDocsConfig:
    """The configuration of the repository at `root`. Raises mkdocs.exceptions.ConfigurationError."""
    from mkdocs.config import load_config  # noqa: PLC0415 - heavy

    return load_config(str(root / "mkdocs.yml"))


def settings(config: MkDocsConfig, *, drafts: bool = False) -> Settings:
    """What the compile room needs to know of it."""
    custom = config.theme.custom_dir
    return Settings(
        docs=Path(config.docs_dir),
        overrides=(Path(custom),) if custom else (),
        links="directory" if config.use_directory_urls else "file",
        language=str(config.theme.get("language", "en")),
        extensions=config.markdown_extensions,
        extension_configs=config.mdx_configs,
        drafts=drafts,
    )
