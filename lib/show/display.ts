/** Sends what is shown to the front end: the step-through, a Jupyter notebook, a terminal or a pipe. */
import { DISPLAY_HOOK, type DisplayHook, DRAW, type FrameSource, shared } from "../contract/contract.ts";
import { interruptRequested } from "../contract/interrupt_requested.ts";
import { interruptible } from "./interrupt.ts";
import { DISPLAY, type MimeBundle, type Showable } from "./picture.ts";
import { currentScreen, isTerminal, type Screen } from "./screen.ts";
import { pictureOf } from "./picture_of.ts";
import { escapeXml, svgWithTitle } from "./svg.ts";
import { type DisplayTarget, TextOutput } from "./text_output.ts";

/** How to show something. */
export interface ShowOptions {
  /** A line above it. */
  title?: string;
}

/** A display that can be drawn again in the same place. */
export interface LiveDisplay {
  /** Identifies the display. */
  readonly id: string;
  /** How many milliseconds the last update took to draw, without what the event loop did afterwards. */
  readonly drawingTime: number;
  /**
   * Whether Ctrl-C, or the stop button of a notebook, asks the loop that draws to end. A loop that looks at it can end by
   * itself and keep what it has; one that does not is ended from outside.
   */
  readonly stopping: boolean;
  /** Draws a value: the first time below what was shown before, then in place of the value before. */
  update(value: unknown): Promise<void>;
  /** Ends the display: no update will follow. A pipe gets the last state now, not at the end of the program. */
  close(): Promise<void>;
}

interface Jupyter {
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
}

const JUPYTER_FORMS = ["image/svg+xml", "text/html"];
const output = new TextOutput();

/**
 * Shows a value in any front end: a picture, a tensor, anything with a `[Symbol.for("Jupyter.display")]` method as that
 * method draws it, and everything else as `console.log` would print it.
 *
 * @example A tensor, and a value that draws itself
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DISPLAY, show, Tensor } from "@gradually/gradually";
 *
 * await show(Tensor.from([[1, 2], [3, 4]]), { title: "A small matrix" });
 * let drawn = 0;
 * await show({ [DISPLAY]: () => ({ "text/plain": `drawn ${++drawn} time` }) });
 * assertEquals(drawn, 1);
 * ```
 */
export async function show(value: unknown, options: ShowOptions = {}): Promise<void> {
  await deliver(value, options, {});
}

/**
 * A display that can be updated, such as a growing curve. Nothing is shown before the first update.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { display } from "@gradually/gradually";
 *
 * const live = display();
 * await live.update("1 of 2");
 * await live.update("2 of 2"); // replaces the first
 * assert(live.drawingTime < 1000);
 * assert(!live.stopping); // nobody pressed Ctrl-C
 * await live.close();
 * ```
 */
export function display(options: ShowOptions = {}): LiveDisplay {
  const id = `gradually-${crypto.randomUUID()}`;
  let update = false;
  let drawingTime = 0;
  let release: (() => void) | undefined; // in a plain script: stops listening for Ctrl-C
  return {
    id,
    get drawingTime() {
      return drawingTime;
    },
    get stopping() {
      release ??= interruptible(frontEnd());
      return interruptRequested();
    },
    async update(value) {
      const target = { displayId: id, update };
      update = true;
      const started = performance.now();
      await deliver(value, options, target, () => drawingTime = performance.now() - started);
    },
    // deno-lint-ignore require-await -- the same shape whatever the front end
    async close() {
      release?.();
      release = undefined;
      output.settle(id);
    },
  };
}

/** Where output goes: to the hook of a front end, to Jupyter, to a terminal, or to a pipe. */
export function frontEnd(): "hook" | "jupyter" | "terminal" | "pipe" {
  if (typeof hook() === "function") return "hook";
  if (jupyter()) return "jupyter";
  return isTerminal() ? "terminal" : "pipe";
}

