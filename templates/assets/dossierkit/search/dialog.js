/* The same over any page. Its state stands in the page's address as `search=`, so that "back" from a result finds it again. */

import { makeView } from "./view.js";

let made = null;

export async function openDialog(root, page, state) {
  made ??= make(root, page);
  made.catch(() => (made = null));
  const { dialog, view } = await made;
  if (!dialog.open) dialog.showModal();
  if (state !== undefined) await view.show(new URLSearchParams(state));
  view.focus();
}

async function make(root, page) {
  const dialog = document.createElement("dialog");
  const view = await makeView(root, {
    page,
    close: () => dialog.close(),
    changed: (state) => keep(state),
  });
  dialog.className = "dk-search-dialog";
  dialog.setAttribute("aria-label", view.label);
  dialog.append(view.element);
  document.body.append(dialog);
  dialog.addEventListener("close", () => keep(""));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || !same(link)) return;
    keep(""); /* before the link is followed: the event "close" comes after it */
    dialog.close();
  });
  return { dialog, view };
}

/* A sentence of the page that lies below: it must not be asked for under another address. */
const same = (link) => link.pathname === location.pathname && link.hash;

function keep(state) {
  const address = new URL(location.href);
  if (state) address.searchParams.set("search", state);
  else address.searchParams.delete("search");
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}
