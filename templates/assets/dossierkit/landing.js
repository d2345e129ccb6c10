/* The bar of sections says which one is read. It is a row of plain links without it. */
(function () {
  "use strict";
  let end = () => {};

  /* The bar alone: `scrollIntoView` would end a reader's own scrolling of the page. */
  function bring(link) {
    const bar = link.closest("ul");
    const [here, whole] = [link.getBoundingClientRect(), bar.getBoundingClientRect()];
    bar.scrollLeft += Math.max(0, here.right - whole.right) + Math.min(0, here.left - whole.left);
  }

  function start() {
    end();
    const links = [...document.querySelectorAll(".dk-bar a")];
    if (!links.length) return;
    const sections = links.map((link) => document.getElementById(link.hash.slice(1)));
    const stop = new AbortController();
    let waiting = false;
    let last = null;
    end = () => stop.abort();
    const mark = () => {
      waiting = false;
      const edge = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;
      const passed = sections.filter((section) => section.getBoundingClientRect().top <= edge);
      const now = passed.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).at(-1);
      links.forEach((link, at) => (sections[at] === now ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
      if (now && now !== last) bring(links[sections.indexOf(now)]);
      last = now;
    };
    const soon = () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    };
    addEventListener("scroll", soon, { passive: true, signal: stop.signal });
    mark();
  }

  const ready = () => (window.document$?.subscribe ? window.document$.subscribe(start) : start());
  if (document.readyState === "complete") ready();
  else document.addEventListener("DOMContentLoaded", ready);
})();
