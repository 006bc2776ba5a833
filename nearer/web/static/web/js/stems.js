/* Ways to begin: a tap puts one into the field of the step, unfolded where it was folded away. */
const FIELDS = 'textarea:not([readonly]), input[type="text"]';

document.addEventListener("click", (event) => {
  const stem = event.target.closest(".stem");
  const field = stem?.form.querySelector(FIELDS);
  if (!field) return;
  // Without this script the tap asks the house to put it there.
  event.preventDefault();
  field.closest("details")?.setAttribute("open", "");
  const begun = stem.value.replace(/\s*…\s*$/, " ");
  field.value = field.value.trim() ? `${field.value.trimEnd()} ${begun}` : begun;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
});
