/* The one place on a sitting's page that says how the line to the server is doing. */
const words = document.querySelector("[data-words]")?.dataset ?? {};
const box = document.querySelector("[data-line]");
const text = document.querySelector("[data-line-words]");
const again = document.querySelector("[data-line-again]");
const voice = document.querySelector("[data-say]");
/* What it means that these are over is said; with the others it shows. */
const OF_THE_LINE = ["holding", "offLine", "notSaved"];
let current = "";

/** Tell people who listen to the page. @param {string} sentence */
export function say(sentence) {
  if (voice) voice.textContent = sentence;
}

/**
 * Show one of the page's own sentences, named by its data attribute: "holding", "offLine", "notSaved", "held".
 * @param {string} name
 * @param {(() => void)|null} [act] what the button beside it does
 * @param {string} [label] the attribute with the button's words
 * @returns {HTMLElement|undefined} that button
 */
export function note(name, act = null, label = "tryAgain") {
  if (!box || !(name in words)) return undefined;
  current = name;
  text.textContent = words[name];
  again.textContent = words[label];
  again.hidden = !act;
  again.onclick = act;
  box.hidden = false;
  say(words[name]);
  return again;
}

/** Take a note away again; without a name, whichever is shown. @param {string} [name] */
export function clearNote(name = current) {
  if (!box || !current || name !== current) return;
  current = "";
  again.onclick = null;
  box.hidden = true;
  say(OF_THE_LINE.includes(name) ? words.back : "");
}

/** Whether this note is the one being shown. @param {string} name */
export const showing = (name) => current === name;
