/* What every page does with names, quotes and citations: a build joins the parts into this one file. */

import "./parts/article.js";
import "./parts/cite.js";
import "./parts/card.js";
