/* Lets this browser be called: after our own page was read, the system asks; then the subscription goes off as an ordinary form. */
import { begin } from "../web/js/installed.js";

const button = document.querySelector("[data-push]");
const said = document.querySelector("[data-push-said]");

/* Where the browser shows notices by itself (Declarative Web Push) no worker is needed. */
const manager = async () => globalThis.pushManager ?? (await begin()).pushManager;

async function subscribed(push, key) {
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await push.subscribe(options);
  } catch (refused) {
    // One made for another key, by a copy that was here before, gives way.
    const old = await push.getSubscription();
    if (!old) throw refused;
    await old.unsubscribe();
    return push.subscribe(options);
  }
}

async function add() {
  const allowed = await Notification.requestPermission();
  if (allowed !== "granted") {
    said.textContent = said.dataset.no;
    return;
  }
  const subscription = await subscribed(await manager(), button.dataset.push);
  const { endpoint, keys } = subscription.toJSON();
  const fields = button.form.elements;
  fields.namedItem("endpoint").value = endpoint;
  fields.namedItem("key").value = keys.p256dh;
  fields.namedItem("auth").value = keys.auth;
  button.form.submit();
}

const subscription = async () => (await manager()).getSubscription();
const ours = document.querySelector("[data-lets-go]");

/* Taken away here, this browser forgets it as well; where it was muted meanwhile, it is taken away. */
async function letGo(event) {
  event.preventDefault();
  try {
    await (await subscription())?.unsubscribe();
  } finally {
    ours.submit();
  }
}

ours?.addEventListener("submit", letGo);
if (ours && !(await subscription())) ours.submit();
if (button && globalThis.isSecureContext && "Notification" in globalThis && ("pushManager" in globalThis || "PushManager" in globalThis)) {
  button.hidden = false;
  document.querySelector("[data-needs-push]").hidden = true;
  button.addEventListener("click", () => add().catch(() => (said.textContent = said.dataset.failed)));
}
