/* Moments in the reader's own zone: "Thursday 14:10", and with its date what is a week away or more. The server writes UTC until it is told where this browser is. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const told = `z=${encodeURIComponent(zone ?? "")}`;
// Of a browser nobody is signed in with nothing is kept.
const known = document.querySelector("body[data-drafts], body[data-still]");
if (known && zone && !document.cookie.split("; ").includes(told)) {
  document.cookie = `${told}; path=/; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
}
const TIME = { weekday: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DATE = { day: "numeric", month: "long" };
const SIX_DAYS = 6 * 24 * 3600_000;
const [near, far] = [TIME, { ...TIME, ...DATE }].map((parts) => new Intl.DateTimeFormat(document.documentElement.lang || "en", parts));

/** @param {ParentNode} root */
function write(root) {
  for (const time of root.querySelectorAll("time[data-moment]")) {
    const at = new Date(time.dateTime);
    time.textContent = (Math.abs(at - Date.now()) > SIX_DAYS ? far : near).format(at);
    delete time.dataset.moment;
  }
}

write(document);
document.addEventListener("nearer:stage", (event) => write(event.detail));
