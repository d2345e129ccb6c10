"""Datasette metadata for the database (https://docs.datasette.io/en/stable/metadata.html): tables, columns, facets, queries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dossierkit.export.dataset import Dataset
from dossierkit.export.sqlite import NAMED, columns
from dossierkit.export.tables import TABLES, Table
from dossierkit.text.data import load


def datasette(data: Dataset) -> Iterator[str]:
    """Metadata for a database named `dossier`, as the export's file is."""
    facts = load("datasette")
    publication = data.site.publication
    database = {
        "source": publication.name,
        **({"source_url": publication.address} if publication.address else {}),
        "tables": {
            **{table.name: _table(table, facts["tables"].get(table.name, {})) for table in TABLES},
            NAMED: {
                "description": facts["reconciled"],
                "plugins": {"datasette-reconcile": _reconciled(data)},
            },
        },
        "queries": facts["queries"],
    }
    yield (
        json.dumps(
            {"title": publication.name, "databases": {"dossier": database}}, ensure_ascii=False, indent=1
        )
        + "\n"
    )


def _reconciled(data: Dataset) -> dict[str, Any]:
    """Settings of the plugin that serves OpenRefine (https://github.com/drkane/datasette-reconcile)."""
    home = data.address("entities/index.md")
    return {
        "service_name": data.site.publication.name,
        "id_field": "id",
        "name_field": "name",
        "type_field": "type",
        "description_field": "description",
        "fts_table": "names_fts",
        **(
            {"identifierSpace": home, "view_url": f"{home}{{{{id}}}}/"}
            if data.site.publication.address
            else {}
        ),
    }


def _table(table: Table, facts: dict[str, Any]) -> dict[str, Any]:
    fields = {
        "description": table.doc,
        "columns": {column.name: column.doc for column in columns(table)},
        "facets": facts.get("facets"),
        "sort": facts.get("order"),
        "label_column": facts.get("label"),
    }
    return {name: value for name, value in fields.items() if value}
