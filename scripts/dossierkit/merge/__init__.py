"""Three-way merge of the last proposal, the page as edited, and the new proposal. Pure: texts and values only."""
