// Puts random outputs through the front end of the terminal, by every way that text of others has to the screen, and reads the screen.
import { assertEquals } from "@std/assert";
import xterm from "@xterm/headless";
import fc from "fast-check";
import type { Engine } from "../../../lib/cells/engine/engine.ts";
import type { Output } from "../../../lib/cells/engine/protocol.ts";
import type { View } from "../../../lib/course/session_events.ts";
import type { SessionState } from "../../../lib/course/session_state.ts";
import type { Journal } from "../../../lib/course/progress/journal.ts";
import { ask } from "../../../lib/fronts/terminal/prompt.ts";
import { StepView } from "../../../lib/fronts/terminal/step_view.ts";
import { TerminalFront } from "../../../lib/fronts/terminal/terminal_front.ts";
import { TerminalUi } from "../../../lib/fronts/terminal/terminal_ui.ts";
import { browseVariables } from "../../../lib/fronts/terminal/variable_list.ts";

const KEYS = "the line of keys";

/** Pieces of text that drive a terminal, whole and broken, and characters whose width terminals do not agree on. */
const TRAPS = [
  ...["\x1b", "\x1b[", "\x1b]", "\x9b", "\x9d", "\x90", "\x1bP", "\x1b_G", "\x1b^", "\x1bX", "\x9c", "\x1b\\", "\x07"],
  ...["2J", "10A", "H", "5;5H", "m", "31m", "0;title", "52;c;Zm9v", ";", "?1049h", "?25l", "6n", "c", "[", "]", "8m"],
  ...[
    "\x1b[2J",
    "\x1b[3J",
    "\x1b[10A",
    "\x1b[H",
    "\x1b[?1049h",
    "\x1b[6n",
    "\x1b[c",
    "\x1b[5S",
    "\x1b[3;4r",
    "\x1b[?7l",
  ],
  ...["\x1bc", "\x1bM", "\x1b7", "\x1b8", "\x1bD", "\x1b(0", "\x1b#8", "\x1b[!p", "\x1b[4h", "\x1b[20h", "\x1b[?6h"],
  ...["\x1b]0;title\x07", "\x1b]52;c;Zm9v\x1b\\", "\x1b]8;;http://a.b\x07", "\x1b]4;1;#fff\x07", "\x1b]10;?\x07"],
  ...["\x1bPq#0~~\x1b\\", "\x1b[31m", "\x1b[1;7;44m", "\x1b[0m", "\x1b[11m", "\x1b[38;5;9m", "\x1b[48;2;9;9;9m"],
  ...[
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\t",
    "\b\b\b",
    "\x00",
    "\x05",
    "\x0b",
    "\x0c",
    "\x0e",
    "\x7f",
    "\x84",
    "\x85",
    "\x8d",
  ],
  ...["\u202e", "\u2066", "\u200f", "\u2028", "\ud83d", "\udc4d", "👍🏽", "👨‍👩‍👧", "❤️", "数字", "e\u0301", "\u3164", "한"],
  ...[
    "a word",
    "x".repeat(30),
    "数".repeat(15),
    "👍".repeat(25),
    "❤️".repeat(15),
    "**b** `c` $x_i$",
    "| a | b |\n|---|---|\n",
  ],
];
const text = fc.array(fc.oneof(fc.constantFrom(...TRAPS), fc.string({ unit: "binary", maxLength: 4 })), {
  maxLength: 8,
})
  .map((pieces) => pieces.join(""));

/** One thing that may happen. */
type Act = (screen: HostileScreen) => void | Promise<void>;

const output = (output: Output): Act => (screen) => screen.view({ type: "output", output });
const view = (view: View): Act => (screen) => screen.view(view);
const error = fc.record({
  name: text,
  message: text,
  place: fc.option(fc.record({ file: text, line: fc.nat(99), column: fc.nat(99) }), { nil: undefined }),
  frames: fc.array(fc.record({ name: text, file: text, line: fc.nat(99), column: fc.nat(99) }), { maxLength: 2 }),
  excerpt: fc.option(text, { nil: undefined }),
});
const bundle = fc.record({ "text/plain": text, "text/x-ansi": text });

