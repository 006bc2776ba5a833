/* The page that stands in for any other while there is no line: it gives way to that one by itself. */
import { reach } from "./line.js";

const EVERY = 5_000;
const ALIVE = "/healthz";

async function look() {
  if (document.hidden) return;
  const { ok } = await reach(ALIVE).catch(() => ({ ok: false }));
  if (ok && location.pathname !== "/offline") location.reload();
}

const show = (name) => { document.querySelector(`[data-${name}]`).hidden = false; };
const again = document.querySelector("[data-again]");
again.hidden = false;
again.addEventListener("click", () => location.reload());
addEventListener("online", look);
document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);

if (sessionStorage.getItem("unsent")) show("words");
if (await globalThis.caches?.has("library")) show("library");
