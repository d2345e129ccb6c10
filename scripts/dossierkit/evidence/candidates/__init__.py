"""Who is who among the names that have no record. Pure: one function of the whole, kept nowhere."""
