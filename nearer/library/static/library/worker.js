/* Answers for the library alone, and only where the network does not: with the public copies that somebody chose to keep. */
const KEPT = "library";

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(fetch(request).catch(async (lost) => {
    const cache = await caches.open(KEPT);
    const found = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (found) return found;
    throw lost;
  }));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));
