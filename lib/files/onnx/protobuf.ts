/** Message: writes a message in the format of Protocol Buffers: as much of it as ONNX needs. */

/** How a field is stored: a number in groups of seven bits, or bytes after their length. */
const VARINT = 0, BYTES = 2;

/**
 * A message, field by field. Fields may come in any order; one that is written again is the next of a list.
 *
 * The format: https://protobuf.dev/programming-guides/encoding
 */
export class Message {
  readonly #parts: Uint8Array[] = [];

  /** A whole number of at least 0. */
  int(field: number, value: number): this {
    this.#parts.push(Uint8Array.from([...varint(field * 8 + VARINT), ...varint(value)]));
    return this;
  }

  /** Whole numbers, packed. */
  ints(field: number, values: readonly number[]): this {
    return this.bytes(field, Uint8Array.from(values.flatMap(varint)));
  }

  /** Text. */
  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  /** A message inside this one. */
  message(field: number, value: Message): this {
    const parts = value.#parts;
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    this.#parts.push(Uint8Array.from([...varint(field * 8 + BYTES), ...varint(length)]), ...parts);
    return this;
  }

  /** Bytes; they are not copied. */
  bytes(field: number, value: Uint8Array): this {
    this.#parts.push(Uint8Array.from([...varint(field * 8 + BYTES), ...varint(value.length)]), value);
    return this;
  }

  /** All of it. */
  encode(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  while (value > 127) {
    bytes.push(value % 128 + 128);
    value = Math.floor(value / 128);
  }
  return [...bytes, value];
}
