/* News: one stream for all open pages of this browser. The page that is seen and holds the lock listens, and passes the
   word on to the others; a browser without locks listens on each page. It says "look again", and nothing else. */
import { listen } from "./line.js";

/* A word that got lost, as when the house was started anew, is made up for by a look now and then. */
const NOW_AND_THEN = 60_000;
const passing = new BroadcastChannel("nearer-news");

/**
 * Look again whenever there may be something new for whoever is signed in.
 * @param {string} person whose news
 * @param {() => Promise<boolean>} look ask for everything as it is now; false when there was no answer
 */
export function onNews(person, look) {
  let latest = 0;
  let leave = null;

  function heard(number) {
    // The first word of a stream only says that it is open; what came before that is looked for.
    if (number && number <= latest) return;
    latest = Math.max(latest, number);
    if (number) passing.postMessage(number);
    look();
  }

  const line = listen(`/live/${encodeURIComponent(person)}`, { heard, look });

  function begin() {
    line.open();
    return new Promise((done) => { leave = () => { leave = null; line.close(); done(); }; });
  }

  function takePart() {
    if (document.hidden) leave?.();
    else if (!leave && !navigator.locks) begin();
    else if (!leave) navigator.locks.request("nearer-news", { ifAvailable: false }, () => (document.hidden || leave ? null : begin()));
  }

  passing.addEventListener("message", ({ data }) => { if (data > latest) { latest = data; look(); } });
  document.addEventListener("visibilitychange", () => { takePart(); if (!document.hidden) look(); });
  addEventListener("pagehide", () => leave?.());
  addEventListener("pageshow", (event) => { if (event.persisted) takePart(); });
  setInterval(() => { if (!document.hidden) look(); }, NOW_AND_THEN);
  takePart();
}
