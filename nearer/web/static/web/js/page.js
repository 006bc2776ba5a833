/* Small comforts of ordinary pages: copy, show a passphrase, ask in a dialog, send once, go to what went wrong. */
import "./moments.js";
import "./unsent.js";

if (document.querySelector("[data-copy], [data-share]")) import("./copy.js");
// On a device of one's own: opened from its home screen, or about to be put there.
const installs = matchMedia("(display-mode: standalone)").matches || document.querySelector("[data-installs]");
if (document.body.dataset.drafts && installs) import("./installed.js").then(({ begin }) => begin()).catch(() => {});

for (const button of document.querySelectorAll("[data-show]")) {
  const field = document.getElementById(button.dataset.show);
  const words = [button.textContent, button.dataset.hideWords];
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = words[shown ? 0 : 1];
  });
  // A shown passphrase is hidden again before it is sent, so that no browser remembers it as text.
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}

// A suggested passphrase goes into its field with a tap, to be read there until it is sent.
for (const button of document.querySelectorAll("[data-take]")) {
  const field = document.getElementById(button.dataset.into);
  button.hidden = false;
  button.addEventListener("click", () => {
    field.value = document.getElementById(button.dataset.take).textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const said = button.closest("details").querySelector("[data-taken]");
    said.textContent = said.dataset.taken;
    if (field.type === "password") document.querySelector(`[data-show="${field.id}"]`)?.click();
    field.focus();
  });
}

// What was wrong with a passphrase is not said of another that is long enough.
for (const field of document.querySelectorAll('[data-least][aria-invalid="true"]')) {
  field.addEventListener("input", () => {
    if (field.value.length < field.dataset.least) return;
    const summary = document.querySelector(".sum");
    field.removeAttribute("aria-invalid");
    document.getElementById(`${field.id}_error`)?.remove();
    summary?.querySelector(`[href="#${field.id}"]`)?.closest("li").remove();
    if (summary && !summary.querySelector("li, [data-why]")) summary.remove();
  });
}

// The link leads to a page that asks the same; where dialogs work the question comes without leaving.
for (const link of document.querySelectorAll("a[data-opens]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(link.dataset.opens).showModal();
  });
}

// A second tap while the first is on its way sends nothing. Later, or back on the page, it can be sent anew.
for (const form of document.querySelectorAll("form[data-once]")) {
  let sent = false;
  const anew = () => { sent = false; form.removeAttribute("aria-busy"); };
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    else setTimeout(anew, 10_000);
    sent = true;
    form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", anew);
}

// Colours that can look alike are said while one chooses.
for (const note of document.querySelectorAll("[data-alike]")) {
  const form = note.closest("form");
  form.addEventListener("change", () => {
    note.hidden = !note.dataset.alike.split(" ").includes(new FormData(form).get("ink"));
  });
}
// This browser has just become the phone between two people: what this window shows is shut now.
new BroadcastChannel("nearer").addEventListener("message", () => {
  if (document.body.classList.contains("shared")) return;
  document.documentElement.dataset.covered = "";
  location.reload();
});

document.querySelector("[data-focus]")?.focus();
