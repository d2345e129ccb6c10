"""Names of people, organisations and places: the model, and the rules that hold for a document."""
