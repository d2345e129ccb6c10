"""Authority records: import, merge, split, rename, withdraw, and proposals of articles to them.

`plan` checks the effect of a change on every article before it is written; `record_offers` merges what articles propose.
"""
