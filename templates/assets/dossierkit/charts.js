/* Loads what makes drawings instruments (drawing.js) when a reader is near one: who reads the top of a page need not wait for it. */
(() => {
  const here = document.currentScript.src;

  /* An element, not an import: read from a disk, a browser lets no script import another. */
  function load() {
    if (document.querySelector("script[data-dk-drawing]")) return;
    const script = document.createElement("script");
    script.dataset.dkDrawing = "";
    script.src = new URL("drawing.js", here);
    document.head.append(script);
  }

  function start() {
    const near = new IntersectionObserver((seen) => {
      for (const one of seen.filter((one) => one.isIntersecting)) {
        near.unobserve(one.target);
        one.target.querySelector(".dk-tools").dataset.near = "";
      }
      if (!document.querySelector(".dk-tools[data-near]")) return;
      load();
      document.dispatchEvent(new Event("dk-near"));
    }, { rootMargin: "300px 0px" });
    for (const tools of document.querySelectorAll(".dk-tools:not([data-ready])")) {
      tools.dataset.ready = "";
      near.observe(tools.closest(".dk-figure, .dk-chart"));
    }
  }

  const ready = () => (window.document$?.subscribe ? window.document$.subscribe(start) : start());
  if (document.readyState === "complete") ready();
  else document.addEventListener("DOMContentLoaded", ready);
})();
