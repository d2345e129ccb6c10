"""Saved web pages and other HTML: `page` reads a saved page, `fragment` HTML that is content throughout (a mail, a feed's item, a chapter)."""
