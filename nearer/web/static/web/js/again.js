/* A page that waits for the other turns when it is told of news: while it is seen, and while nobody writes on it. */
import { reach, reopen } from "./line.js";
import { onNews } from "./news.js";

const mark = document.querySelector("[data-again]");
let leaving = false;

function mayLoad() {
  const writing = [...document.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
  return !document.hidden && !leaving && !writing;
}

async function look() {
  if (!mayLoad()) return true;
  try {
    const answer = await reach(mark.dataset.again);
    // A server that is busy says nothing about the bond.
    if (answer.status < 429 && await answer.text() !== mark.dataset.state && mayLoad()) reopen();
    return answer.status < 429;
  } catch {
    return false;
  }
}

if (mark) {
  onNews(mark.dataset.news, look);
  // Somebody who has tapped a link goes there, wherever the look would lead.
  addEventListener("beforeunload", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });
}
