/* Sends a move without leaving the page. Whatever happens, what a person wrote stays on the screen. */
import { timed } from "./ahead.js";
import { readStage } from "./fragment.js";
import { reach, reopen } from "./line.js";
import { clearNote, note } from "./notes.js";
import { isNews, isOurs, show, stage } from "./stage.js";
import { sent, signedOut } from "./unsent.js";

const HEADERS = { "X-Fragment": "stage" };
const HOLD = 5_000;
/* After this long somebody is told that nothing has come back; the answer may still arrive. */
const SLOW = 4_000;
const LIMIT = 30_000;
let sending = false;
let asking = null;
let leaving = null;

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

/* Whoever holds the phone behind a curtain goes on seeing their own page. */
const address = (holding = stage().dataset.holding) => location.pathname + (holding ? `?holding=${encodeURIComponent(holding)}` : "");

/**
 * Show the stage as it is for whoever has just taken the phone. No address and no history tells of it.
 * @param {string} holding their seat
 * @returns {Promise<boolean>} false when it could not be shown
 */
export async function look(holding) {
  try {
    const next = await readStage(await timed(reach(address(holding), { headers: HEADERS })));
    if (next) await show(next);
    return Boolean(next);
  } catch {
    return false;
  }
}

async function ask() {
  if (sending || document.querySelector("main[data-rehearsal]")) return true;
  try {
    const response = await timed(reach(address(), { headers: HEADERS }));
    const next = await readStage(response);
    if (next) clearNote("ended");
    if (next && !isOurs(next)) reopen();
    else if (next && !sending && isNews(next)) await show(next);
    // A sound answer without a stage: the session is over or the sitting is gone, and the page itself says so.
    if (!next && response.status < 429 && !written()) reopen();
    if (response.status === 401) signedOut();
    return response.status < 429;
  } catch {
    return false;
  }
}

/** Send one form[data-move]. @param {HTMLFormElement} form @param {HTMLElement|null} button */
async function send(form, button) {
  if (sending) return form === leaving?.form ? leaving.now() : undefined;
  sending = true;
  form.setAttribute("aria-busy", "true");
  const limit = new AbortController();
  const again = () => { limit.abort(); setTimeout(send, 0, form, button); };
  let timers = [];
  try {
    if ("hold" in form.dataset && !button?.name && !(await held(form))) return;
    const body = new FormData(form, button);
    const url = target(form);
    timers = [setTimeout(note, SLOW, "notSaved", again), setTimeout(() => limit.abort(), LIMIT)];
    const response = await timed(fetch(url, { method: "POST", body, headers: HEADERS, signal: limit.signal }));
    const next = await readStage(response);
    // Without a session, or with the token of an earlier one, no second try would be taken either.
    if ([401, 403].includes(response.status)) return signedOut();
    if (!next) throw new Error(`no stage in a ${response.status}`);
    clearNote();
    if (response.ok) await sent(form);
    await show(next, form);
  } catch {
    note("notSaved", again);
  } finally {
    timers.forEach(clearTimeout);
    sending = false;
    form.removeAttribute("aria-busy");
    document.dispatchEvent(new CustomEvent("nearer:sent"));
  }
}

const target = (form) => new URL(form.getAttribute("action") || location.pathname, location.href);

/* Something hard leaves after a breath, and so does a person; both can be taken back until then. A second tap
   does not wait. The other sees nothing meanwhile. */
function held(form) {
  const leaves = form.dataset.hold === "leave";
  const [name, label] = leaves ? ["leaving", "stay"] : [form.dataset.hold === "long" ? "heldLong" : "held", "takeBack"];
  const pressed = document.activeElement;
  return new Promise((done) => {
    const after = (goes) => {
      clearTimeout(timer);
      leaving = null;
      if (document.activeElement === takeBack) pressed.focus({ preventScroll: true });
      clearNote(name);
      done(goes);
    };
    const timer = setTimeout(after, form.dataset.hold === "long" ? 2 * HOLD : HOLD, true);
    const takeBack = note(name, () => after(false), label);
    // Whoever goes by the keys would need all of that time to come to it.
    if (!leaves && pressed.matches(":focus-visible")) takeBack?.focus({ preventScroll: true });
    if (leaves) leaving = { form, now: () => after(true), gone: () => after(!navigator.sendBeacon(target(form), new FormData(form))) };
  });
}

/* Whoever closes the page, or takes the quick exit, has left. */
addEventListener("pagehide", () => leaving?.gone());
addEventListener("submit", (event) => { if (event.target.matches("[data-exit]")) leaving?.gone(); }, { capture: true });

const texts = (form) => [...form.querySelectorAll('textarea:not([readonly]), input[type="text"]')];
const written = () => [...stage().querySelectorAll("form[data-move]")].some((form) => texts(form).some((field) => field.value.trim()));

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form:is([data-move], [data-send])");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  send(form, event.submitter);
});
