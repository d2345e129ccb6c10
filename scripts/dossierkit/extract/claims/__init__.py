"""Whose claims sentences are: what a party, a witness or an army tells of itself is told with its speaker, and is no finding."""
