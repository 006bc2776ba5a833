/* Quick exit: a click, or Shift three times within five seconds. Shift as part of a capital letter, of a click or
   of another key's command does not count. The page is covered at once, the session is ended, and another site takes this page's place in the
   history. Without scripts the button sends the same form, and the answer leads away. */
const TIMES = 3;
const WITHIN = 5_000;
const form = document.querySelector("form[data-exit]");
/* What is open in other windows of this browser goes as well. */
const windows = new BroadcastChannel("nearer-gone");
let presses = [];
let alone = false;

function go() {
  document.documentElement.dataset.covered = "";
  document.dispatchEvent(new CustomEvent("nearer:gone"));
  document.title = form.dataset.title;
  location.replace(form.dataset.exit);
}

/**
 * End this session.
 * @returns {Promise<unknown>} done once the house has heard of it, or cannot be reached
 */
export function end() {
  const { mark } = form.dataset;
  // If the form is never heard of, this ends the session with the next request of this browser.
  document.cookie = "z=; path=/; max-age=0";
  document.cookie = `${mark}=1; path=/; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
  return fetch(form.action, { method: "POST", keepalive: true }).catch(() => {});
}

function leave(event) {
  event?.preventDefault();
  document.documentElement.dataset.covered = "";
  end();
  // What an installed copy keeps goes as well; its worker sees to that also when this page is gone.
  navigator.serviceWorker?.controller?.postMessage("gone");
  navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((each) => each.unregister()));
  windows.postMessage("");
  go();
}

if (form) {
  form.addEventListener("submit", leave);
  windows.addEventListener("message", go);
  const forget = () => {
    alone = false;
    presses = [];
  };
  addEventListener("keydown", (event) => {
    // With Ctrl, Alt or Meta it changes the keyboard.
    if (event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey) {
      alone = !event.repeat || alone;
    } else {
      forget();
    }
  });
  // Marking a text, opening a link elsewhere, scrolling sideways. Captured: a page may keep these for itself.
  for (const other of ["pointerdown", "wheel"]) addEventListener(other, forget, { capture: true, passive: true });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WITHIN), now];
    if (presses.length >= TIMES) leave();
  });
  // Going back must not show the page from the browser's memory.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.documentElement.dataset.covered = "";
    location.reload();
  });
}
