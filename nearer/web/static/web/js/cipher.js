/* What seals unsent words: the browser's own cipher; over a line that is not encrypted it lends none, and a plain one
   does. That has no seal against changes, and needs none: who could change what lies in this tab could write into its
   page as well, and what was opened with a wrong key is no text. */
const NONCE = 12;
const lent = globalThis.crypto?.subtle;
const { chacha } = lent ? {} : await import("./chacha.js");

/** Make a key usable. @param {Uint8Array} bytes 32 of them */
export const keyOf = async (bytes) =>
  (lent ? lent.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]) : bytes);

/** Seal a text. @returns {Promise<Uint8Array>} what `open` takes */
export async function seal(key, text) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const plain = new TextEncoder().encode(text);
  const rest = lent ? new Uint8Array(await lent.encrypt({ name: "AES-GCM", iv }, key, plain)) : chacha(key, iv, plain);
  return Uint8Array.of(...iv, ...rest);
}

/** Open what was sealed; throws where the key is another one. @returns {Promise<string>} */
export async function open(key, sealed) {
  const [iv, rest] = [sealed.subarray(0, NONCE), sealed.subarray(NONCE)];
  const plain = lent ? await lent.decrypt({ name: "AES-GCM", iv }, key, rest) : chacha(key, iv, rest);
  return new TextDecoder("utf-8", { fatal: true }).decode(plain);
}