/** @param drawn Is called when the value is drawn and handed over, before the event loop does anything else. */
async function deliver(
  value: unknown,
  { title }: ShowOptions,
  target: DisplayTarget,
  drawn: () => void = () => {},
): Promise<void> {
  const where = frontEnd();
  if (where === "hook") {
    const handed = hook()!(await bundleOf(value, hook()!.forms, title), { ...target, ...framesOf(value) });
    drawn();
    await handed;
  } else if (where === "jupyter") {
    const { "text/x-ansi": _, ...data } = await bundleOf(value, JUPYTER_FORMS, title);
    const transient = target.displayId ? { display_id: target.displayId } : {};
    const type = target.update ? "update_display_data" : "display_data";
    const sent = jupyter()!.broadcast(type, { data, metadata: {}, transient });
    drawn();
    await sent;
    // The kernel reports idle before it has sent a cell's last output; a turn of the event loop lets it be sent first.
    await new Promise((resolve) => setTimeout(resolve, 1));
  } else {
    output.print(await textOf(value, title), target, where === "terminal");
    drawn();
  }
}

// A front end draws its own values (the last of a cell, a variable) with this function, once a lesson has loaded it.
shared[DRAW] = (value) => bundleOf(value, hook()?.forms);

function framesOf(value: unknown): { frames?: FrameSource } {
  const drawn = pictureOf(value);
  if (!drawn || drawn.frameCount < 2) return {};
  const frames: FrameSource = {
    count: drawn.frameCount,
    at(index) {
      const screen = currentScreen();
      const bundle: MimeBundle = { "text/plain": drawn.frame(index, { ...screen, colors: "none" }) };
      if (screen.colors !== "none") bundle["text/x-ansi"] = drawn.frame(index, screen);
      return bundle;
    },
  };
  return { frames };
}

async function bundleOf(value: unknown, forms?: readonly string[], title?: string): Promise<MimeBundle> {
  const screen = currentScreen();
  const drawn = pictureOf(value);
  const bundle = drawn ? drawn.bundle(screen, forms) : { ...await (value as Showable)[DISPLAY]() };
  bundle["text/plain"] ??= fallback(bundle);
  if (title !== undefined) {
    for (const type of ["text/plain", "text/x-ansi"]) {
      if (type in bundle) bundle[type] = `${title}\n${bundle[type]}`;
    }
    const svg = bundle["image/svg+xml"];
    if (svg !== undefined) bundle["image/svg+xml"] = svgWithTitle(svg, title);
    if ("text/html" in bundle) {
      bundle["text/html"] = `<p><strong>${escapeXml(title)}</strong></p>${bundle["text/html"]}`;
    }
  }
  return bundle;
}

// Only the form that is printed is drawn: an SVG that nobody sees would slow down training.
async function textOf(value: unknown, title?: string): Promise<string> {
  const terminal = isTerminal();
  const screen: Screen = terminal ? currentScreen() : { ...currentScreen(), colors: "none" };
  const drawn = pictureOf(value);
  let text: string;
  if (drawn) {
    text = drawn.text(screen);
  } else {
    const bundle = await (value as Showable)[DISPLAY]();
    const ansi = screen.colors === "none" ? undefined : bundle["text/x-ansi"];
    text = ansi ?? bundle["text/plain"] ?? fallback(bundle);
  }
  return title === undefined ? text : `${title}\n${text}`;
}

function fallback(bundle: MimeBundle): string {
  return `(${Object.keys(bundle).join(", ") || "nothing"}: no text form)`;
}

function hook(): DisplayHook | undefined {
  const found = shared[DISPLAY_HOOK];
  return typeof found === "function" ? found : undefined;
}

function jupyter(): Jupyter | undefined {
  // Reading Deno.jupyter outside the kernel may throw.
  try {
    const found = (Deno as unknown as { jupyter?: Jupyter }).jupyter;
    return typeof found?.broadcast === "function" ? found : undefined;
  } catch {
    return undefined;
  }
}
