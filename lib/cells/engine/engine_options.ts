/** What an engine needs to know. */

import type { RealmPermissions, RealmStart } from "./protocol.ts";

/** The code on whose behalf a bridge asks. */
export interface RunInfo {
  /** Whether the engine is running it again, silently, rather than the reader. */
  replay: boolean;
  /** The sources that its state depends on: those of the cells before it in the document, except leaves, and its own. */
  sources: string[];
}

/** What an engine needs. */
export interface EngineOptions extends RealmStart {
  /** What the cells may do. */
  permissions: RealmPermissions;
  /** Answers the bridge's questions, and receives what it tells. */
  onMessage?(name: string, data: unknown, run: RunInfo): unknown;
}
