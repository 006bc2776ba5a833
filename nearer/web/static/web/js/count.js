/* How much room is left in a field. It stays quiet until there is little, and speaks up three times at most. */
import { say } from "./notes.js";

const NEAR = 100;
const SPOKEN = [50, 10, -1];

document.addEventListener("input", (event) => {
  const count = event.target.id && event.target.form?.querySelector(`[data-count="${CSS.escape(event.target.id)}"]`);
  if (count) show(count, event.target.value);
});

/* Counted as the server counts: characters, a line break as one, nothing for spaces around it all. */
function show(count, text) {
  const { limit, left, over } = count.dataset;
  const room = Number(limit) - [...text.replace(/\r\n?/g, "\n").trim()].length;
  count.dataset.empty ??= count.textContent;
  const words = room < 0 ? `${over} ${-room}` : `${left} ${room}`;
  count.textContent = room < NEAR ? words : count.dataset.empty;
  const reached = SPOKEN.filter((step) => room <= step).length;
  if (reached > Number(count.dataset.reached ?? 0)) say(words);
  count.dataset.reached = reached;
}
