/* Keeps a sitting's page in step with the sitting. The stream carries only a number; when it differs from
   ours the page asks for its own stage again. Everything here is an extra: forms work without it. */
import "./awake.js";
import "./chimes.js";
import "./count.js";
import "./keyboard.js";
import { listen } from "./line.js";
import { clearNote, note, showing } from "./notes.js";
import { busy, refresh } from "./send.js";
import { told } from "./stage.js";
import "./stems.js";

const main = document.querySelector("main[data-sitting]");
let line = null;
let latest = 0;

/* What is over moves no more, and has nothing to listen for. */
const over = () => main.dataset.step === "over";

/* What the last screen does comes with it. */
function atTheEnd() {
  if (document.querySelector(".after[data-news]")) import("./ending.js").then(({ begin }) => begin()).catch(() => {});
}

function heard(number) {
  latest = Math.max(latest, number);
  catchUp();
}

/* The stream may speak while a move of ours is on its way, so we look again after the answer. */
function catchUp() {
  if (latest > told() && !busy()) refresh();
}

function lost() {
  if (!showing("notSaved") && !showing("ended")) note(navigator.onLine ? "holding" : "offLine");
}

function found() {
  clearNote("holding");
  clearNote("offLine");
}

document.addEventListener("nearer:sent", catchUp);
document.addEventListener("nearer:stage", () => {
  if (over()) { line?.close(); atTheEnd(); }
  catchUp();
});

// Nobody else moves a practice with a script, and its address begins a new one.
if (main && !main.hasAttribute("data-rehearsal") && !over()) {
  line = listen(`/live/${encodeURIComponent(main.dataset.sitting)}`, { heard, look: refresh, lost, found });
  line.open();
}
if (main && over()) atTheEnd();
