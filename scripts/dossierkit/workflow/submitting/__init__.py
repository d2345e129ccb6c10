"""`dossier propose`: proposals of other programs, checked against the articles and added to the open proposals."""
