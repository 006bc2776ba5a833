/* Sends a file without leaving the page: what stands in front of this copy may refuse it with a page of its own, and
   the words beside it would be lost. Without this the form does the same by itself. */
import { readPart } from "./fragment.js";

const form = document.querySelector("form[data-taken]");
const note = form?.querySelector("[data-taken-said]");
let sending = false;

function say(text) {
  note.textContent = text;
  note.hidden = !text;
}

/* What an answer means. Only a page of ours can say what is wrong with a field, or with all of it. */
async function meaning(answer) {
  if (answer.status === 413) return form.dataset.refused;
  if (answer.status === 503) return form.dataset.line;
  const page = await readPart(answer, "main");
  const wrong = page ? [...page.querySelectorAll("[data-why], .errorlist:not(.sum *)")].map((each) => each.textContent.trim()) : [];
  return (answer.status === 422 && wrong.filter(Boolean).join(" ")) || form.dataset.failed;
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (sending) return;
  // What is wrong with a field already stands beside it: see size.js.
  const wrong = [...form.elements].find((each) => each.validity?.customError);
  if (wrong) return wrong.focus();
  sending = true;
  form.setAttribute("aria-busy", "true");
  say("");
  try {
    const answer = await fetch(location.href, { method: "POST", body: new FormData(form) });
    if (answer.ok && answer.redirected) location.assign(answer.url);
    else say(await meaning(answer));
  } catch {
    say(form.dataset.failed);
  }
  sending = false;
  form.removeAttribute("aria-busy");
});
