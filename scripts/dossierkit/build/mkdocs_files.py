"""Adds files to those that MkDocs found, and removes some."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.resources import files as resources
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from pathspec.gitignore import GitIgnoreSpec

from dossierkit.build import fingerprint
from dossierkit.build.load_site import SiteSettings
from dossierkit.build.media_files import media_files, unused_media
from dossierkit.ingest.refusal import RefusedError
from dossierkit.site.compiled import Compiled
from dossierkit.store.inside import leads_aside
from dossierkit.store.packaged import packaged_templates
from dossierkit.theme.stripping import FOLDER, PARTS, SCRIPT, joined, stripped, strips, with_scripts

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

LIVE = "assets/dossierkit/livereload.js"
"""The script that reloads a page under `mkdocs serve`."""
_ROOMS = ("articles", "dossiers", "entities", "timeline", "lists", "search", "verify")
_STYLED = ("assets/javascripts/", "assets/stylesheets/")
_OF_THEME = (*_STYLED, "base.html", "material.html")


def stand_outside(config: MkDocsConfig) -> None:
    """Tell MkDocs not to miss compiled pages in a navigation that somebody wrote."""
    if config.nav is not None:
        outside = GitIgnoreSpec.from_lines(f"/{room}/**" for room in _ROOMS)
        config.not_in_nav = config.not_in_nav + outside if config.not_in_nav else outside


def put_file(files: Files, file: File) -> None:
    """Add a file, in place of one with the same path."""
    if (present := files.get_file_from_path(file.src_uri)) is not None:
        files.remove(present)
    files.append(file)


def written_file(config: MkDocsConfig, path: str) -> File:
    """A file that is written directly into the site's folder. A file of Markdown is not made into a page."""
    source = f"{path}.txt" if path.endswith(".md") else path
    file = File.generated(config, source, abs_src_path=str(Path(config.site_dir) / path))
    file.dest_uri = path
    return file


def add_media(files: Files, result: Compiled, config: MkDocsConfig) -> None:
    """Add the media that visible pages use, with pictures cleaned and resized; remove all other files of content/media/.

    Raises PluginError if a page of an original cannot be drawn.
    """
    for path in unused_media(tuple(files.src_uris), result.media):
        files.remove(files.src_uris[path])
    try:
        made = media_files(result, Path(config.docs_dir), Path(config.config_file_path).parent)
    except RefusedError as error:
        raise PluginError(str(error)) from None
    for path, file in made.items():
        put_file(files, File.generated(config, path, abs_src_path=str(file)))


def leave_out(files: Files, site_settings: SiteSettings, config: MkDocsConfig) -> None:
    """Remove files that no site may publish from those that MkDocs found in docs_dir and in the site's own theme."""
    served = site_settings.options.served
    takes = {config.docs_dir: lambda path: not served.reason(path), config.theme.custom_dir: served.theme}
    for file in tuple(files):
        place, folder = file.abs_src_path, file.src_dir
        if file.generated_by or place is None or folder is None or folder not in takes:
            continue
        aside = os.path.islink(place) and leads_aside(place, folder)  # noqa: PTH114 - many
        if aside or not takes[folder](file.src_uri):
            files.remove(file)


def leave_out_theme(files: Files, shell: str, config: MkDocsConfig) -> None:
    """Remove Material's style sheets and scripts if all pages use our own shell, which does not need them.

    They stay if a template or setting of the site refers to one of Material's files, and if there are other plugins or hooks.
    """
    if shell != "own" or config.theme.name != "material" or not fingerprint.applies(config):
        return
    own = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    texts = (
        (file.read_text(encoding="utf-8", errors="replace") for file in own.rglob("*.html")) if own else ()
    )
    settings = (
        config.extra_css,
        config.extra_javascript,
        dict(config.theme).get("favicon"),
        dict(config.theme).get("logo"),
    )
    named = (*texts, *map(str, settings))
    if any(sign in text for text in named for sign in _OF_THEME):
        return
    docs = (config.docs_dir, config.theme.custom_dir, str(packaged_templates()))
    for file in [one for one in files if one.src_uri.startswith(_STYLED) and one.src_dir not in docs]:
        if file.src_dir is not None:
            files.remove(file)


def shorten(files: Files, config: MkDocsConfig) -> None:
    """Strip comments from our style sheets and scripts, and join the scripts of all pages."""
    _strip_comments(files, config)
    _join_scripts(files, config)


def _strip_comments(files: Files, config: MkDocsConfig) -> None:
    """Strip comments from the package's style sheets and scripts; a site's own files of the same name stay as they are."""
    ours = str(packaged_templates())
    for file in [one for one in files if one.src_dir == ours and strips(one.src_uri)]:
        if file.src_uri.startswith(PARTS):
            files.remove(file)
        else:
            content = stripped(file.src_uri, joined(packaged_templates() / file.src_uri))
            put_file(files, File.generated(config, file.src_uri, content=content))


def _join_scripts(files: Files, config: MkDocsConfig) -> None:
    """Put the scripts of all pages into one file, a site's own in place of the package's."""

    def text(path: str) -> str:
        return files.src_uris[path].content_bytes.decode("utf-8", errors="replace")

    joined_text = with_scripts(text(SCRIPT), lambda name: text(f"{FOLDER}{name}"))
    put_file(files, File.generated(config, SCRIPT, content=joined_text))


def livereload() -> str:
    return (resources("dossierkit") / "data" / "preview" / "livereload.js").read_text(encoding="utf-8")


def take_out(files: Files, paths: Iterable[str]) -> None:
    """Remove the files with these paths, where there are any."""
    for path in paths:
        if (file := files.src_uris.get(path)) is not None:
            files.remove(file)
