"""The data model: frozen dataclasses, with no behaviour beyond what follows from their fields. Imports nothing above."""
