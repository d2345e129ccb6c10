"""Names of people, organisations and places: the model, and rules for consistency within a document."""
