/* Reads a piece of one of our own pages. The only place where text becomes elements.
   Scripts in a parsed document never run, and the content security policy allows none but our files. */
const policy = window.trustedTypes?.createPolicy("nearer", { createHTML: (text) => text });

/** The #stage element of an answer. @param {Response} response */
export const readStage = (response) => readPart(response, "stage");

/**
 * An element of an answer from this site, or null when the answer holds none.
 * @param {Response} response
 * @param {string} id
 * @returns {Promise<HTMLElement|null>}
 */
export async function readPart(response, id) {
  const ours = new URL(response.url).origin === location.origin;
  const html = (response.headers.get("Content-Type") ?? "").startsWith("text/html");
  if (!ours || !html) return null;
  const text = await response.text();
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  return page.getElementById(id);
}
