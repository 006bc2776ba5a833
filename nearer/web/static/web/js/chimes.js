/* Soft moments of a turn. A chime changes nothing: the page glows once. It sounds only if that was chosen, or
   on a phone that lies between two people, who look at each other and not at it; there it hums, too. */
import { ahead } from "./ahead.js";
import { say } from "./notes.js";
import { refresh } from "./send.js";

const LONGEST = 2 ** 31 - 1;
const HUM = [90, 120, 90];
const chime = document.querySelector("[data-words]")?.dataset.chime ?? "";
const sound = document.querySelector("main[data-sound]") !== null;
let timers = [];

/* The server's clock decides: data-now says what it read when this stage was drawn. */
function plan(root) {
  timers.forEach(clearTimeout);
  const skew = ahead(root);
  const left = (moment) => Date.parse(moment) - Date.now() - skew;
  const chimes = (root.dataset.chimes ?? "").split(/\s+/).filter(Boolean).map(left).filter((ms) => ms > 0);
  timers = chimes.filter((ms) => ms < LONGEST).map((ms) => setTimeout(() => ring(root), ms));
  const due = root.dataset.due ? left(root.dataset.due) : NaN;
  if (due < LONGEST) timers.push(setTimeout(refresh, Math.max(due, 0) + 500));
}

function ring(root) {
  delete root.dataset.chimed;
  requestAnimationFrame(() => { root.dataset.chimed = ""; });
  say(chime);
  document.dispatchEvent(new CustomEvent("nearer:chime"));
  if (!sound) return;
  navigator.vibrate?.(HUM);
  tone();
}

/* One quiet bell, made here: no file to fetch. */
function tone() {
  const audio = new AudioContext();
  const bell = new OscillatorNode(audio, { frequency: 528 });
  const volume = new GainNode(audio, { gain: 0.12 });
  bell.connect(volume).connect(audio.destination);
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 1.6);
  bell.onended = () => audio.close();
  bell.start();
  bell.stop(audio.currentTime + 1.6);
}

document.addEventListener("nearer:stage", (event) => plan(event.detail));
const first = document.getElementById("stage");
if (first) plan(first);
