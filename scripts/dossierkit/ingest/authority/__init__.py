"""Authority records from other people's tables and entity graphs: each format -> `ImportedRecord`s. Pure."""
