"""`dossier rename A NEW-ID`: a record under another id, with everything that names it; the old address leads on."""

from __future__ import annotations

from pathlib import Path

from dossierkit.store.edit import Remove, apply
from dossierkit.store.references import relinked
from dossierkit.workflow.records.plan import RecordPlan, RepositoryPages, add, carried_out, editing, exclusive


def run(root: Path, id_: str, new: str, *, force: bool = False) -> RecordPlan:
    """Raises click.UsageError, DiagnosticsError; nothing is written then."""
    with exclusive(root):
        desk = RepositoryPages(root)
        desk.record(id_)
        desk.free(new, but=id_)
        with editing(desk.content.records[id_].path):
            plan = _plan(desk, id_, new)
        return carried_out(desk, plan, force=force)


def _plan(desk: RepositoryPages, id_: str, new: str) -> RecordPlan:
    old_path, new_path = f"entities/{id_}.md", f"entities/{new}.md"
    texts = desk.renamed({id_: new})
    text = relinked(texts.pop(old_path, desk.texts[old_path]), old_path, {old_path: new_path}, to=new_path)
    redirects = desk.content.records[id_].redirects
    if new in redirects:
        text = apply(text, [Remove(("redirects", redirects.index(new)))])
    return RecordPlan(
        {**texts, new_path: add(text, "redirects", id_)}, {"": {id_: new}}, frozenset({id_, new}), (old_path,)
    )
