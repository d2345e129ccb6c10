"""`dossier rename A NEW-ID`: gives a record another id in all pages; the old address redirects to the new one."""

from __future__ import annotations

from pathlib import Path

from dossierkit.store.edit import Remove, apply
from dossierkit.store.references import relinked
from dossierkit.workflow.records.plan import RecordPlan, RepositoryPages, add, carried_out, editing
from dossierkit.workflow.repository import exclusive


def run(root: Path, id_: str, new: str, *, force: bool = False) -> RecordPlan:
    """Rename the record. Raises click.UsageError and DiagnosticsError, with nothing written."""
    with exclusive(root):
        repository = RepositoryPages(root)
        repository.record(id_)
        repository.free(new, but=id_)
        with editing(repository.content.records[id_].path):
            plan = _plan(repository, id_, new)
        return carried_out(repository, plan, force=force)


def _plan(repository: RepositoryPages, id_: str, new: str) -> RecordPlan:
    old_path, new_path = f"entities/{id_}.md", f"entities/{new}.md"
    texts = repository.renamed({id_: new})
    text = relinked(
        texts.pop(old_path, repository.texts[old_path]), old_path, {old_path: new_path}, to=new_path
    )
    redirects = repository.content.records[id_].redirects
    if new in redirects:
        text = apply(text, [Remove(("redirects", redirects.index(new)))])
    return RecordPlan(
        {**texts, new_path: add(text, "redirects", id_)}, {"": {id_: new}}, frozenset({id_, new}), (old_path,)
    )
