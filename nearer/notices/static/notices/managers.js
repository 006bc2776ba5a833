/* What holds this browser's subscription: the page itself where notices need no worker, else its workers. */
export async function managers() {
  const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  return [globalThis.pushManager, ...registrations.map((each) => each.pushManager)].filter(Boolean);
}
