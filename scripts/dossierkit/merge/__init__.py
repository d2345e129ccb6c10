"""Three-way merge of what was proposed, what editors made of it, and what is proposed now. Pure: texts and values only."""
