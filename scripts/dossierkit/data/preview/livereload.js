// `mkdocs serve`: the page is asked for anew when the site has been built again. MkDocs writes a script for that into the
// page, which the page's policy does not run; it says which build the page is of.
(() => {
  const told = [...document.scripts].map((script) => /livereload\((\d+), (\d+)\)/.exec(script.text)).find(Boolean);
  if (!told) return;
  const [, built, page] = told;
  let asked;
  const ask = async () => {
    asked = new AbortController();
    try {
      const answer = await fetch(`/livereload/${built}/${page}`, { signal: asked.signal });
      if (Number(await answer.text()) > Number(built)) location.reload();
      else ask();
    } catch (error) {
      if (error.name !== "AbortError") setTimeout(ask, 3000);
    }
  };
  addEventListener("load", ask);
  addEventListener("pagehide", () => asked?.abort());
})();
