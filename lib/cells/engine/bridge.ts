/** How a subject joins the cells: a module of its own that runs in their realm, before the first of them. */

import type { CellError, OutputScreen } from "./protocol.ts";

/** A picture whose frames are drawn one by one, when they are asked for. */
export interface FrameSource {
  count: number;
  /** Draws one frame, from 0, by MIME type. */
  at(index: number): Record<string, string>;
}

/** How something is displayed. */
export interface DisplayOptions {
  /** A name by which it can be replaced. */
  displayId?: string;
  /** Whether it replaces what has that name. */
  update?: boolean;
  frames?: FrameSource;
}

/** What the realm offers to a bridge. */
export interface Host {
  /** Puts out a value in several forms by MIME type; `text/plain` has to be among them. */
  display(bundle: Record<string, string>, options?: DisplayOptions): void;
  /** Puts out what only the subject's front end understands, in order with everything else that the cell puts out. */
  emit(name: string, data: unknown): void;
  /** Asks whoever runs the engine, and waits for the answer. */
  ask(name: string, data: unknown): Promise<unknown>;
  /** Tells whoever runs the engine. */
  tell(name: string, data: unknown): void;
  /** What something thrown says to the reader. */
  report(thrown: unknown): CellError;
  /** A message with this notebook's advice on permissions instead of Deno's. */
  advise(message: string): string;
  /** [0] is 1 once the cell is to end early; whoever looks adds 1 to [1]. */
  readonly interrupt: Int32Array<SharedArrayBuffer>;
  readonly screen: OutputScreen;
}

/** What a bridge offers to the realm. */
export interface Bridge {
  /** Called when the screen has another size. */
  resized?(screen: OutputScreen): void;
  /** Draws a value, by MIME type; undefined for one that it does not know. */
  draw?(value: unknown): Promise<Record<string, string> | undefined>;
}

/** What a module that is a bridge exports. */
export interface BridgeModule {
  /** @param data What the front end has given along; it can be cloned. */
  connect(host: Host, data: unknown): Bridge | undefined;
}
