"""The commands, apart from their arguments and exit codes. A module has the name of its command, unless listed here.

Shared by several: `repository` (lock, pending files, a page with its source), `source_file` (a source: its bytes, text and
facts), `stated_values` (checks of facts that people give), `named_files` (what an argument means), `proposing` (the extractor,
templates of drafts), `say` (all printed lines), `progress`,
`termination` (folders of a command that is ended).

- `adding`: `dossier add`. `updating`: `dossier update`, `add --replaces`, `update --candidates`.
- `records`: `dossier authority`, `merge`, `split`, `rename`, `withdraw`, and what articles propose for records.
- `review`: decisions on proposals, and `dossier review` for pages. `editing`: a session on the whole repository, used by
  `terminal` (the other views of `dossier review`) and by the desk.
- `submitting`: `dossier propose`. `suggesting`: `dossier suggest`. `agents`: `dossier mcp`.
- `verify_site` belongs to `dossier verify`; `signing` to `dossier sign`; `stamping` to `dossier stamp` and `verify`.
"""
