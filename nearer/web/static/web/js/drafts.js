/* Words that are typed and not sent outlive the page in their own tab, sealed with a key that only the pages of whoever
   typed them are given: neither the next person nor a look into the browser's files finds them. Where no key is given
   (a shared device, one phone between two) nothing is kept. */
import { keyOf, open, seal } from "./cipher.js";

const ITEM = "unsent";
const given = document.body.dataset.drafts;
const windows = new BroadcastChannel("nearer-drafts");
let works = Boolean(given);
let dirty = false;
let saving = null;

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (whole) => btoa(Array.from(whole, (byte) => String.fromCharCode(byte)).join(""));

/* Of today and yesterday: what was typed before midnight opens after it. */
const keys = works ? Promise.all(given.split(" ").map((key) => keyOf(bytes(key)))) : null;

/** What is kept, by the form it stands in: `{form: {fields, sent}}`. Change it, then `save`. */
export const drafts = load();

/** Whether this page keeps unsent words; where it does not, it asks before it is left. */
export const keeps = () => works;

async function load() {
  // A device that others use by now keeps nothing from before either.
  if (given === "") forgetHere();
  if (!works) return {};
  try {
    const kept = sessionStorage.getItem(ITEM);
    return kept ? await opened(bytes(kept)) : {};
  } catch {
    works = false;
    return {};
  }
}

async function opened(sealed) {
  for (const key of await keys) {
    try {
      return JSON.parse(await open(key, sealed));
    } catch {
      // Of another day, or another person's.
    }
  }
  forgetHere();
  return {};
}

/**
 * Keep what `drafts` holds now.
 * @returns {Promise<void>} when it is kept
 */
export function save() {
  dirty = true;
  saving ??= write().finally(() => { saving = null; });
  return saving;
}

async function write() {
  while (dirty && works) {
    dirty = false;
    try {
      const all = await drafts;
      const [key] = await keys;
      const sealed = Object.keys(all).length ? text(await seal(key, JSON.stringify(all))) : "";
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