/** Everything that may happen, each with its text. */
export const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ stream: fc.constantFrom("stdout" as const, "stderr" as const), text })
      .map((put) => output({ type: "text", ...put })),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      bundle,
      displayId: fc.constantFrom(undefined, "a", "b", "c"),
      update: fc.boolean(),
    }).map((put) => output({ type: "display", ...put })),
  },
  fc.record({
    id: text,
    kind: fc.constantFrom("passed", "open", "mistake", "wrong", "threw"),
    message: text,
    error: fc.option(error, { nil: undefined }),
  }).map((data) => output({ type: "custom", name: "verdict", data })),
  error.map((error) => view({ type: "errors", errors: [error] })),
  text.map((text) => view({ type: "notice", notice: { type: "text", text } })),
  fc.tuple(text, text).map(([path, reason]) =>
    view({ type: "notice", notice: { type: "answer not kept", path, reason } })
  ),
  text.map((guess) => view({ type: "guesses", guesses: [guess], answered: true })),
  text.map((text) => view({ type: "hint", number: 1, total: 2, text })),
  fc.tuple(text, text).map(([solution, explanation]) =>
    view({ type: "solution", id: "x", help: { hints: [], solution, explanation } })
  ),
  fc.array(bundle, { minLength: 1, maxLength: 3 }).map((frames): Act => (screen) => screen.frames(frames)),
  fc.array(fc.record({ name: text, type: text, preview: text }), { minLength: 1, maxLength: 8 })
    .map((variables): Act => (screen) => screen.variables(variables)),
  fc.tuple(text, fc.boolean()).map(([source, runs]): Act => (screen) => screen.play(source, runs)),
  fc.tuple(fc.constantFrom("print" as const, "output" as const, "show" as const, "footer" as const), text)
    .map(([way, text]): Act => (screen) => screen.forget(way, text)),
  fc.constant<Act>((screen) => screen.own()),
);

/** A terminal in which a lesson runs, with lines of its own that nothing may change. */
export class HostileScreen {
  readonly #terminal: xterm.Terminal;
  readonly #ui: TerminalUi;
  readonly #front: TerminalFront;
  readonly #engine: Record<string, unknown> = {};
  readonly #own: string[] = [];
  readonly #driven: string[] = []; // what has reached the terminal and must not
  #written = "";
  #keys: string[] = [];
  #source = "";

