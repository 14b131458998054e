/** sealed and isSealed: bytes that tell whether a bit of them has changed. */

const NAME = "checksum", EMPTY = "0".repeat(64);

/** What the metadata of a file needs, so that {@linkcode sealed} finds room for its checksum. */
export const ROOM: readonly [name: string, value: string] = [NAME, EMPTY];

/** Writes the checksum of a file into its metadata, in place. */
export async function sealed(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const at = find(file, /0{64}/);
  file.set(new TextEncoder().encode(await sha256(file)), at);
  return file;
}

/** Whether the checksum in the metadata of a file is that of the file. */
export async function isSealed(file: Uint8Array): Promise<boolean> {
  const at = find(file, /[0-9a-f]{64}/);
  if (at < 0) return false;
  const copy = file.slice();
  copy.set(new TextEncoder().encode(EMPTY), at);
  return await sha256(copy) === new TextDecoder().decode(file.subarray(at, at + EMPTY.length));
}

/** Where the checksum is; in JSON a quote inside a text has a backslash before it, so no text can look like this. */
function find(file: Uint8Array, value: RegExp): number {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = new TextDecoder("latin1").decode(file.subarray(8, 8 + length)); // one character for each byte
  const found = new RegExp(`"${NAME}":"(?=${value.source}")`).exec(header);
  return found ? 8 + found.index + found[0].length : -1;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
