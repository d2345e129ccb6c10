"""`dossier propose`: proposals made elsewhere, held against the articles and put among the open proposals."""
