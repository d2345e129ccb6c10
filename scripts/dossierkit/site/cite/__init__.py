"""How a page is cited: what there is to say of it, and that in each format. Pure; no day of access is ever made up."""
