"""Who is who: mentions of one article joined to entities (`resolve`), entities of several articles joined (`clusters`), and names left apart.

`ties` are the reasons for which two names of an article are one, `doubts` the questions to an editor where they may be.
"""
