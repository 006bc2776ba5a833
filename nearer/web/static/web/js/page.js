/* Small comforts of ordinary pages: copy, show a passphrase, ask in a dialog, go to what went wrong. */
import "./copy.js";
import "./moments.js";

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

// The link leads to a page that asks the same; where dialogs work the question comes without leaving.
for (const link of document.querySelectorAll("a[data-opens]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(link.dataset.opens).showModal();
  });
}

document.querySelector("[data-focus]")?.focus();
