/* Words that are typed and not sent outlive the page in their own tab, sealed with a key that only the pages of whoever
   typed them are given: neither the next person nor a look into the browser's files finds them. Where no key is given
   (a shared device, one phone between two) nothing is kept. */
import { keyOf, open, seal } from "./cipher.js";
import { reach } from "./line.js";

const ITEM = "unsent";
const A_DAY = 86_400_000;
const given = document.body.dataset.drafts;
const windows = new BroadcastChannel("nearer-drafts");
let works = Boolean(given);
let dirty = false;
let saving = null;

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (whole) => btoa(Array.from(whole, (byte) => String.fromCharCode(byte)).join(""));

/* A key belongs to a day, which stands beside what it sealed: see `drafts.py`. */
const dayOf = (said) => said.split(" ")[0];
const usable = (said) => keyOf(bytes(said.split(" ")[1]));
let mine = given;
let since = Date.now();
let renewing = false;

/** What is kept, by the form it stands in: `{form: {fields, sent}}`. Change it, then `save`. */
export const drafts = load();

/** Whether this page keeps unsent words; where it does not, it asks before it is left. */
export const keeps = () => works;

/* The key of an earlier day, and today's; none where nobody gets it any more. Throws when there is no answer. */
async function asked(day) {
  const answer = await reach(`/unsent?day=${day}`, { headers: { "X-By-Hand": "1" } });
  if (!answer.ok && answer.status !== 404) throw new Error(answer.statusText);
  return answer.ok ? (await answer.text()).split("\n") : [];
}

async function load() {
  // A device that others use by now keeps nothing from before either.
  if (given === "") forgetHere();
  if (!works) return {};
  try {
    const kept = sessionStorage.getItem(ITEM);
    return kept ? await opened(...kept.split(" ")) : {};
  } catch {
    works = false;
    return {};
  }
}

async function opened(day, sealed) {
  const [said] = day === dayOf(given) ? [given] : await asked(day);
  try {
    return JSON.parse(await open(await usable(said), bytes(sealed)));
  } catch {
    // Too old, or another person's.
    forgetHere();
    return {};
  }
}

/* A page that has been open for days seals with the key of the day on which somebody types. Whoever else has logged in
   in this browser meanwhile has other keys, and is not given what stands here. */
async function renew() {
  if (renewing || Date.now() - since < A_DAY) return;
  renewing = true;
  try {
    const [before, now] = await asked(dayOf(mine));
    since = Date.now();
    if (!before) forgetHere();
    if (before !== mine) return;
    mine = now;
    save();
  } catch {
    // The line is down, or they are signed out: the older key opens as well.
  } finally {
    renewing = false;
  }
}

/**
 * Keep what `drafts` holds now.
 * @returns {Promise<void>} when it is kept
 */
export function save() {
  dirty = true;
  renew();
  saving ??= write().finally(() => { saving = null; });
  return saving;
}

async function write() {
  while (dirty && works) {
    dirty = false;
    try {
      const all = await drafts;
      const sealed = Object.keys(all).length ? `${dayOf(mine)} ${text(await seal(await usable(mine), JSON.stringify(all)))}` : "";
      // It may have been told to forget meanwhile.
      if (sealed && works) sessionStorage.setItem(ITEM, sealed);
      else sessionStorage.removeItem(ITEM);
    } catch {
      works = false;
    }
  }
}

function forgetHere() {
  works = false;
  try {
    sessionStorage.removeItem(ITEM);
  } catch {
    // Where nothing may be stored, nothing is.
  }
}

/** Forget everything, in every window of this browser, and keep nothing more until another page is opened. */
export function forget() {
  forgetHere();
  windows.postMessage("");
}

windows.addEventListener("message", forgetHere);
document.addEventListener("nearer:gone", forgetHere);
