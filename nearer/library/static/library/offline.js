/* Keeps the whole public library on this device, or takes it away; never single articles, which would show what one read. */
import { begin, can } from "../web/js/installed.js";

const part = document.querySelector("[data-offline]");
const KEPT = "library";

function addresses() {
  const slugs = part.dataset.pages.split(" ").filter(Boolean);
  const looks = [...document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"]')].map((link) => link.href);
  return ["/library/", ...slugs.map((slug) => `/library/${slug}`), ...looks];
}

async function take() {
  const cache = await caches.open(KEPT);
  await cache.addAll(addresses().map((address) => new Request(address, { credentials: "omit" })));
}

async function keep(answer) {
  const { active } = await begin();
  await take();
  active.postMessage("hold");
  answer.textContent = answer.dataset.kept;
}

/* With it goes the worker, where nothing else needs it. */
async function drop(answer) {
  await caches.delete(KEPT);
  const found = await navigator.serviceWorker.getRegistration();
  const installed = matchMedia("(display-mode: standalone)").matches || await found?.pushManager?.getSubscription();
  if (!installed) found?.active?.postMessage("gone");
  answer.textContent = answer.dataset.gone;
}

/* There are new articles, or pages look another way by now. */
async function renew() {
  const cache = await caches.open(KEPT);
  const known = new Set((await cache.keys()).map(({ url }) => url));
  if (!addresses().every((address) => known.has(new URL(address, location.href).href))) await take();
}

async function start() {
  const [put, away] = ["[data-keep]", "[data-drop]"].map((name) => part.querySelector(name));
  const answer = part.querySelector("[role=status]");
  const show = async () => {
    const isKept = await caches.has(KEPT);
    put.hidden = isKept;
    away.hidden = !isKept;
    return isKept;
  };
  for (const [button, act] of [[put, keep], [away, drop]]) {
    button.addEventListener("click", async () => {
      button.setAttribute("aria-disabled", "true");
      try {
        await act(answer);
      } catch {
        await caches.delete(KEPT);
        answer.textContent = answer.dataset.failed;
      }
      button.removeAttribute("aria-disabled");
      await show();
    });
  }
  part.hidden = false;
  if (await show()) renew().catch(() => {});
}

if (part && can) start();
