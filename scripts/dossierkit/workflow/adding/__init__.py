"""Adds sources: sources into seeds/, proposals beside them, draft pages into content/.

In the order of the work: `named` (arguments to files), `containers` (files to sources), `admission` and `intake` (which
sources are new), `preparing` (a source to its proposal and draft), `add` (writes them), `record_names` (names for records).
"""
