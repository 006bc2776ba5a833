/* Shows a notice where the browser does not do so by itself. It keeps nothing, fetches nothing, and knows one text. */
self.addEventListener("push", (event) => {
  const { notification } = event.data?.json() ?? {};
  if (!notification) return;
  const { title, tag, silent } = notification;
  const actions = notification.actions.map(({ action, title: words }) => ({ action, title: words }));
  event.waitUntil(self.registration.showNotification(title, { tag, silent, actions }));
});

async function mute() {
  const subscription = await self.registration.pushManager.getSubscription();
  await subscription?.unsubscribe();
}

async function open() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const here = windows.find((each) => new URL(each.url).pathname === "/");
  await (here ? here.focus() : self.clients.openWindow("/"));
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(event.action === "mute" ? mute() : open());
});
