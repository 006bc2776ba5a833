/* What an installed copy keeps on somebody's own device: a worker that holds nothing of theirs, see `web/worker.js`. */
const WORKER = "/worker.js";
const policy = globalThis.trustedTypes?.createPolicy("nearer-worker", { createScriptURL: () => WORKER });

/** Whether this browser keeps anything for a place without a line. */
export const can = "serviceWorker" in navigator && "caches" in globalThis;

/**
 * Have the worker here.
 * @returns {Promise<ServiceWorkerRegistration>} as soon as it answers
 */
export async function begin() {
  await navigator.serviceWorker.register(policy?.createScriptURL(WORKER) ?? WORKER);
  return navigator.serviceWorker.ready;
}
