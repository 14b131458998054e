/** Speaks as much ZMTP 3.0, the protocol of Jupyter's sockets, as a listener needs: it subscribes, and reads messages. */

/** First who it is, then a subscription to everything. */
const GREETING_AND_READY = new Uint8Array([
  ...[0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0],
  ...bytes("NULL"),
  ...new Array(48).fill(0),
  ...[4, 25, 5, ...bytes("READY"), 11, ...bytes("Socket-Type"), 0, 0, 0, 3, ...bytes("SUB")],
]);
const SUBSCRIBE = new Uint8Array([0, 1, 1]);
/** The other side's greeting, and its READY command with the two bytes in front of it. */
const GREETING_LENGTH = 64;
/** The bits of a frame's first byte. */
const MORE = 1;
const LONG = 2;

/** Subscribes to everything that the other side publishes, and gives its messages, each as its frames. */
export async function* subscribe(connection: Deno.Conn, subscribed: () => void): AsyncGenerator<Uint8Array[]> {
  const input = new Input(connection);
  await connection.write(GREETING_AND_READY);
  await input.take(GREETING_LENGTH);
  await readFrame(input); // READY
  await connection.write(SUBSCRIBE);
  subscribed();
  while (true) {
    const frames: Uint8Array[] = [];
    for (let more = true; more;) {
      const frame = await readFrame(input);
      frames.push(frame.body);
      more = frame.more;
    }
    yield frames;
    // The kernel's TCP holds a small packet back until the one before is acknowledged, and that happens at once only with an answer.
    await connection.write(SUBSCRIBE);
  }
}

async function readFrame(input: Input): Promise<{ body: Uint8Array; more: boolean }> {
  const [flags] = await input.take(1);
  const size = await input.take(flags & LONG ? 8 : 1);
  const length = flags & LONG ? Number(new DataView(size.buffer, size.byteOffset).getBigUint64(0)) : size[0];
  return { body: await input.take(length), more: (flags & MORE) !== 0 };
}

/** A connection from which a known number of bytes is taken at a time. */
class Input {
  readonly #connection: Deno.Conn;
  #held = new Uint8Array(0);

  constructor(connection: Deno.Conn) {
    this.#connection = connection;
  }

  /** @throws {Error} When the other side ends the connection. */
  async take(length: number): Promise<Uint8Array> {
    if (this.#held.length < length) await this.#fill(length);
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  async #fill(length: number): Promise<void> {
    const room = new Uint8Array(Math.max(65_536, length + 4096));
    room.set(this.#held);
    let filled = this.#held.length;
    while (filled < length) {
      const read = await this.#connection.read(room.subarray(filled));
      if (read === null) throw new Error("the kernel has ended the connection");
      filled += read;
    }
    this.#held = room.subarray(0, filled);
  }
}

function bytes(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
