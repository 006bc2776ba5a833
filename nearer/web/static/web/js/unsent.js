/* Nothing that was typed is lost: it is kept while the page is left and comes back with it; an ordinary form asks whether
   the line is there before it goes; and who was signed out meanwhile is told so, and led to the log-in and back. */
import { drafts, forget, keeps, save } from "./drafts.js";
import { LOG_IN, reach, STILL } from "./line.js";
import { clearNote, note, showing } from "./notes.js";
import { fill, formsIn, isOfWords, isTyped, isWritten, nameOf, pathOf, read } from "./words.js";

const EVERY = 10_000;
const SENT = /(?:^|; )(?:__Host-)?sent=([0-9a-f-]{36})/;
const isSignedIn = "drafts" in document.body.dataset;
/* A browser makes ids of its own only where the line is encrypted. */
const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(16).padStart(2, "0")).join("");
/* Forms for which the line was there, and those that are on their way. */
const going = new WeakSet();
const gone = new WeakSet();
let asking = false;
let forgets = false;

async function keep(form) {
  const all = await drafts;
  if (isTyped(form)) all[nameOf(form)] = { fields: read(form) };
  else delete all[nameOf(form)];
  await save();
}

/** Its words were taken. @param {HTMLFormElement} form */
export async function sent(form) {
  delete (await drafts)[nameOf(form)];
  await save();
}

async function drop(is) {
  const all = await drafts;
  for (const name of Object.keys(all).filter((each) => is(all[each], each))) delete all[name];
  await save();
}

async function bringBack(root) {
  // What is chosen is not left to the browser's memory either; names and passphrases are.
  for (const form of root.querySelectorAll('form[method="post"]:not([autocomplete])')) {
    if (!form.querySelector('[type="password"]')) form.autocomplete = "off";
  }
  const all = await drafts;
  for (const form of formsIn(root)) {
    const kept = all[nameOf(form)];
    if (isTyped(form)) {
      // Typed before anybody listened.
      if (!kept) keep(form);
    } else if (kept) {
      fill(form, kept.fields);
      if (isTyped(form) && form.isConnected) note("typedBefore");
    }
  }
}

/** Say that the session is over; from the log-in the way leads back here. */
export function signedOut() {
  if (showing("ended")) return;
  const here = encodeURIComponent(location.pathname + location.search);
  note("ended", () => location.assign(`${LOG_IN}?next=${here}`), "logIn");
}

/* Whether the house can be reached, and whoever writes here is still signed in; throws when there is no answer. */
async function ready() {
  const { status } = await reach(STILL, { headers: { "X-By-Hand": "1" } });
  if (isSignedIn && status === 401) {
    signedOut();
    return false;
  }
  for (const past of ["holding", "offLine", "ended"]) clearNote(past);
  return true;
}

async function go(form, button) {
  if (asking) return;
  asking = true;
  form.setAttribute("aria-busy", "true");
  try {
    if (!await ready()) return;
    const id = keeps() ? newName() : "";
    if (id) {
      const all = await drafts;
      all[nameOf(form)] = { fields: read(form), sent: id };
      await save();
    }
    going.add(form);
    form.addEventListener("formdata", ({ formData }) => { if (id) formData.set("draft", id); }, { once: true });
    form.requestSubmit(button);
  } catch {
    note("notSaved", () => go(form, button));
  } finally {
    asking = false;
    form.removeAttribute("aria-busy");
  }
}

/* Somebody who writes for long hears soon that the line is down, or that they were signed out elsewhere. */
async function watch() {
  if (document.hidden || asking || forgets || !formsIn(document).some(isTyped)) return;
  try {
    await ready();
  } catch {
    if (!showing("notSaved")) note(navigator.onLine ? "holding" : "offLine");
  }
}

document.addEventListener("input", ({ target }) => {
  if (!target.form || !isOfWords(target.form)) return;
  keep(target.form);
  clearNote("typedBefore");
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-forget]")) {
    forgets = true;
    forget();
  }
  if (form.matches("[data-move], [data-send]") || !isOfWords(form) || !isWritten(form)) return;
  if (going.delete(form)) {
    gone.add(form);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  go(form, event.submitter);
}, { capture: true });

document.addEventListener("nearer:stage", async ({ detail }) => {
  if (detail.dataset.step === "over") await drop((_, name) => name.startsWith(`${location.pathname} `));
  bringBack(detail);
});

addEventListener("beforeunload", (event) => {
  const unsent = formsIn(document).some((form) => isTyped(form) && !gone.has(form));
  if (unsent && !keeps() && !forgets && !("covered" in document.documentElement.dataset)) event.preventDefault();
});
addEventListener("pageshow", () => { for (const form of formsIn(document)) gone.delete(form); });

const taken = SENT.exec(document.cookie)?.[1];
if (taken) await drop(({ sent: id }) => id === taken);
bringBack(document);
// A sitting has a stream, which tells both at once.
if (!document.querySelector("main[data-sitting]")) setInterval(watch, EVERY);
