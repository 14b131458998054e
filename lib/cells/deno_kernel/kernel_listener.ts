/** The Worker that listens to the outputs of its own kernel, as a front end does: it knows what has been sent, and which cell comes next. */

import { parentPort } from "node:worker_threads";
import { ECHO_NAME, type LinkReport, type LinkStart, LinkState } from "./link_state.ts";
import { subscribe } from "./zmtp.ts";

/** An echo is small, and so is what the kernel says about its state. */
const SMALL = 400;
const decoder = new TextDecoder();

const tellKernel = (report: LinkReport): void => parentPort?.postMessage(report);

parentPort?.once("message", async (data: LinkStart) => {
  const { address, secret, numbers } = data;
  const echo = new RegExp(`${ECHO_NAME}${secret}-(\\d+)`);
  let parser: Promise<typeof import("./cell_problem.ts")> | undefined;
  let idle = ""; // the request that is done
  let broken = ""; // the request whose cell does not parse

  const hear = async (frames: Uint8Array[]): Promise<void> => {
    const [header, parent, , content] = frames.slice(frames.findIndex(isDelimiter) + 2).map((frame) => () =>
      JSON.parse(decoder.decode(frame))
    );
    const type: string = header().msg_type;
    if (type === "update_display_data" && frames.at(-1)!.length < SMALL) {
      const [, number] = echo.exec(decoder.decode(frames.at(-1)!)) ?? [];
      if (number === undefined) return;
      tell(LinkState.ECHO, Number(number));
      tellKernel({ type: "echo", number: Number(number) });
      parser ??= import("./cell_problem.ts"); // takes longer to load than everything else
    } else if (type === "status") {
      const { msg_type, msg_id } = parent();
      const { execution_state: state } = content();
      if (msg_type !== "execute_request") return void Atomics.notify(numbers, LinkState.LOOKED_AT); // something else is asked
      if (state === "idle") idle = msg_id;
      Atomics.store(numbers, LinkState.LOOKING, state === "busy" ? 1 : 0);
      if (state === "idle" || state === "busy") {
        tellKernel({ type: state, before: Atomics.load(numbers, LinkState.LOOKED_AT) });
      }
    } else if (type === "execute_input") {
      const { code } = content();
      const { cellProblem } = await (parser ??= import("./cell_problem.ts"));
      const problem = cellProblem(code);
      write(data.code, code);
      if (problem) {
        broken = parent().msg_id;
        write(data.problem, problem);
      }
      Atomics.store(numbers, LinkState.BROKEN, problem ? 1 : 0);
      Atomics.store(numbers, LinkState.LOOKING, 0);
      tell(LinkState.LOOKED_AT, Atomics.load(numbers, LinkState.LOOKED_AT) + 1);
      tellKernel({ type: "cell", code, problem });
    } else if (type === "error" && broken !== "") {
      if (broken === idle || parent().msg_id !== broken) tellKernel({ type: "too late" });
      broken = "";
    }
  };
  const tell = (index: number, value: number): void => {
    Atomics.store(numbers, index, value);
    Atomics.notify(numbers, index);
  };

  const listening = (): void => tellKernel({ type: "listening" });
  try {
    const connection = await Deno.connect(address);
    connection.setNoDelay(true);
    for await (const frames of subscribe(connection, listening)) {
      Atomics.add(numbers, LinkState.HEARD, 1);
      try {
        await hear(frames);
      } catch {
        // It is not a message of the kernel.
      }
    }
  } catch {
    parentPort?.close(); // no kernel, no outputs
  }
});

function isDelimiter(frame: Uint8Array): boolean {
  return frame.length === 9 && decoder.decode(frame) === "<IDS|MSG>";
}

/** Writes a value as JSON into shared memory, cut to its size. */
function write(shared: SharedArrayBuffer, value: unknown): void {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const fits = text.length + 4 <= shared.byteLength ? text : new Uint8Array(0);
  new DataView(shared).setUint32(0, fits.length);
  new Uint8Array(shared).set(fits, 4);
}
