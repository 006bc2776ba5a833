/* A page that waits for the other looks again by itself: while it is seen, and while nobody writes on it. */
const EVERY = 4000;
const mark = document.querySelector("[data-again]");
let leaving = false;

function mayLoad() {
  const writing = [...document.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
  return !document.hidden && !leaving && !writing;
}

async function look() {
  if (!mayLoad()) return;
  try {
    const answer = await fetch(mark.dataset.again, { cache: "no-store" });
    // A server that is busy says nothing about the bond.
    if (answer.status < 429 && await answer.text() !== mark.dataset.state && mayLoad()) location.reload();
  } catch {
    // The line is down; the next look may get through.
  }
}

if (mark) {
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  // Somebody who has tapped a link goes there, wherever the look would lead.
  addEventListener("beforeunload", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });
}
