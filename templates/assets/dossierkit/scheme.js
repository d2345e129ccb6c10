/*
 * The colours that the reader chose, before anything is painted: Material reads them when half of the page is there. The
 * body is watched for, since this stands in the head.
 */
(function () {
  "use strict";
  let chosen = null;
  try {
    chosen = window.__md_get("__palette")?.color;
  } catch {
    return; /* no storage here: the system decides */
  }
  if (!chosen || chosen.media === "(prefers-color-scheme)") return;
  new MutationObserver((_, watch) => {
    if (!document.body) return;
    watch.disconnect();
    for (const [key, value] of Object.entries(chosen)) document.body.setAttribute("data-md-color-" + key, value);
  }).observe(document.documentElement, { childList: true });
})();
