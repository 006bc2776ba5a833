/* Copy and Share buttons. They stay hidden where the browser can do neither. */
const text = (id) => document.getElementById(id)?.textContent.trim() ?? "";

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text(button.dataset.copy));
      const label = button.querySelector("span") ?? button;
      const before = label.textContent;
      label.textContent = button.dataset.done;
      const said = button.parentElement.querySelector("[data-copy-said]");
      if (said) said.textContent = button.dataset.done;
      setTimeout(() => { label.textContent = before; if (said) said.textContent = ""; }, 2_500);
    });
  }
}

if (navigator.share) {
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ url: text(button.dataset.share) }).catch(() => {});
    });
  }
}
