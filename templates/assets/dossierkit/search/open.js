/* On every page: what opens the search. The rest is loaded when a reader asks for it. Without this, its links lead to the page "Search". */
(() => {
  const here = document.currentScript.src;
  const root = new URL("../../../", here);
  /* Read from a disk, a browser lets no script load another: the page "Search" says so, and leads on. */
  const onDisk = location.protocol === "file:";
  const load = (file) => import(new URL(file, here));
  const link = () => document.querySelector("a[data-dk-search]");
  /* A closed dialog may keep the focus until the next frame. */
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]") && !target.closest("dialog:not([open])");
  const onPage = () => document.querySelector("[data-dk-search-page]");

  let early = null; /* what is typed before the field is there */

  async function open(state) {
    const toPage = () => location.assign(link().href);
    if (onDisk) return toPage();
    early ??= "";
    try {
      const { openDialog } = await load("dialog.js");
      await openDialog(root, link()?.href, state);
      if (early) Object.assign(document.activeElement, { value: early }).dispatchEvent(new Event("input"));
    } catch {
      toPage();
    }
    early = null;
  }

  function ask() {
    if (onPage()) onPage().querySelector("input")?.focus();
    else open();
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("a[data-dk-search]") || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    ask();
  });

  addEventListener(
    "keydown",
    (event) => {
      if (early === null || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || (event.key === "/" && !early)) return;
      early += event.key;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!(slash || k) || !link()) return;
    event.preventDefault();
    /* Material's script would open its own. */
    event.stopPropagation();
    ask();
  });

  /* A page that was left from the dialog opens it again on the way back. */
  function start() {
    const page = onPage();
    if (page && onDisk) page.classList.add("dk-search-page--plain");
    else if (page) load("page.js").then((part) => part.mountPage(page, root)).catch(() => page.removeAttribute("data-dk-search-page"));
    else if (new URLSearchParams(location.search).has("search")) open(new URLSearchParams(location.search).get("search"));
  }

  if (window.document$?.subscribe) window.document$.subscribe(start);
  else start();
})();
