"""Authority records from tables and entity graphs of others: each format to `ImportedRecord`s. Pure."""
