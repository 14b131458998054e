/**
 * Defines the contract between a lesson and the front end that runs it: names on `globalThis`, each with its type.
 *
 * The library works the same without any of them. It imports nothing from the runtime, and the runtime imports nothing from the library;
 * both import this file.
 */

/** Where a front end receives what `show` has drawn. */
export const DISPLAY_HOOK: unique symbol = Symbol.for("gradually.display");
/** Where lib/show leaves the function with which a front end draws a value: the last value of a cell, or a variable. */
export const DRAW: unique symbol = Symbol.for("gradually.draw");
/** Where a front end says how large pictures may be, again after each resize. */
export const SCREEN: unique symbol = Symbol.for("gradually.screen");
/** Where a front end asks training to end after the current batch. */
export const INTERRUPT: unique symbol = Symbol.for("gradually.interrupt");
/** Where a front end says how a lesson should run. */
export const SETTINGS: unique symbol = Symbol.for("gradually.settings");
/** Where a front end receives verdicts; without it, `check` shows the text, and throws for a wrong answer. */
export const VERDICT: unique symbol = Symbol.for("gradually.verdict");
/** Where a front end says that an answer is older than the code that the learner sees. */
export const STALE_ANSWER: unique symbol = Symbol.for("gradually.stale");
/** Where a front end collects the values that a cell has shown by itself: if one is the cell's value, it is not shown again. */
export const ALREADY_SHOWN: unique symbol = Symbol.for("gradually.shown");
/** Where a front end keeps what took long to compute. */
export const CHECKPOINTS: unique symbol = Symbol.for("gradually.checkpoints");

/** `globalThis`, as far as lesson and front end share it. */
interface Contract {
  [DISPLAY_HOOK]?: DisplayHook;
  [DRAW]?: (value: unknown) => Promise<MimeBundle>;
  [SCREEN]?: Partial<Screen>;
  /** [0] is not 0 once training should end; whoever reads it adds 1 to [1]. */
  [INTERRUPT]?: Int32Array;
  [SETTINGS]?: LessonSettings;
  [VERDICT]?: (event: ExerciseEvent) => unknown;
  /** Why the function with this name is not from the newest version of its cell; undefined if it is. */
  [STALE_ANSWER]?: (name: string) => Promise<string | undefined>;
  [ALREADY_SHOWN]?: ShownValues;
  [CHECKPOINTS]?: Checkpoints;
}

/** The shared values. */
export const shared: Contract = globalThis as Contract;

/** The same content in several forms, by MIME type. `text/plain` is always there. */
export type MimeBundle = Record<string, string>;

/** Receives a value to display. */
export interface DisplayHook {
  (bundle: MimeBundle, options: DisplayOptions): unknown;
  /** The MIME types that the front end draws in addition to `text/plain`; if undefined, it gets all of them. */
  forms?: readonly string[];
}

/** How to display something. */
export interface DisplayOptions {
  /** A name by which it can be replaced. */
  displayId?: string;
  /** Whether it replaces the display with that name. */
  update?: boolean;
  frames?: FrameSource;
}

/** A picture with several frames, each drawn only when it is needed. */
export interface FrameSource {
  count: number;
  /** Draws one frame; indices start at 0. */
  at(index: number): MimeBundle;
}

/** How many colors there are: none, the 256 of xterm, or 24 bits. */
export type ColorDepth = "none" | "256" | "24bit";

/** A screen for text. */
export interface Screen {
  /** The number of columns; no line is longer. */
  readonly columns: number;
  /** The number of rows that are visible at once. */
  readonly rows: number;
  /** Which colors may be used. */
  readonly colors: ColorDepth;
}

/** How a lesson should run. */
export interface LessonSettings {
  /** `quick`: little data, few epochs, no cell longer than 30 s; `full`: all data, all epochs. */
  mode: "quick" | "full";
  /** The seed of all random numbers. */
  seed: number;
  /** The folder with the MNIST files. */
  data?: string;
  /** The kernel: `reference` or `simd`. */
  kernel?: string;
  /** The number of threads. */
  threads?: number;
}

/** The verdict on an answer. `open`: still a blank; `error`: it threw; `mistake`: one of the listed mistakes; `wrong`: any other mistake. */
export type VerdictKind = "passed" | "open" | "error" | "mistake" | "wrong";

/** A verdict, with everything that the exercise may reveal, one thing at a time. */
export interface ExerciseEvent {
  /** The id of the exercise: `relu-backward`. */
  readonly id: string;
  /** How the answer was judged. */
  readonly kind: VerdictKind;
  /** What to tell the learner; more than one line if there is evidence. */
  readonly message: string;
  /** What the answer threw. */
  readonly error?: unknown;
  /** The answer and the right one side by side: text of equally wide characters, to be shown as it is. */
  readonly picture?: string;
  /** The hints, in order. */
  readonly hints: readonly string[];
  /** The reference solution as code. */
  readonly solution: string;
  /** Why it is the solution. */
  readonly explanation: string;
}

/** The values that the running cell has shown by itself, such as the curve of a training that it has watched. */
interface ShownValues {
  /** The cell has shown this value. */
  add(value: object): void;
}

/** Keeps the results of long computations, for a front end. */
export interface Checkpoints {
  /** What the same code saved under this name, with the same settings; undefined if there is nothing, or if the learner wants to see it run. */
  load(name: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Saves the result. */
  save(name: string, bytes: Uint8Array): void | Promise<void>;
  /** What a computation that was cut off had saved; also if the learner wants to see it run. Without it, work begins again. */
  loadUnfinished?(name: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Saves how far a computation is; with no bytes, it is over. */
  saveUnfinished?(name: string, bytes: Uint8Array): void | Promise<void>;
}
