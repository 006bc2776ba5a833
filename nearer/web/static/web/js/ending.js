/* On the last screen of a sitting the two are still together: a plan that one suggests, and the yes to it, stand there at
   once. What somebody is writing or choosing meanwhile stays as it is. */
import { readStage } from "./fragment.js";
import { reach } from "./line.js";
import { onNews } from "./news.js";
import { clearNote, note, say } from "./notes.js";
import { isOurs, show as showStage } from "./stage.js";

const after = (root = document) => root.querySelector(".after[data-news]");
const plan = (root) => root.querySelector("#plan");
const told = (part) => part.textContent.replace(/\s+/g, " ");
const changed = (field) => field.type !== "hidden" && (field.value !== field.defaultValue || field.checked !== field.defaultChecked);
const inUse = (part) => part.contains(document.activeElement) || [...part.querySelectorAll("input, textarea")].some(changed);
const ask = (address) => reach(address, { headers: { "X-Fragment": "stage" } });
let listening = false;

async function look() {
  const then = document.getElementById("pulse") ? "?then=pulse" : "";
  try {
    const answer = await ask(location.pathname + then);
    const stage = await readStage(answer);
    const next = stage && isOurs(stage) && after(stage);
    const now = after();
    if (next && now && told(plan(next)) !== told(plan(now)) && !inUse(plan(now))) show(now, next);
    return answer.status < 429;
  } catch {
    return false;
  }
}

function show(now, next) {
  const [old, fresh] = inUse(now) ? [plan(now), plan(next)] : [now, next];
  old.replaceWith(document.adoptNode(fresh));
  document.dispatchEvent(new CustomEvent("nearer:stage", { detail: fresh }));
  say(told(fresh.querySelector(".eyebrow, h2") ?? fresh).trim());
}

/** Listen, once, where a sitting has come to its end. */
export function begin() {
  if (listening || !after()) return;
  listening = true;
  onNews(after().dataset.news, look);
}

/* What comes after a sitting comes on the same screen: what the two wrote for each other may stand there alone by now. */
async function goOn(link) {
  try {
    const next = await readStage(await ask(link.href));
    if (!next || !isOurs(next)) return location.assign(link.href);
    await showStage(next);
    const here = document.querySelector(link.hash);
    here?.setAttribute("tabindex", "-1");
    here?.focus();
  } catch {
    // A page that is left without a connection is not there again.
    if (navigator.onLine) location.assign(link.href);
    else note("offLine");
  }
}

addEventListener("online", () => clearNote("offLine"));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-goes-on]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goOn(link);
});
