/* Keeps the whole public library on this device, or takes it away; never single articles, which would show what one read. */
const part = document.querySelector("[data-offline]");
const KEPT = "library";
const policy = globalThis.trustedTypes?.createPolicy("nearer", {
  createScriptURL: (address) => new URL(address, location.origin).pathname,
});

async function keep(answer) {
  const worker = part.dataset.offline;
  await navigator.serviceWorker.register(policy?.createScriptURL(worker) ?? worker, { scope: "/library/" });
  const slugs = part.dataset.pages.split(" ").filter(Boolean);
  const looks = [...document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"]')].map((link) => link.href);
  const cache = await caches.open(KEPT);
  const ask = (address) => new Request(address, { credentials: "omit" });
  await cache.addAll(["/library/", ...slugs.map((slug) => `/library/${slug}`), ...looks].map(ask));
  (await navigator.serviceWorker.ready).active.postMessage("");
  answer.textContent = answer.dataset.kept;
}

async function drop(answer) {
  await caches.delete(KEPT);
  for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
  answer.textContent = answer.dataset.gone;
}

async function begin() {
  const [put, away] = ["[data-keep]", "[data-drop]"].map((name) => part.querySelector(name));
  const answer = part.querySelector("[role=status]");
  const show = async () => {
    const isKept = Boolean(await caches.match("/library/", { cacheName: KEPT, ignoreVary: true }));
    put.hidden = isKept;
    away.hidden = !isKept;
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
  await show();
  part.hidden = false;
}

if (part && "serviceWorker" in navigator && "caches" in globalThis) begin();
