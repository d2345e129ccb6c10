"""What is known of each sentence before events are looked for: its mentions and dates, who takes part, who is meant by "he", who speaks.

Read `participants` first.
"""
