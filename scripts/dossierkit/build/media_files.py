"""The media of a site: pictures, originals, and pictures of the pages of originals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from dossierkit.build.pictures import published_pictures
from dossierkit.cache.facsimiles import page_pictures
from dossierkit.model.media import FOLDER, MediaFile
from dossierkit.site.compiled import Compiled
from dossierkit.store.state import working_folder


def media_files(result: Compiled, docs: Path, root: Path) -> dict[str, Path]:
    """The file of each by its path on the site; `docs` and `root`: the folders of the content and of the repository.

    Documents, films and sounds are not among them: engines copy those from `docs`. Raises RefusedError if a page of an original
    cannot be drawn.
    """
    return {
        **published_pictures(result.pictures, docs, working_folder(root) / "pictures"),
        **{path: root / seed for path, seed in result.originals.items()},
        **page_pictures(root, result.facsimiles.values()),
    }


def unused_media(paths: Iterable[str], media: Mapping[str, MediaFile]) -> frozenset[str]:
    """Those of the paths below content/ that are media files, and that no visible page uses."""
    own = (path for path in paths if path.startswith(FOLDER) and not path.endswith(".md"))
    return frozenset(path for path in own if path not in media)
