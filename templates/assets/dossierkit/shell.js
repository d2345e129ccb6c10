/* Light or dark: what the reader chose, else what the system says. In the head, so that nothing is painted before. */
(function () {
  "use strict";
  const KEY = "dossierkit-scheme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.documentElement.classList.replace("no-js", "js");

  /* Material's name for what calls a script with each page: plugins and own scripts written for Material ask for it. */
  window.document$ = {
    subscribe: (act) => (document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", () => act(document)) : act(document)),
  };

  function chosen() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; /* no storage here: the system decides */
    }
  }

  function apply() {
    if (!document.body?.hasAttribute("data-dk-schemes")) return;
    const scheme = chosen() || (dark.matches ? "slate" : "default");
    document.body.setAttribute("data-md-color-scheme", scheme);
  }

  new MutationObserver((_, watch) => {
    if (!document.body) return;
    watch.disconnect();
    apply();
  }).observe(document.documentElement, { childList: true });
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);

  document.addEventListener("DOMContentLoaded", () => {
    const menu = document.getElementById("dk-menu");
    if (menu) menu.checked = false; /* a browser that remembers fields would open it again */
    document.querySelector(".dk-scheme")?.addEventListener("click", () => {
      const next = document.body.getAttribute("data-md-color-scheme") === "slate" ? "default" : "slate";
      try {
        localStorage.setItem(KEY, next);
      } catch {
        /* it holds for this page */
      }
      document.body.setAttribute("data-md-color-scheme", next);
    });
    document.addEventListener("click", (event) => {
      document.querySelectorAll(".dk-nav__group > details[open]").forEach((group) => {
        if (!group.contains(event.target)) group.open = false;
      });
    });
    document.addEventListener("keydown", (event) => {
      const group = event.key === "Escape" && document.activeElement.closest(".dk-nav__group > details[open]");
      if (!group) return;
      group.open = false;
      group.querySelector("summary").focus();
    });
  });
})();
