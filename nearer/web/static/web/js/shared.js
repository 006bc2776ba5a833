/* On a shared device the server forgets a session after ten minutes in which nobody was there. While somebody
   types or reads, it is told so, once a minute; when nobody is, the page is covered and gives way to the log-in. */
import { end } from "./exit.js";
import { LOG_IN, reach, STILL } from "./line.js";

const MINUTE = 60_000;
const REST = 10 * MINUTE;
const SIGNS = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"];
let seen = Date.now();
let told = seen;

async function rest() {
  document.documentElement.dataset.covered = "";
  // Asked before the session has ended, the log-in would lead back here.
  await end();
  location.replace(LOG_IN);
}

async function look() {
  const now = Date.now();
  if (now - seen >= REST) return rest();
  if (seen <= told) return;
  told = now;
  try {
    const answer = await reach(STILL, { headers: { "X-By-Hand": "1" } });
    if (answer.status === 401) rest();
  } catch {
    // The line is down; the server decides when it hears from us again.
  }
}

for (const sign of SIGNS) addEventListener(sign, () => { seen = Date.now(); }, { passive: true });
setInterval(look, MINUTE);
// A device that slept has not counted.
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
