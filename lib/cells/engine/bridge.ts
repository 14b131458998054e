/** How a subject joins the cells: a module of the subject that runs in their realm before the first cell. */

import type { CellError, OutputScreen } from "./protocol.ts";

/** A picture with several frames, each drawn only when it is needed. */
export interface FrameSource {
  count: number;
  /** Draws one frame, by MIME type; indices start at 0. */
  at(index: number): Record<string, string>;
}

/** How to display something. */
export interface DisplayOptions {
  /** A name by which it can be replaced. */
  displayId?: string;
  /** Whether it replaces the display with that name. */
  update?: boolean;
  frames?: FrameSource;
}

/** What the realm offers to a bridge. */
export interface Host {
  /** Outputs a value in several forms, by MIME type; `text/plain` must be one of them. */
  display(bundle: Record<string, string>, options?: DisplayOptions): void;
  /** Outputs what only the subject's front end understands, in order with all other outputs of the cell. */
  emit(name: string, data: unknown): void;
  /** Asks the owner of the engine, and waits for the answer. */
  ask(name: string, data: unknown): Promise<unknown>;
  /** Tells the owner of the engine. */
  tell(name: string, data: unknown): void;
  /** Describes a thrown value for the reader. */
  report(thrown: unknown): CellError;
  /** A message with this notebook's advice on permissions instead of Deno's. */
  advise(message: string): string;
  /** [0] is 1 once the cell should end early; whoever reads it adds 1 to [1]. */
  readonly interrupt: Int32Array<SharedArrayBuffer>;
  readonly screen: OutputScreen;
}

/** What a bridge offers to the realm. */
export interface Bridge {
  /** Called when the size of the screen changes. */
  resized?(screen: OutputScreen): void;
  /** Draws a value, by MIME type; undefined for a value that the subject does not know. */
  draw?(value: unknown): Promise<Record<string, string> | undefined>;
  /** Called once for each cell, with its value: whether the cell has already shown it. */
  hides?(value: unknown): boolean;
}

/** What the module of a bridge exports. */
export interface BridgeModule {
  /** @param data What the front end passes in; it can be cloned. */
  connect(host: Host, data: unknown): Bridge | undefined;
}
