"""`dossier mcp`: reading and proposing for agents, by the Model Context Protocol. Nothing here writes or publishes a page."""
