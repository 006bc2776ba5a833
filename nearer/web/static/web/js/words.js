/* Forms with words or many choices in them: what stands in their fields, and which form it is when the page is there again. */
const WORDS = 'textarea:not([readonly]), input:is([type="text"], :not([type])):not([autocomplete="username"], [spellcheck="false"])';
const FIXED = "[type=hidden], [type=password], [type=file], [type=submit], [type=button], button, [readonly], fieldset, output";
/* Hidden fields that differ from one answer to the next though the form is the same. */
const PASSING = ["csrfmiddlewaretoken", "once", "seq", "state", "sure"];

const choice = (field) => field.matches("[type=checkbox], [type=radio]");
/* Who has chosen so often does not want to begin again. */
const MANY = 10;
const wordsOf = (form) => [...form.querySelectorAll(WORDS)];

const choicesOf = (form) => [...form.elements].filter(choice);
const choosesMuch = (form) => new Set(choicesOf(form).map((field) => field.type === "radio" ? field.name : field)).size >= MANY;

/** The forms in a part of the page that somebody writes words into. @param {ParentNode} root */
export const formsIn = (root) => [...root.querySelectorAll("form")].filter(isOfWords);

/** Whether somebody writes or chooses much in a form; passphrases and secrets are none. @param {HTMLFormElement} form */
export const isOfWords = (form) =>
  form.method === "post" && (wordsOf(form).length > 0 || choosesMuch(form)) && !form.querySelector('[type="password"], [name="secret"]');

/** Whether it holds what was not in it when it came. @param {HTMLFormElement} form */
export const isTyped = (form) => wordsOf(form).some((field) => field.value !== field.defaultValue) ||
  (choosesMuch(form) && choicesOf(form).some((field) => field.checked !== field.defaultChecked));

/** Whether there is something in it, whoever put it there. @param {HTMLFormElement} form */
export const isWritten = (form) => choosesMuch(form) || wordsOf(form).some((field) => field.value.trim());

/** Where a form leads. @param {HTMLFormElement} form */
export const pathOf = (form) => new URL(form.getAttribute("action") || location.pathname, location.href).pathname;

/**
 * What a form is known by: where it leads, the move and its step, what it is about, and which words it takes.
 * @param {HTMLFormElement} form
 * @returns {string}
 */
export function nameOf(form) {
  const { move = "", step = "", seat = "" } = form.dataset;
  const about = [...form.querySelectorAll("input[type=hidden]")].filter((field) => !PASSING.includes(field.name));
  return [pathOf(form), move, step, seat, ...about.map((field) => `${field.name}=${field.value}`), ...wordsOf(form).map((field) => field.name)].join(" ");
}

function partsOf(form) {
  const seen = {};
  const fields = [...form.elements].filter((field) => field.name && !field.matches(FIXED));
  return fields.map((field) => {
    const name = choice(field) ? `${field.name}=${field.value}` : field.name;
    seen[name] = (seen[name] ?? 0) + 1;
    return [`${name} ${seen[name]}`, field];
  });
}

/** What stands in a form, by its fields. @param {HTMLFormElement} form */
export const read = (form) =>
  Object.fromEntries(partsOf(form).map(([name, field]) => [name, choice(field) ? field.checked : field.value]));

/** Open whatever an element is folded away in. @param {Element} element */
export function unfold(element) {
  for (let folded = element.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
}

/**
 * Put it back, for as far as the form still has these fields.
 * @param {HTMLFormElement} form
 * @param {Record<string, string|boolean>} kept
 */
export function fill(form, kept) {
  for (const [name, field] of partsOf(form)) {
    const what = choice(field) ? "checked" : "value";
    // What was left empty gives way to what the page has brought since.
    if (!(name in kept) || field[what] === kept[name] || (kept[name] === "" && field.defaultValue)) continue;
    field[what] = kept[name];
    unfold(field);
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}
