/* A refresh leaves the place in the page behind ("#s-3"). */
if (location.hash) location.replace(document.currentScript.dataset.to + location.hash);
