/* ChaCha20 (RFC 8439), for browsers that lend no cipher: over a line that is not encrypted none of them does. */
const WORDS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
const ROUNDS = [
  [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
  [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
];

const turned = (word, by) => (word << by) | (word >>> (32 - by));
const words = (bytes) => new Uint32Array(bytes.slice().buffer);

function mix(state, [a, b, c, d]) {
  for (const [x, y, z, by] of [[a, b, d, 16], [c, d, b, 12], [a, b, d, 8], [c, d, b, 7]]) {
    state[x] += state[y];
    state[z] = turned(state[z] ^ state[x], by);
  }
}

/**
 * Lay a stream over bytes; laid over them twice, it leaves them as they were.
 * @param {Uint8Array} key 32 bytes
 * @param {Uint8Array} nonce 12 bytes, once for each text
 * @param {Uint8Array} bytes what is covered, or uncovered
 */
export function chacha(key, nonce, bytes) {
  const first = Uint32Array.of(...WORDS, ...words(key), 1, ...words(nonce));
  const made = bytes.slice();
  for (let place = 0; place < made.length; place += 64, first[12]++) {
    const state = first.slice();
    for (let twice = 0; twice < 10; twice++) for (const four of ROUNDS) mix(state, four);
    const stream = new Uint8Array(state.map((word, n) => word + first[n]).buffer);
    for (let n = 0; n < 64 && place + n < made.length; n++) made[place + n] ^= stream[n];
  }
  return made;
}
