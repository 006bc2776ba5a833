/* The line to the house, for every page that listens: a stream of numbers that is heard to be alive, opened again
   when it is not, and a limit to how long a page waits for an answer. */

/** Where one logs in. */
export const LOG_IN = "/login";

/** What answers whether somebody is signed in, and hears that they are there. */
export const STILL = "/still";

const LIMIT = 8_000;
/* The stream says something every five seconds; a phone that slept and a proxy that forgot us leave it silent. */
const QUIET = 12_000;
/* A line that comes back within two seconds was never worth a word. */
const UNSAID = 2_000;
const FIRST = 2_000;
const LONGEST = 20_000;

/**
 * Fetch something of ours, and give up when no answer comes.
 * @param {string|URL} address
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
export const reach = (address, options = {}) => fetch(address, { cache: "no-store", signal: AbortSignal.timeout(LIMIT), ...options });

/** Open this page anew, unless it is being left for good. */
export const reopen = () => { if (!("covered" in document.documentElement.dataset)) location.reload(); };

/**
 * Listen to a stream until told to stop, whatever the line does. On coming back (from sleep, from being offline, from
 * another page) it is opened anew, and the page looks for itself, because a stream tells only what is new.
 * @param {string} address such as "/live/<id>"
 * @param {object} on
 * @param {(number: number) => void} on.heard the stream has said a number
 * @param {() => Promise<boolean>} on.look ask for everything as it is now; false when there was no answer
 * @param {() => void} [on.lost] nothing has been heard for a while
 * @param {() => void} [on.found] it is heard again
 * @returns {{open: () => void, close: () => void}} open it, and stop listening
 */
export function listen(address, { heard, look, lost = () => {}, found = () => {} }) {
  let stream = null;
  let listening = false;
  let tries = 0;
  let quiet, unsaid, retry;

  function connect() {
    drop();
    stream = new EventSource(address);
    stream.onerror = () => {
      // Refused: the session has ended, or there is nothing to hear any more. The page finds out which.
      const refused = stream.readyState === EventSource.CLOSED;
      failed();
      if (refused) look();
    };
    stream.addEventListener("bye", () => failed());
    stream.addEventListener("beat", alive);
    stream.addEventListener("look", () => look());
    stream.addEventListener("at", (event) => {
      alive();
      heard(Number(JSON.parse(event.data).seq));
    });
    quiet = setTimeout(failed, QUIET, 0);
  }

  function drop() {
    stream?.close();
    [quiet, retry].forEach(clearTimeout);
  }

  function alive() {
    tries = 0;
    [quiet, unsaid].forEach(clearTimeout);
    unsaid = undefined;
    quiet = setTimeout(failed, QUIET, 0);
    found();
  }

  /* Each waits a moment of its own, so that pages that lost the line together do not come back together. */
  function failed(unsaidFor = UNSAID) {
    drop();
    unsaid ??= setTimeout(lost, unsaidFor);
    retry = setTimeout(again, Math.min(FIRST * 2 ** tries, LONGEST) * (0.5 + Math.random()));
  }

  async function again() {
    tries += 1;
    connect();
    // A house that answers but does not stream is asked every few seconds.
    if (tries > 1 && await look()) tries = Math.min(tries, 2);
  }

  async function back() {
    if (!listening || document.hidden) return;
    tries = 0;
    connect();
    if (!await look() && listening) failed();
  }

  addEventListener("online", back);
  addEventListener("offline", () => { if (listening) failed(); });
  addEventListener("pagehide", drop);
  addEventListener("pageshow", (event) => { if (event.persisted) back(); });
  document.addEventListener("visibilitychange", back);

  return {
    open() { listening = true; connect(); },
    close() { listening = false; drop(); clearTimeout(unsaid); unsaid = undefined; found(); },
  };
}
