"""Article -> extraction -> proposal. Pure: text, dates and records come in, values go out. Read pipeline.py first."""
