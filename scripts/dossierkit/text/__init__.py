"""What is known of plain text, whoever asks: sentences, folded forms, names, quotes, dates in words. Pure."""
