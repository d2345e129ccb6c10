/* The scripts of pages in the shell of our own, in one file, which saves each page two requests. Each build puts them in. */

/*! @import "dossier.js"; */
/*! @import "cite.js"; */
/*! @import "card.js"; */
