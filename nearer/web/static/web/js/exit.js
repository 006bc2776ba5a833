/* Quick exit: a click, or Shift three times within five seconds. Shift as part of a capital letter does not
   count. The page is covered at once, the session is ended, and another site takes this page's place in the
   history. Without scripts the button sends the same form, and the answer leads away. */
const TIMES = 3;
const WITHIN = 5_000;
const form = document.querySelector("form[data-exit]");
let presses = [];
let alone = false;

function leave(event) {
  event?.preventDefault();
  const { exit, mark, title } = form.dataset;
  document.documentElement.dataset.covered = "";
  document.title = title;
  // If the form is never heard of, this ends the session with the next request of this browser.
  document.cookie = `${mark}=1; path=/; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
  fetch(form.action, { method: "POST", keepalive: true }).catch(() => {});
  location.replace(exit);
}

if (form) {
  form.addEventListener("submit", leave);
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
