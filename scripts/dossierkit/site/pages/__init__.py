"""One module for each kind of page. Each page is a pure function of the content; the function `every` of a module yields its
pages.
"""
