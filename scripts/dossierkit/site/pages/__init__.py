"""One module a kind of page: what it shows. Each page is a pure function of the content; `every` lists them."""
