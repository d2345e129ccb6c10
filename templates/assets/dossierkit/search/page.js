/* The page "Search": what is asked for stands in its address, and every choice is a step that "back" takes back. */

import { makeView } from "./view.js";

export async function mountPage(place, root) {
  const plain = place.querySelector(".dk-search-plain");
  const view = await makeView(root, {
    browse: plain.querySelector("ul"),
    changed(state, step) {
      const address = location.pathname + (state && `?${state}`);
      if (address === location.pathname + location.search) return;
      history[step ? "pushState" : "replaceState"](history.state, "", address);
    },
  });
  const read = () => view.show(new URLSearchParams(location.search));
  plain.hidden = true;
  place.classList.add("dk-search-page--waiting");
  place.append(view.element);
  addEventListener("popstate", () => place.isConnected && read());
  await read();
  place.classList.remove("dk-search-page--waiting");
  if (!matchMedia("(pointer: coarse)").matches) view.focus();
}
