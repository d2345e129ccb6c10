"""The nouns: frozen dataclasses without behaviour beyond what follows from their fields. Imports nothing above."""
