"""One module for each kind of page. Each page is a pure function of the content; a module's `every` yields its pages."""
