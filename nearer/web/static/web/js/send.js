/* Sends a move without leaving the page. Whatever happens, what a person wrote stays on the screen. */
import { readStage } from "./fragment.js";
import { clearNote, note } from "./notes.js";
import { isNews, show, stage } from "./stage.js";

const HEADERS = { "X-Fragment": "stage" };
const HOLD = 5_000;
let sending = false;
let asking = null;

/** Whether a move is on its way, so that a refresh can wait for its answer. */
export const busy = () => sending;

/**
 * Ask the server for the stage as it is now, and show it when it is new.
 * @returns {Promise<boolean>} false when the server could not be reached
 */
export function refresh() {
  asking ??= ask().finally(() => { asking = null; });
  return asking;
}

async function ask() {
  if (sending || document.querySelector("main[data-rehearsal]")) return true;
  try {
    const response = await fetch(location.pathname, { headers: HEADERS, cache: "no-store" });
    const next = await readStage(response);
    if (next && !sending && isNews(next)) await show(next);
    // A sound answer without a stage: the vault is locked or the sitting is gone, and the page itself says so.
    if (!next && response.status < 429 && !written()) location.reload();
    return response.status < 429;
  } catch {
    return false;
  }
}

/** Send one form[data-move]. @param {HTMLFormElement} form @param {HTMLElement|null} button */
async function send(form, button) {
  if (sending) return;
  sending = true;
  form.setAttribute("aria-busy", "true");
  try {
    if ("hold" in form.dataset && !button?.name && !(await held())) return;
    const body = new FormData(form, button);
    const url = new URL(form.getAttribute("action") || location.pathname, location.href);
    const response = await fetch(url, { method: "POST", body, headers: HEADERS });
    const next = await readStage(response);
    if (!next) throw new Error(`no stage in a ${response.status}`);
    clearNote();
    await show(next, form);
  } catch {
    note("notSaved", () => send(form, button));
  } finally {
    sending = false;
    form.removeAttribute("aria-busy");
    document.dispatchEvent(new CustomEvent("nearer:sent"));
  }
}

/* Something hard leaves after a breath, and can be taken back until then. */
function held() {
  return new Promise((done) => {
    const after = (leaves) => { clearTimeout(timer); clearNote("held"); done(leaves); };
    const timer = setTimeout(after, HOLD, true);
    note("held", () => after(false), "takeBack");
  });
}

const texts = (form) => [...form.querySelectorAll('textarea:not([readonly]), input[type="text"]')];
const written = () => [...stage().querySelectorAll("form[data-move]")].some((form) => texts(form).some((field) => field.value.trim()));

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form:is([data-move], [data-send])");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  send(form, event.submitter);
});
