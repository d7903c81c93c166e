/** Data out of the page's own elements, and, of a served page, from its server. */

/** @typedef {import("./model.js").Detail} Detail */

/**
 * @param {string} id
 * @returns {Promise<any>} what the element with this id holds
 */
export async function unpacked(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page lacks its ${id}`);
  return inflated(bytesOf(element.textContent ?? ""));
}

/**
 * @param {Uint8Array | ArrayBuffer} packed compressed JSON
 * @returns {Promise<any>}
 */
export async function inflated(packed) {
  const stream = new Blob([/** @type {ArrayBuffer} */ (packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/**
 * @param {string} base64
 * @returns {Uint8Array}
 */
export function bytesOf(base64) {
  if ("fromBase64" in Uint8Array) return /** @type {any} */ (Uint8Array).fromBase64(base64);
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < characters.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

/**
 * A function that gives the details of incidents, unpacking or asking for each pack once.
 * @param {import("./model.js").About} about
 * @returns {(row: number) => Promise<Detail | null>} null where the page holds none
 */
export function detailsOf({ chunk, live, snapshot }) {
  const packs = new Map();
  return async (row) => {
    const number = Math.floor(row / chunk);
    if (!live && !document.getElementById(`detail-${number}`)) return null;
    if (!packs.has(number)) packs.set(number, live ? asked(`detail/${snapshot}/${number}`) : unpacked(`detail-${number}`));
    try {
      return (await packs.get(number))[row % chunk];
    } catch (error) {
      packs.delete(number);
      throw error;
    }
  };
}

/**
 * @param {string} address
 * @returns {Promise<any>}
 */
async function asked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status === 409 ? "a run has changed the database: load the page anew" : `the server says ${answer.status}`);
  return inflated(await answer.arrayBuffer());
}
