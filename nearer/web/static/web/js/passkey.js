/* Passkeys: asks the browser for one, or to make one, and sends its answer as an ordinary form. What the passkey
   itself answers (PRF) opens the vault on the server; it is kept nowhere here. */
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

/* What the server asks for, in the browser's own terms. */
async function asked(button) {
  const token = button.form.elements.namedItem("csrfmiddlewaretoken").value;
  const answer = await fetch(button.dataset.ask, { method: "POST", headers: { "X-CSRFToken": token } });
  if (!answer.ok) throw new Error(String(answer.status));
  const { challenge, user, extensions, excludeCredentials, allowCredentials, ...rest } = await answer.json();
  return {
    ...rest,
    challenge: bytes(challenge),
    ...(user && { user: { ...user, id: bytes(user.id) } }),
    excludeCredentials: named(excludeCredentials),
    allowCredentials: named(allowCredentials),
    extensions: { prf: { eval: { first: bytes(extensions.prf.eval.first) } } },
  };
}

const own = (credential) => credential.getClientExtensionResults().prf?.results?.first;

function fill(form, credential, answer) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const sent = Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, text(response[part])]));
  const whole = { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: sent };
  form.elements.namedItem("credential").value = JSON.stringify(whole);
  form.elements.namedItem("prf").value = answer ? text(answer) : "";
}

/* Somebody shows a passkey; what was typed beside it is not sent along. */
async function show(button) {
  const { form } = button;
  const credential = await navigator.credentials.get({ publicKey: await asked(button) });
  fill(form, credential, own(credential));
  for (const field of form.querySelectorAll("[name=passphrase]")) field.value = "";
  form.action = button.dataset.passkey;
  form.submit();
}

/* Somebody makes one. Many devices give its answer only when it is used, so it is used once. */
async function make(button) {
  const { form } = button;
  const options = await asked(button);
  const credential = await navigator.credentials.create({ publicKey: options });
  let answer = own(credential);
  if (!answer && credential.getClientExtensionResults().prf?.enabled) {
    const { challenge, extensions } = options;
    const allowCredentials = [{ type: "public-key", id: credential.rawId }];
    const once = { challenge, extensions, allowCredentials, rpId: options.rp.id, userVerification: "required" };
    answer = own(await navigator.credentials.get({ publicKey: once }));
  }
  fill(form, credential, answer);
  if (answer) return form.submit();
  // It cannot open anything: this is said before it is kept.
  const without = document.querySelector("[data-without]");
  button.hidden = true;
  without.hidden = false;
  without.focus();
}

async function run(button) {
  const said = button.form.querySelector("[data-passkey-said]");
  said.textContent = "";
  try {
    await (button.dataset.passkey ? show : make)(button);
  } catch (problem) {
    said.textContent = problem.name === "InvalidStateError" ? said.dataset.known : said.dataset.stopped;
  }
}

if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("[data-ask]")) {
    button.hidden = false;
    button.addEventListener("click", () => run(button));
  }
  for (const note of document.querySelectorAll("[data-needs-script]")) note.hidden = true;
}
