/* Breathing together: both pages count from the same moment, by the server's clock, so they breathe in the same second. */
import { ahead } from "../web/js/ahead.js";

const IN = 4000;
const ROUND = 10000;
const LOOKS = 100;
let next = 0;

/** @param {HTMLElement} root the stage */
function begin(root) {
  clearTimeout(next);
  const skew = ahead(root);
  const breaths = [...root.querySelectorAll("[data-breath][data-began]")];
  for (const breath of breaths) {
    const began = Date.parse(breath.dataset.began) - skew;
    breath.dataset.starts = String(Math.round(began));
    for (const each of breath.getAnimations({ subtree: true })) {
      each.startTime = document.timeline.currentTime + (began - Date.now());
    }
  }
  tick(breaths);
}

/* The word beside the picture; it is all there is where pictures stand still. */
function tick(breaths) {
  for (const breath of breaths) {
    const at = Date.now() - Number(breath.dataset.starts);
    const word = breath.querySelector(".breath-word");
    const says = at < 0 ? word.dataset.soon : at % ROUND < IN ? word.dataset.in : word.dataset.out;
    if (word.textContent !== says) word.textContent = says;
  }
  if (breaths.some((each) => each.isConnected)) next = setTimeout(tick, LOOKS, breaths);
}

document.addEventListener("nearer:stage", (event) => begin(event.detail));
const first = document.getElementById("stage");
if (first) begin(first);
