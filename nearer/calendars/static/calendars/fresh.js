/* Has the addresses of one's calendars asked again that were read some hours ago, one after the other, while the page is
   there to be used. What comes of it is what the page tells of them then. Without this they are read again by a button. */
import { readPart } from "../web/js/fragment.js";

const MOST = 8;
const form = document.querySelector("form[data-fresh]");

async function once() {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!answer.ok || !answer.redirected) return false;
  const there = document.getElementById("calendars");
  const fresh = there && (await readPart(answer, "calendars"));
  if (fresh && !there.contains(document.activeElement)) there.replaceWith(fresh);
  return true;
}

try {
  for (let left = MOST; form && left && (await once()); left -= 1);
} catch {
  /* Out of reach for now: what was read before still stands. */
}
