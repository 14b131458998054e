/** The Worker in which cells run under Deno. */

import { serveCells } from "./cell_worker.ts";
import { loadConsole } from "./load_console.ts";

const begin = serveCells({ load: async (specifier, options) => await import(specifier, options), loadConsole });
globalThis.addEventListener("message", (event) => begin((event as MessageEvent<MessagePort>).data), { once: true });
