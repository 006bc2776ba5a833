/* Quick exit: a click, or Shift three times within five seconds. Shift as part of a capital letter does not
   count. The page is covered at once, the vault is locked, and another site takes its place in the history. */
const TIMES = 3;
const WITHIN = 5_000;
const link = document.querySelector("[data-exit]");
let presses = [];
let alone = false;

function leave(event) {
  event?.preventDefault();
  document.documentElement.dataset.covered = "";
  document.title = link.dataset.title;
  const { lock, token } = link.dataset;
  if (lock) {
    fetch(lock, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token } }).catch(() => {});
  }
  location.replace(link.href);
}

if (link) {
  link.addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    if (event.key === "Shift") {
      alone = !event.repeat || alone;
    } else {
      alone = false;
      presses = [];
    }
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WITHIN), now];
    if (presses.length >= TIMES) leave();
  });
  // Going back must not show the page from the browser's memory.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
