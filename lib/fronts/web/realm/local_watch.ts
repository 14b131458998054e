/** Watches a cell from inside its own Worker: where no memory can be shared, a request to stop comes as a message, between two batches. */

import { CellWatch } from "../../../cells/engine/cell_watch.ts";
import type { Reply, Request, WorkerRequest } from "../../../cells/engine/protocol.ts";

/** Stands between the page's port and the port of the cells; returns the latter. */
export function watchLocally(page: MessagePort): MessagePort {
  const cells = new MessageChannel();
  const watch = new CellWatch((reply: Reply) => page.postMessage(reply));
  cells.port1.onmessage = ({ data }: MessageEvent<Reply>) => watch.pass(data);
  page.onmessage = ({ data }: MessageEvent<WorkerRequest | Request>) => {
    if (data.type === "interrupt") return watch.interrupt(data);
    if (data.type === "evaluate") watch.begin(data);
    const request = data.type === "start" ? { ...data, control: watch.buffer } : data;
    cells.port1.postMessage(request);
  };
  return cells.port2;
}
