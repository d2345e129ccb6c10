"""Article -> extraction -> proposal. Pure: text, dates and records come in, values go out. Read pipeline.py first.

In the order of the text's way: `timex` finds dates, `names` is the name model, `mentions` finds names, `identity` says who is who, `sentences` who takes
part and who speaks, `claims` whose word it is, `events` what happened when, `headings` how to say it. `languages` has what differs between languages.
"""
