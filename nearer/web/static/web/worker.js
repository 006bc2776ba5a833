/* Answers where the line does not, with what is the same for everybody: the page that says so, help, styles, fonts, and
   the public library where somebody chose to keep it. Nothing else is ever put into a cache: every page of one's own
   comes over the line, or not at all. `KEPT` and `NAME` stand in front of this, and change with every new version. */
const OFFLINE = "/offline";
const OURS = ["/static/", "/library/"];
/* In a private window WebKit forgets a cache that nothing holds any more, also between two pages: so this holds them. */
let held = [];
const hold = async () => { held = await Promise.all((await caches.keys()).map((name) => caches.open(name))); };

async function take() {
  const cache = await caches.open(NAME);
  // Nobody's cookies come along, so nothing of anybody can be in what is kept.
  await cache.addAll(KEPT.map((address) => new Request(address, { credentials: "omit" })));
}

async function drop(is = () => true) {
  await Promise.all((await caches.keys()).filter(is).map((name) => caches.delete(name)));
}

async function instead({ mode, url }, lost) {
  const found = await caches.match(url, { ignoreSearch: true, ignoreVary: true });
  const page = found ?? (mode === "navigate" && await caches.match(OFFLINE, { ignoreVary: true }));
  if (page) return page;
  throw lost;
}

/* Quick exit: also without a line, and when the page is gone already. */
async function forget() {
  held = [];
  await Promise.all([drop(), registration.unregister()]);
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(take());
});
addEventListener("activate", (event) => event.waitUntil(Promise.all([
  drop((name) => name.startsWith("shell-") && name !== NAME).then(hold), clients.claim(),
])));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isOurs = request.mode === "navigate" || OURS.some((place) => pathname.startsWith(place));
  if (request.method !== "GET" || origin !== location.origin || !isOurs) return;
  event.respondWith(fetch(request).catch((lost) => instead(request, lost)));
});
addEventListener("message", (event) => event.waitUntil(event.data === "gone" ? forget() : hold()));
hold();
