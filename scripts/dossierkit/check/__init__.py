"""What an editor is told before readers see it: rules over pages, records and dossiers, each with a code."""
