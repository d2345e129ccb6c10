// The live preview: the page is asked for anew when the site has been built again, and stays at its place.
(() => {
  const key = `dk-preview:${location.pathname}`;
  const place = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (place && !location.hash) addEventListener("load", () => scrollTo(0, Number(place)));
  const built = document.currentScript.dataset.built;
  const changes = new EventSource(`/_preview/changes?built=${built}`);
  changes.onmessage = () => {
    changes.close();
    sessionStorage.setItem(key, String(scrollY));
    location.reload();
  };
  addEventListener("pagehide", () => changes.close());
})();
