/* Keeps an open Today as it is now: a card that came is put in its place, one that is done goes, and what somebody is
   writing or reading stays as it is. Without this the page is as it was when it was opened. */
import { readPart } from "./fragment.js";
import { reach, reopen } from "./line.js";
import { onNews } from "./news.js";

const HEADERS = { "X-Fragment": "cards" };
/* What is another on every answer, what this page sets by itself (unsent.js), and what somebody unfolds: none of it makes a card a new one. */
const TOKENS = /(name="(?:csrfmiddlewaretoken|once)" value=)"[^"]*"|(<form [^>]*?) autocomplete="off"|(<details[^>]*?) open=""/g;
const voice = document.querySelector("[data-say]");
let asking = null;

/* What the house sent of each card: beside the page, which shows nothing of it twice. */
const sent = new WeakMap();

const cards = () => document.getElementById("cards");
const text = (card) => card.outerHTML.replace(TOKENS, "$1$2$3");
const way = (card) => card.querySelector("a[href], form[action]")?.outerHTML.match(/(?:href|action)="([^"]*)"/)[1];
const written = (card) => [...card.querySelectorAll("textarea, input[type=text]")].some((field) => field.value !== field.defaultValue);
/* Shown once and never again by the house, so this page keeps it; and nobody loses what they write, or their place. */
const stays = (card) => card.querySelector("[data-shown-once]") || written(card) || card.contains(document.activeElement);

/** @param {HTMLElement} next the new #cards */
function show(next) {
  // Somebody leaves without a sound: a page that is open learns of it when it is opened anew.
  if (next.dataset.state === "closed" && cards().dataset.state !== "closed") return;
  // What both have answered opens on a page of its own, on both of their screens: unless somebody is writing here.
  const { opened } = next.dataset;
  if (opened && opened !== cards().dataset.opened && ![...cards().children].some(written)) return location.assign(opened);
  const before = new Map([...cards().children].map((card) => [sent.get(card) ?? text(card), card]));
  // Nothing new: what somebody is just tapping stays where it is.
  if (next.dataset.state === cards().dataset.state && [...next.children].map(text).join() === [...before.keys()].join()) return;
  const kept = [...cards().children].filter(stays);
  const fresh = [];
  for (const card of [...next.children]) {
    const was = text(card);
    const same = before.get(was) ?? kept.find((each) => way(each) && way(each) === way(card));
    if (same) card.replaceWith(same);
    else fresh.push(card);
    // A moment is written in the reader's own zone later: what the house sent is what is compared.
    sent.set(same ?? card, was);
  }
  for (const card of kept) if (!next.contains(card)) next.prepend(card);
  cards().replaceWith(next);
  document.dispatchEvent(new CustomEvent("nearer:stage", { detail: next }));
  const news = fresh.map((card) => card.querySelector("h2")?.textContent.trim()).filter(Boolean);
  if (news.length && voice) voice.textContent = news[0];
}

async function ask() {
  try {
    const answer = await reach(location.pathname, { headers: HEADERS });
    const next = await readPart(answer, "cards");
    if (next) show(next);
    // A sound answer without cards: the session is over, and the page itself says so.
    else if (answer.status < 429 && ![...cards().children].some(written)) reopen();
    return answer.status < 429;
  } catch {
    return false;
  }
}

/* One look at a time; what comes meanwhile is looked for once more. */
let again = false;
function look() {
  if (asking) again = true;
  asking ??= ask().finally(() => {
    asking = null;
    if (again) { again = false; look(); }
  });
  return asking;
}

for (const card of cards().children) sent.set(card, text(card));
onNews(cards().dataset.news, look);
