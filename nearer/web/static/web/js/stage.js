/* Puts a new stage in the place of the old one and never loses what a person is typing. */
import { say } from "./notes.js";
import { isTyped, unfold } from "./words.js";

const main = document.querySelector("main[data-sitting]");
/* Forms with words in them that left the page (somebody paused) wait here for their step to come back. */
const shelf = new Map();
let composing = null;

document.addEventListener("compositionstart", () => {
  composing = new Promise((done) => document.addEventListener("compositionend", done, { once: true }));
});
document.addEventListener("compositionend", () => { composing = null; });

/** The stage in the page now. */
export const stage = () => document.getElementById("stage");

/** The number of the last move this page knows. */
export const seq = () => Number(main.dataset.seq);

/** The number the stream had said when this stage was drawn: in letters it counts only what both know of. */
export const told = () => Number(stage().dataset.told ?? seq());

/* Words that were taken back or edited say so; how many do tells whether any were since. */
const marks = (root) => ["[data-withdrawn]", "[data-edited] p"].map((mark) => root.querySelectorAll(mark).length).join();

/** Whether `next` says something that the page does not show already. @param {HTMLElement} next */
export const isNews = (next) => next.dataset.seq !== main.dataset.seq || next.dataset.step !== main.dataset.step || marks(next) !== marks(stage());

/** Whether `next` is drawn for whom this page is: somebody else may have logged in in another window. @param {HTMLElement} next */
export const isOurs = (next) => next.dataset.seat === stage().dataset.seat;

const same = (form) => [form.dataset.move, form.dataset.step, form.dataset.seat].join("/");
const fillable = (form) => [...form.elements].some((e) => e.matches("textarea, select, input:not([type=hidden])"));
const movesIn = (root) => [...root.querySelectorAll("form[data-move]")];
const formsIn = (root) => movesIn(root).filter(fillable);

/**
 * Show `next` as the stage.
 * @param {HTMLElement} next the new #stage
 * @param {HTMLFormElement|null} sent the form this answers; its fields are the server's to fill now
 */
export async function show(next, sent = null) {
  if (composing) await composing;
  const now = stage();
  if (Number(next.dataset.seq) < seq() && next.dataset.step !== "over") return;
  // Also where one step has two pages: what was sent stands on this one no more.
  const stepped = main.dataset.step !== next.dataset.step || (sent && !movesIn(next).some((form) => same(form) === same(sent)));
  // What was seen to open does not open again because something else changed.
  next.toggleAttribute("data-seen", main.dataset.step === next.dataset.step);
  const restoreFocus = remember(now);
  // What somebody wrote alone on a shared phone is not kept for whoever looks at it next.
  if (!now.dataset.holding) for (const form of formsIn(now)) if (form !== sent) shelf.set(same(form), form);
  if (sent) shelf.delete(same(sent));
  // What is let go may stand on the last screen until it is left; it is nowhere else.
  next.querySelector("[data-carry]")?.replaceWith(...now.querySelectorAll(".both, [data-carries]"));
  now.replaceWith(document.adoptNode(next));
  for (const form of formsIn(next)) keep(shelf.get(same(form)), form);
  Object.assign(main.dataset, { seq: next.dataset.seq, step: next.dataset.step ?? "" });
  restoreFocus(next, stepped);
  if (sent) attend(next);
  if (stepped) say(titles(next));
  document.dispatchEvent(new CustomEvent("nearer:stage", { detail: next }));
}

/* An answer that keeps somebody on their step may stand far above the button they pressed. */
function attend(root) {
  const wrong = root.querySelector('[aria-invalid="true"]');
  const news = root.querySelector(".park [data-attend]") ?? root.querySelector("[data-attend]");
  (wrong ?? news)?.focus({ preventScroll: !wrong });
  if (!wrong) news?.scrollIntoView({ block: news.closest(".park") ? "center" : "start" });
}

/* What a step is called; on one phone each half has its own words, and whose they are goes before them. */
function titles(root) {
  const halves = [...root.querySelectorAll(".half[aria-label]")];
  if (!halves.length) return root.querySelector("h1")?.textContent.trim() ?? "";
  return halves.map((half) => `${half.getAttribute("aria-label")}: ${half.querySelector("h2").textContent.trim()}`.replace(/(?<![.?!…])$/, ".")).join(" ");
}

/* The person's own form stays, with the new page's hidden fields: sequence and token. */
function keep(kept, fresh) {
  if (!kept) return;
  shelf.delete(same(kept));
  for (const field of fresh.querySelectorAll('input[type="hidden"][name]')) {
    const held = kept.querySelector(`input[type="hidden"][name="${CSS.escape(field.name)}"]`);
    if (held) held.value = field.value;
  }
  fresh.replaceWith(kept);
  if (isTyped(kept)) unfold(kept);
}

/* Moving an element loses its focus and selection, so they are given back. */
function remember(root) {
  const active = document.activeElement;
  const inside = root.contains(active);
  const place = inside && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : [null];
  const path = inside && (active.id ? `#${CSS.escape(active.id)}` : buttonOf(active));
  return (next, stepped) => {
    if (stepped) scrollTo({ top: 0 });
    if (!inside) return;
    const target = active.isConnected ? active : (path && next.querySelector(path)) || next;
    if (target === next) next.tabIndex = -1;
    if (target === active && active.matches("input, textarea")) unfold(target);
    target.focus({ preventScroll: stepped });
    if (target === active && place[0] !== null) active.setSelectionRange(...place);
  };
}

function buttonOf(element) {
  const move = element.closest("form[data-move]")?.dataset.move;
  return move && element.matches("button") ? `form[data-move="${CSS.escape(move)}"] button` : null;
}