  constructor(columns: number, rows: number, color: boolean) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 100_000, allowProposedApi: true });
    this.#watch();
    const keys = {
      next: () => Promise.resolve(this.#keys.shift() ?? "escape"),
      ready: () => new Promise<void>(() => {}),
      take: () => undefined,
      unread: () => {},
    };
    const write = (text: string): void => void (this.#written += text);
    this.#ui = new TerminalUi(keys, color, () => {}, { size: () => ({ columns, rows }), write });
    const journal = { entries: [], lastRun: () => undefined } as unknown as Journal;
    this.#front = new TerminalFront({
      ui: this.#ui,
      steps: new StepView(this.#ui, { number: "1", journal }),
      engine: this.#engine as unknown as Engine,
      journal,
      answer: () => this.#source,
      post: () => {},
    });
    this.own();
  }

  /** Ends the outputs so far, and prints a line of the course's own. */
  own(): void {
    void this.view({ type: "settle" });
    this.#own.push(`own ${this.#own.length}`);
    this.#ui.print(`${this.#own.at(-1)}\n`);
    this.#ui.region.statusLine = KEYS;
  }

  async view(view: View): Promise<void> {
    if (view.type === "solution") this.#source = view.help.explanation;
    await this.#front.view(view, { play: undefined } as SessionState);
  }

  async frames(frames: readonly Record<string, string>[]): Promise<void> {
    this.#engine.frame = (_id: number, at: number) => Promise.resolve(frames[at]);
    this.#keys = frames.map(() => "enter");
    await this.view({ type: "frames", frames: { id: 1, count: frames.length } });
    this.#ui.region.statusLine = KEYS;
  }

  async variables(variables: readonly { name: string; type: string; preview: string }[]): Promise<void> {
    this.#engine.variables = () => Promise.resolve(variables);
    this.#engine.picture = (name: string) => Promise.resolve({ "text/plain": name, "text/x-ansi": name });
    this.#keys = ["down", "enter", "up", "escape"];
    await browseVariables(this.#ui, this.#engine as unknown as Engine);
    this.#ui.region.statusLine = KEYS;
  }

  /** Types a text in play; Enter runs it, and it is shown above. */
  async play(source: string, runs: boolean): Promise<void> {
    this.#keys = [`paste:${source}`, "left", runs ? "enter" : "escape"];
    if (runs) await this.#front.view({ type: "ask code", first: true }, {} as SessionState);
    else await ask(this.#ui, { label: "your guess: ", keys: "Esc" });
    this.#ui.region.statusLine = KEYS;
  }

  /** A place in the front end that forgets to clean what it shows. */
  forget(way: "print" | "output" | "show" | "footer", text: string): void {
    this.#ui.region[way](text);
    if (way === "footer") this.#ui.region.statusLine = KEYS;
  }

  /** Reads the screen: the course's lines are all there, in their order and without color, and the line of keys is at the bottom. */
  async check(): Promise<void> {
    this.own();
    await new Promise<void>((resolve) => this.#terminal.write(this.#written, resolve));
    const { active: buffer } = this.#terminal.buffer;
    assertEquals([this.#driven, buffer.type], [[], "normal"]);
    const lines = Array.from({ length: buffer.length }, (_, y) => buffer.getLine(y)!);
    const ours = lines.filter((line) => /^own \d+$/.test(line.translateToString(true)));
    assertEquals(ours.map((line) => line.translateToString(true)), this.#own);
    const end = lines.map((line) => line.translateToString(true)).findLastIndex((line) => line !== "");
    assertEquals(lines[end].translateToString(true), KEYS);
    assertEquals(lines[end - 1].translateToString(true), "");
    assertEquals(buffer.baseY + buffer.cursorY, end);
    for (const line of [...ours, lines[end - 1], lines[end]]) {
      for (let x = 0; x < this.#terminal.cols; x++) {
        const cell = line.getCell(x)!;
        assertEquals([cell.isAttributeDefault(), cell.getWidth()], [true, 1]);
      }
    }
    this.#terminal.dispose();
  }

  /** Notes everything that only a sequence of a cell could ask of the terminal. */
  #watch(): void {
    const { parser } = this.#terminal;
    const note = (what: string) => (): boolean => {
      this.#driven.push(what);
      return true;
    };
    for (const id of [...Array(150).keys(), 777, 1337]) parser.registerOscHandler(id, note(`OSC ${id}`));
    for (let code = 0x40; code < 0x7f; code++) {
      const final = String.fromCharCode(code);
      parser.registerDcsHandler({ final }, note(`DCS ${final}`));
      if (!"ACJm".includes(final)) parser.registerCsiHandler({ final }, note(`CSI ${final}`));
      for (const prefix of "<=>") parser.registerCsiHandler({ prefix, final }, note(`CSI ${prefix}${final}`));
      for (const intermediates of " !$'\"") {
        parser.registerCsiHandler({ intermediates, final }, note(`CSI ${intermediates}${final}`));
      }
    }
    for (let code = 0x30; code < 0x7f; code++) {
      const final = String.fromCharCode(code);
      if (!"[]PX^_".includes(final)) parser.registerEscHandler({ final }, note(`ESC ${final}`));
      for (const intermediates of "(#%") {
        parser.registerEscHandler({ intermediates, final }, note(`ESC ${intermediates}${final}`));
      }
    }
    for (const final of "hl") {
      parser.registerCsiHandler({ prefix: "?", final }, (parameters) => {
        if (![25, 2004, 2026].includes(Number(parameters[0]))) this.#driven.push(`mode ${parameters}`);
        return false;
      });
    }
    this.#terminal.onTitleChange(note("title"));
    this.#terminal.onBell(note("bell"));
    this.#terminal.onData(note("an answer to a question"));
  }
}

/** The size of the terminal, and what happens in it. */
export const story = fc.record({
  columns: fc.integer({ min: 20, max: 60 }),
  rows: fc.integer({ min: 6, max: 24 }),
  color: fc.boolean(),
  acts: fc.array(act, { minLength: 1, maxLength: 20, size: "max" }),
});

/** Lets it happen, and reads the screen. Returns the number of outputs. */
export async function tell(
  { columns, rows, color, acts }: typeof story extends fc.Arbitrary<infer T> ? T : never,
): Promise<number> {
  const screen = new HostileScreen(columns, rows, color);
  for (const act of acts) await act(screen);
  await screen.check();
  return acts.length;
}
