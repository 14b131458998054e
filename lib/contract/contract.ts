/**
 * What a lesson and the front end that runs it agree on: names on `globalThis`, each with its type.
 *
 * The library works the same without any of them. It imports nothing of the runtime, and the runtime nothing of the library; both import
 * this file.
 */

/** Where a front end takes what `show` has drawn. */
export const DISPLAY_HOOK: unique symbol = Symbol.for("gradually.display");
/** Where lib/show leaves the function by which a front end draws a value by itself: the last of a cell, a variable. */
export const DRAW: unique symbol = Symbol.for("gradually.draw");
/** Where a front end says how large pictures may be, again after each resize. */
export const SCREEN: unique symbol = Symbol.for("gradually.screen");
/** Where a front end asks training to end after the current batch. */
export const INTERRUPT: unique symbol = Symbol.for("gradually.interrupt");
/** Where a front end says how a lesson is to run. */
export const SETTINGS: unique symbol = Symbol.for("gradually.settings");
/** Where a front end takes what the judge says; without it, `check` shows the text, and throws for a wrong answer. */
export const VERDICT: unique symbol = Symbol.for("gradually.verdict");
/** Where a front end keeps what took long to compute. */
export const CHECKPOINTS: unique symbol = Symbol.for("gradually.checkpoints");

/** `globalThis`, as far as lesson and front end share it. */
export interface Contract {
  [DISPLAY_HOOK]?: DisplayHook;
  [DRAW]?: (value: unknown) => Promise<MimeBundle>;
  [SCREEN]?: Partial<Screen>;
  /** [0] is not 0 once training is to end; whoever looks adds 1 to [1]. */
  [INTERRUPT]?: Int32Array;
  [SETTINGS]?: LessonSettings;
  [VERDICT]?: (event: ExerciseEvent) => unknown;
  [CHECKPOINTS]?: Checkpoints;
}

/** The values that are agreed on. */
export const shared: Contract = globalThis as Contract;

/** The same content in several forms, by MIME type. `text/plain` is always there. */
export type MimeBundle = Record<string, string>;

/** Takes what is displayed. */
export interface DisplayHook {
  (bundle: MimeBundle, options: DisplayOptions): unknown;
  /** The MIME types that the front end draws besides `text/plain`; without this it gets all of them. */
  forms?: readonly string[];
}

/** How something is displayed. */
export interface DisplayOptions {
  /** A name by which it can be replaced. */
  displayId?: string;
  /** Whether it replaces what has that name. */
  update?: boolean;
  frames?: FrameSource;
}

/** A picture with several frames, drawn one by one when they are asked for. */
export interface FrameSource {
  count: number;
  /** Draws one frame, from 0. */
  at(index: number): MimeBundle;
}

/** How many colors there are: none, the 256 of xterm, or 24 bits. */
export type ColorDepth = "none" | "256" | "24bit";

/** A place for text. */
export interface Screen {
  /** Columns; no line is longer. */
  readonly columns: number;
  /** Rows that are seen at once. */
  readonly rows: number;
  /** Which colors may be used. */
  readonly colors: ColorDepth;
}

/** How a lesson is to run. */
export interface LessonSettings {
  /** `quick`: little data, few epochs, no cell longer than 30 s; `full`: all of it. */
  mode: "quick" | "full";
  /** The seed of everything that is random. */
  seed: number;
  /** Where the MNIST files lie. */
  data?: string;
  /** What computes: `reference` or `simd`. */
  kernel?: string;
  /** On how many threads. */
  threads?: number;
}

/** How an answer was judged. `open`: it is still a blank; `error`: it threw; `mistake`: a listed one; `wrong`: any other. */
export type VerdictKind = "passed" | "open" | "error" | "mistake" | "wrong";

/** A verdict with everything that may be revealed of its exercise, one thing at a time. */
export interface ExerciseEvent {
  /** Which exercise: `relu-backward`. */
  readonly id: string;
  /** How the answer was judged. */
  readonly kind: VerdictKind;
  /** What to tell the learner; more than one line where there is evidence. */
  readonly message: string;
  /** What the answer threw. */
  readonly error?: unknown;
  /** What helps, in order. */
  readonly hints: readonly string[];
  /** The reference solution as code. */
  readonly solution: string;
  /** Why it is the solution. */
  readonly explanation: string;
}

/** What a front end keeps of long computations. */
export interface Checkpoints {
  /** What was kept under this name, by the same code, from the same settings; undefined where the learner wants to see it run. */
  load(name: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Keeps it. */
  save(name: string, bytes: Uint8Array): void | Promise<void>;
}
