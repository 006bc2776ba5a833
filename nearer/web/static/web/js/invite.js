/* An invitation's secret stands after the # so that no server log ever holds it. It is moved into the form,
   taken out of the address bar, and sent in the body of a POST. */
const form = document.querySelector("form[data-invite-form]");
const secret = location.hash.slice(1);

if (form && secret) {
  form.elements.namedItem("secret").value = secret;
  history.replaceState(null, "", location.pathname);
  form.requestSubmit();
}
