/* Keeps a sitting's page in step with the sitting. The stream carries only a number; when it differs from
   ours the page asks for its own stage again. Everything here is an extra: forms work without it. */
import "./chimes.js";
import "./count.js";
import { clearNote, note, showing } from "./notes.js";
import { busy, refresh } from "./send.js";
import { told } from "./stage.js";

const SILENT = 2_000;
const POLL = 10_000;
const main = document.querySelector("main[data-sitting]");
let stream = null;
let waiting = null;
let polling = null;
let latest = 0;
/* Nobody else moves a practice with a script, and its address begins a new one. */
const alone = main?.hasAttribute("data-rehearsal");

/* What is over moves no more, and has nothing to listen for. */
const over = () => main.dataset.step === "over";

function open() {
  if (alone || over()) return;
  stream?.close();
  stream = new EventSource(`/live/${encodeURIComponent(main.dataset.sitting)}`);
  stream.onopen = found;
  stream.onerror = lost;
  stream.addEventListener("at", (event) => heard(Number(JSON.parse(event.data).seq)));
  stream.addEventListener("bye", lost);
}

function heard(number) {
  found();
  latest = Math.max(latest, number);
  catchUp();
}

/* The stream may speak while a move of ours is on its way, so we look again after the answer. */
function catchUp() {
  if (latest > told() && !busy()) refresh();
}

/* A line that comes back within two seconds was never worth a word. */
function lost() {
  if (alone || over()) return;
  waiting ??= setTimeout(() => {
    if (!showing("notSaved")) note(navigator.onLine ? "holding" : "offline");
    polling ??= setInterval(poll, POLL);
  }, SILENT);
}

function found() {
  clearTimeout(waiting);
  clearInterval(polling);
  waiting = polling = null;
  clearNote("holding");
  clearNote("offline");
}

async function poll() {
  const reached = await refresh();
  if (reached && stream?.readyState === EventSource.CLOSED) open();
}

document.addEventListener("nearer:sent", catchUp);
document.addEventListener("nearer:stage", () => {
  if (over()) { stream?.close(); found(); }
  catchUp();
});
addEventListener("online", () => { open(); refresh(); });
addEventListener("offline", lost);
addEventListener("pagehide", () => stream?.close());
addEventListener("pageshow", (event) => { if (event.persisted) { open(); refresh(); } });
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (stream?.readyState === EventSource.CLOSED) open();
  refresh();
  keepAwake();
});

/* A listener does not touch the screen, so it is asked to stay lit while a sitting runs. */
let lock = null;
async function keepAwake() {
  if (!navigator.wakeLock || document.hidden || (lock && !lock.released)) return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    lock = null;
  }
}

if (main) {
  open();
  keepAwake();
}
