/* Answers for the library alone, and only where the network does not: with the public copies that somebody chose to keep. */
const KEPT = "library";
/* In a private window WebKit forgets a cache that nothing holds any more, also between two pages: so this holds it. */
let held;
const hold = async () => { if (await caches.has(KEPT)) held = await caches.open(KEPT); };

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(fetch(request).catch(async (lost) => {
    await hold();
    const found = await held?.match(request, { ignoreSearch: true, ignoreVary: true });
    if (found) return found;
    throw lost;
  }));
});

addEventListener("message", (event) => event.waitUntil(hold()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
hold();
