/** The engine of a notebook whose cells run in a process of their own. */

import { CellEngine } from "./cell_engine.ts";
import type { EngineOptions } from "./engine_options.ts";
import { Realm } from "./realm.ts";

/** The engine under Deno: what the cells may do is enforced by the process that runs them. */
export class Engine extends CellEngine {
  constructor(options: EngineOptions) {
    super(options, (start, permissions, events) => new Realm(start, permissions, events));
  }
}
