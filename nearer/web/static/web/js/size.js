/* Says that a file is too large before it is sent: it would be refused, and the words beside it would be lost. */
const field = document.querySelector("input[data-most]");

if (field) {
  const note = document.createElement("p");
  note.id = `${field.id}_large`;
  note.className = "errorlist";
  note.setAttribute("role", "alert");
  note.hidden = true;
  field.after(note);
  const described = field.getAttribute("aria-describedby") ?? "";
  const invalid = field.getAttribute("aria-invalid");

  // A recording says so itself: a file that a script puts in raises no event of the browser's.
  field.addEventListener("input", () => {
    const large = [...field.files].some((file) => file.size > Number(field.dataset.most));
    note.hidden = !large;
    note.textContent = large ? field.dataset.large : "";
    // The browser then sends nothing, leads to the field, and says the same.
    field.setCustomValidity(note.textContent);
    field.setAttribute("aria-describedby", large ? `${described} ${note.id}`.trim() : described);
    if (large) field.setAttribute("aria-invalid", "true");
    else if (invalid) field.setAttribute("aria-invalid", invalid);
    else field.removeAttribute("aria-invalid");
  });
}
