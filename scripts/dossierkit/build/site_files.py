"""All files of a site for MkDocs and its templates; objects of pages that are made on demand are created on first use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.pages import Page

from dossierkit.build import mkdocs_pages
from dossierkit.build.configuration import settings
from dossierkit.build.document import document
from dossierkit.build.page_files import STAMP, page_file, sourced
from dossierkit.site.head.page_head import HEAD
from dossierkit.site.interface import Later

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_BETWEEN = str.maketrans("", "", "/-_")
_ID = re.compile(r"""(?<=\s)id="([^"]*)\"""")


class _KnownMeta(Mapping[str, Any]):
    """The front matter of a page that was made, without its long `HEAD`; the page is made again if a template reads that."""

    def __init__(self, meta: Mapping[str, Any], later: Later) -> None:
        self._known, self._later = meta, later

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - front matter holds anything
        return self._later.make().meta[key] if key == HEAD else self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._later.make().meta)

    def __len__(self) -> int:
        return len(self._later.make().meta)


def without_head(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Front matter without `HEAD`."""
    return {key: value for key, value in meta.items() if key != HEAD}


class Listed:
    """A page that is made on demand, as templates see it in the list of pages. Reading more than is known here makes it."""

    is_link = False
    update_date = STAMP

    def __init__(self, later: Later, catalogue: SiteFiles) -> None:
        self.later, self.catalogue = later, catalogue
        self.src_uri = later.path
        self.known_meta: Callable[[], Mapping[str, Any]] | None = None

    @property
    def page(self) -> Listed:
        return self

    @property
    def meta(self) -> Mapping[str, Any]:
        return (
            self.later.make().meta if self.known_meta is None else _KnownMeta(self.known_meta(), self.later)
        )

    @property
    def url(self) -> str:
        return self.catalogue.address(self.src_uri)

    @property
    def canonical_url(self) -> str | None:
        base, url = self.catalogue.base, self.url
        return base and (f"{base}{url}" if _below(url) else urljoin(base, url))

    @property
    def abs_url(self) -> str | None:
        return urlsplit(found).path if (found := self.canonical_url) else None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a page or a file has
        page = self.catalogue.made(self.src_uri).page
        return getattr(page if hasattr(page, name) else page and page.file, name)


class SiteFiles(Files):
    """All files of the site. File objects of pages that are made on demand are created when they are looked up by path."""

    def __init__(self, files: Iterable[File], later: Iterable[Later], config: MkDocsConfig) -> None:
        super().__init__(files)
        self._config = config
        self.later = {one.path: one for one in later}
        self._urls = settings(config).urls
        self.base = config.site_url and config.site_url.rstrip("/") + "/"
        self.listed = [Listed(one, self) for one in self.later.values() if one.path not in self.src_uris]
        self._files_of_later: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        found = super().get_file_from_path(path)
        return found if found is not None or path not in self.later else self._file(path)

    def documentation_pages(self, **options: Any) -> Sequence[File]:  # noqa: ANN401 - as MkDocs has them
        """In MkDocs' order: the site's own files, then all compiled pages by path."""
        present = super().documentation_pages(**options)
        compiled: list[Any] = [*(file for file in present if file.generated_by), *self.listed]
        compiled.sort(key=lambda file: file.src_uri)
        return [*(file for file in present if not file.generated_by), *compiled]

    def given(self) -> Sequence[File]:
        """The documentation pages that MkDocs builds itself."""
        return super().documentation_pages()

    def copied(self) -> Iterator[File]:
        """The files that are no pages, without those that tasks write directly into the site's folder."""
        return (file for file in self if not (file.is_documentation_page() or _written(file)))

    def written(self) -> Iterator[File]:
        return filter(_written, self)

    def address(self, path: str) -> str:
        """The address below the site's root of a page that is made on demand."""
        return self._urls.of(path)

    def made(self, path: str) -> File:
        """The file of a page that is made on demand, with its page read."""
        file = self._file(path)
        if file.page is None or file.page.markdown is None:
            page = self.later[path].make()
            file.content_string = document(page)
            sourced(file, self._config, page.source)
            mkdocs_pages.read(file.page or Page(None, file, self._config), self._config, self)
        return file

    def targets(self, page: Page) -> None:
        """Make the pages whose anchors a page links to, so that MkDocs can check them."""
        for file in page.links_to_anchors or ():
            if file.src_uri in self._files_of_later:
                self.made(file.src_uri)
            if file.page is not None and file.page.present_anchor_ids is None:
                file.page.present_anchor_ids = set(_ID.findall(file.page.content or ""))

    def _file(self, path: str) -> File:
        if (present := self.src_uris.get(path)) is not None:
            return present
        if path not in self._files_of_later:
            file = page_file(self._config, path, source=path)
            set_exclusions([file], self._config)
            self._files_of_later[path] = file
            Page(None, file, self._config)
        return self._files_of_later[path]


def _below(url: str) -> bool:
    """Whether joining the address to that of a folder is plain concatenation."""
    return url.isascii() and url.translate(_BETWEEN).isalnum() and url[0] != "/" and "//" not in url


def _written(file: File) -> bool:
    return file.abs_src_path == file.abs_dest_path
