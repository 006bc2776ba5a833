/* One phone on the table. Everything here is comfort: halves, curtains and passing on work without it. */
import { look } from "./send.js";
import { stage } from "./stage.js";

const STILL = 5_000;
let still = null;

/* Somebody speaks: after a few seconds without a touch the screen dims, so that eyes stay on each other. */
function watch() {
  clearTimeout(still);
  delete document.body.dataset.dim;
  const { lies, chimes } = stage().dataset;
  if (lies === "halves" && chimes) still = setTimeout(() => { document.body.dataset.dim = ""; }, STILL);
}

for (const touch of ["pointerdown", "keydown", "focusin", "input"]) addEventListener(touch, watch, { capture: true });
document.addEventListener("nearer:stage", watch);
document.addEventListener("nearer:chime", watch);
watch();

/* Handing over leaves no page behind to go back to. */
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-curtain]");
  if (!form) return;
  event.preventDefault();
  const holding = event.submitter?.value ?? "";
  look(holding).then((shown) => { if (!shown) location.replace(`${location.pathname}?holding=${encodeURIComponent(holding)}`); });
});

/* What one of them is writing alone does not outlive the page, not even in the browser's memory. */
addEventListener("pagehide", () => {
  if (stage().dataset.holding) stage().replaceChildren();
});

/* Other windows of this browser still show what is shut now. */
new BroadcastChannel("nearer").postMessage("together");
