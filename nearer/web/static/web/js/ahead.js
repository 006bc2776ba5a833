/* How far the server's clock is ahead of ours. What a page says of it was said while the page was on its way: about half way
   between asking for it and its coming. */
const [first] = performance.getEntriesByType("navigation");
let said = first ? performance.timeOrigin + (first.requestStart + first.responseStart) / 2 : Date.now();

/**
 * Notice when an answer that is asked for comes.
 * @param {Promise<Response>} asking
 */
export async function timed(asking) {
  const since = Date.now();
  const answer = await asking;
  said = (since + Date.now()) / 2;
  return answer;
}

/** By how many milliseconds, as the stage that came last says. @param {HTMLElement} root */
export const ahead = (root) => (root.dataset.now ? Date.parse(root.dataset.now) - said : 0);
