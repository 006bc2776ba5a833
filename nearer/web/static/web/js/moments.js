/* Moments in the reader's own zone: "Thursday 14:10". The server writes UTC, since it knows nobody's zone. */
const TIME = { weekday: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const format = new Intl.DateTimeFormat(document.documentElement.lang || "en", TIME);

/** @param {ParentNode} root */
function write(root) {
  for (const time of root.querySelectorAll("time[data-moment]")) {
    time.textContent = format.format(new Date(time.dateTime));
    delete time.dataset.moment;
  }
}

write(document);
document.addEventListener("nearer:stage", (event) => write(event.detail));
