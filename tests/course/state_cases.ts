// Puts a damaged state file in its place, and does what the course does with it: start, look back, recap, convert back.
import { assert, assertEquals } from "@std/assert";
import { CHECKPOINTS, type Checkpoints, FC, Random, remember } from "../../mod.ts";
import { formatNotebook } from "../../lib/cells/ipynb/notebook.ts";
import { lessonsFrom } from "../../lib/commands/notebook/lessons_from.ts";
import { UsageError } from "../../lib/commands/usage_error.ts";
import { Answers } from "../../lib/course/answers/answers.ts";
import { SessionController } from "../../lib/course/controller.ts";
import { type Lesson, parseLesson } from "../../lib/course/lesson.ts";
import { LessonStores } from "../../lib/course/lesson_stores.ts";
import { lessonNotebook } from "../../lib/course/notebook/lesson_notebook.ts";
import { outlineOf } from "../../lib/course/outline.ts";
import { CheckpointStore } from "../../lib/course/progress/checkpoints.ts";
import { Journal } from "../../lib/course/progress/journal.ts";
import { Progress } from "../../lib/course/progress/progress.ts";
import { recapOf } from "../../lib/course/progress/recap.ts";
import { begin } from "../../lib/course/session_state.ts";
import { StepView } from "../../lib/fronts/terminal/step_view.ts";
import type { TerminalUi } from "../../lib/fronts/terminal/terminal_ui.ts";
import { courseList } from "../../lib/fronts/text/course_list.ts";
import { Renderer } from "../../lib/fronts/text/renderer.ts";
import { styleOf } from "../../lib/fronts/text/style.ts";

/** A kind of state file: a whole one, and what must hold for any other. */
export interface StateCase {
  name: string;
  whole: Uint8Array;
  /** Uses the file; throws if the course would not stand it. */
  use(bytes: Uint8Array, directory: string): void | Promise<void>;
}

type Others = Pick<ConstructorParameters<typeof SessionController>[0], "engine" | "front">;

const NAME = "05_exercises";
const SOURCE = new URL("../fixtures/lessons/05_exercises.ts", import.meta.url);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** All kinds. Needs `{ read: true, write: true }`. */
export async function stateCases(directory: string): Promise<StateCase[]> {
  const source = Deno.readTextFileSync(SOURCE);
  const lesson = parseLesson(source, `${NAME}.ts`);
  const course = [{ number: "05", name: NAME, path: `${directory}/course/${NAME}.ts` }];
  Deno.mkdirSync(`${directory}/course`);
  Deno.writeTextFileSync(course[0].path, source);
  return [
    {
      name: "progress",
      whole: wholeProgress(directory, lesson),
      use: (bytes, at) => useProgress(bytes, at, lesson, course),
    },
    { name: "journal", whole: wholeJournal(directory, lesson), use: (bytes, at) => useJournal(bytes, at, lesson) },
    { name: "checkpoint", ...await checkpointCase(directory) },
    {
      name: "notebook",
      whole: encode(formatNotebook(lessonNotebook(source, `${NAME}.ts`))),
      use: (bytes, at) => useNotebook(bytes, at, source),
    },
  ];
}

function wholeProgress(directory: string, lesson: Lesson): Uint8Array {
  const progress = new Progress(`${directory}/whole`);
  for (const name of ["01_first", NAME]) {
    progress.save(name, { cell: 4, cells: lesson.cells.length, done: false });
    progress.guess(name, "how-much", "42");
    progress.exercise(name, "twice-it", () => ({ tries: 2, hints: 1, opened: true, passed: false }));
    progress.keep(name, 2, ["const mine = 1;"]);
  }
  return Deno.readFileSync(`${directory}/whole/progress.json`);
}

function useProgress(
  bytes: Uint8Array,
  directory: string,
  lesson: Lesson,
  course: Parameters<typeof outlineOf>[0],
): void {
  Deno.writeFileSync(`${directory}/progress.json`, bytes);
  const progress = new Progress(directory);
  const said = [...progress.notices];
  assertKept(directory, "progress.json", bytes, said);
  courseList(outlineOf(course, progress), styleOf(false));
  const answers = new Answers(`${directory}/answers`);
  const stores = new LessonStores(NAME, { answers, progress });
  const engine = { assume: (code: unknown[]) => assert(code.length < 30) };
  const controller = new SessionController({
    lesson,
    name: NAME,
    stores,
    ...{ engine, front: {} } as unknown as Others,
  });
  controller.start();
  assert(controller.state.at < controller.state.steps.length);
  const journal = new Journal(`${directory}/none.jsonl`);
  const read = { number: "05", lesson, journal, progress: progress.lesson(NAME), answer: () => undefined };
  assert(recapOf([read], progress).startsWith("# What I did"));

  progress.save(NAME, { cell: 1, cells: lesson.cells.length, done: false });
  progress.guess(NAME, "how-much", "41");
  progress.exercise(NAME, "twice-it", ({ tries, hints }) => ({ tries: tries + 1, hints: Math.max(hints, 1) }));
  progress.keep(NAME, 1, ["2;"]);
  assertOneLine(progress.notices);
  const newer = said.some((notice) => notice.includes("newer version"));
  const again = new Progress(directory);
  assertEquals(again.notices.length, newer ? 1 : 0);
  if (newer) assertEquals(Deno.readFileSync(`${directory}/progress.json`), bytes);
  else assertEquals([again.lesson(NAME)?.cell, again.lesson(NAME)?.guesses?.["how-much"]], [1, "41"]);
  progress.reset(NAME);
}

function wholeJournal(directory: string, lesson: Lesson): Uint8Array {
  const path = `${directory}/whole.jsonl`;
  const journal = new Journal(path);
  for (const { index: cell, source, kind } of lesson.cells) {
    if (kind === "code") {
      journal.add({
        type: "ran",
        cell,
        source,
        status: "done",
        milliseconds: 1.5,
        text: "42\n",
        ansi: "\x1b[1m42\x1b[0m\n",
      });
    }
  }
  journal.add({ type: "guess", id: "how-much", guess: "42" });
  journal.add({ type: "answer", id: "twice-it", kind: "wrong", message: "Not yet", source: "function twice() {}" });
  journal.add({ type: "hint", id: "twice-it", hint: "Add." });
  journal.add({ type: "solution", id: "twice-it" });
  journal.add({ type: "play", source: "1 + 1", text: "2\n" });
  return Deno.readFileSync(path);
}

function useJournal(bytes: Uint8Array, directory: string, lesson: Lesson): void {
  const path = `${directory}/journal.jsonl`;
  Deno.writeFileSync(path, bytes);
  const journal = new Journal(path);
  assertKept(directory, "journal.jsonl", bytes, journal.notices);
  lookBack(lesson, journal);
  const progress = new Progress(`${directory}/none`);
  const answer = (): string => "const answer = 1;";
  assert(
    recapOf([{ number: "05", lesson, journal, progress: undefined, answer }], progress).startsWith("# What I did"),
  );
  journal.add({ type: "guess", id: "how-much", guess: "the last one" });
  const again = new Journal(path);
  assertEquals([again.notices, again.failed], [[], undefined]);
  assertEquals(again.entries.at(-1)?.type === "guess" && again.entries.length, journal.entries.length);
}

/** Looks at every step again, in the terminal's own way, but without a terminal. */
function lookBack(lesson: Lesson, journal: Journal): void {
  const renderer = Object.assign(new Renderer(styleOf(true), 80), { cell: () => "the text of the cell\n" });
  const ui = {
    ...{
      renderer,
      region: { settle: () => {}, output: (text: string) => assertEquals(typeof text, "string") },
      settle: () => {},
      terminal: { columns: 80, rows: 24 },
    },
    print: (text: string) => assertEquals(typeof text, "string"),
  };
  const view = new StepView(ui as unknown as TerminalUi, { number: "05", journal });
  const state = begin({ lesson });
  for (const at of state.steps.keys()) view.show({ ...state, at, reached: state.steps.length });
}

interface Trained {
  trainings: number;
  weights: unknown;
  result: { losses: number[] };
}

async function train(place: Checkpoints): Promise<Trained> {
  let trainings = 0;
  const random = new Random(4);
  const model = new FC({ inFeatures: 3, outFeatures: 2, random });
  const shared = globalThis as unknown as Record<symbol, Checkpoints | undefined>;
  shared[CHECKPOINTS] = place;
  try {
    const result = await remember("fc", model, () => {
      trainings++;
      model.parameters()[0].value.data[0] = random.normal();
      return { losses: [1, NaN] };
    }, { random, data: "mnist" });
    return { trainings, weights: model.parameters()[0].value.toArray(), result };
  } finally {
    delete shared[CHECKPOINTS];
  }
}

async function checkpointCase(directory: string): Promise<Omit<StateCase, "name">> {
  let whole = new Uint8Array();
  const first = await train({
    load: () => undefined,
    save: (_name, bytes) => void (whole = bytes as Uint8Array<ArrayBuffer>),
  });
  const store = new CheckpointStore(`${directory}/checkpoints`, { mode: "quick", seed: 1 });
  store.save("fc", ["code"], whole);
  const [{ name }] = Deno.readDirSync(`${directory}/checkpoints`);
  return {
    whole,
    async use(damaged) {
      Deno.writeFileSync(`${directory}/checkpoints/${name}`, damaged);
      const loaded = store.load("fc", ["code"]);
      if (loaded) assertEquals(loaded, whole, "damaged bytes were loaded");
      for (const bytes of [loaded, damaged]) { // the second one as if it had the right checksum
        const { trainings, weights, result } = await train({ load: () => bytes, save: () => {} });
        if (bytes === damaged && trainings === 0) continue; // another number is still a number: only the checksum tells
        assertEquals([weights, result], [first.weights, first.result], "training began with damaged weights");
      }
    },
  };
}

function useNotebook(bytes: Uint8Array, directory: string, source: string): void {
  const lessons = `${directory}/lessons`;
  const files = {
    [`${NAME}.ts`]: `${source}// changed since\n`,
    "settings.ts": "export {};\n",
    "06_other.ts": source,
    "07_no_lesson.ts": "1;\n",
  };
  Deno.mkdirSync(lessons);
  for (const [name, text] of Object.entries(files)) Deno.writeTextFileSync(`${lessons}/${name}`, text);
  const notebook = `${directory}/${NAME}.ipynb`;
  Deno.writeFileSync(notebook, bytes);
  try {
    for (const { target, text, found } of lessonsFrom([notebook], { lessons })) {
      assert(target.startsWith(`${lessons}/`) && /^\d+_\w+\.ts$/.test(target.slice(lessons.length + 1)), target);
      assert(
        found === undefined || target === `${lessons}/${NAME}.ts` || text === found,
        `${target} would be overwritten`,
      );
      assert(text.length < 1e6 + 1);
    }
  } catch (error) {
    const expected = error instanceof SyntaxError || error instanceof RangeError || error instanceof UsageError;
    if (!expected) throw error;
    assertOneLine([(error as Error).message.replaceAll(directory, "")]);
    assert((error as Error).message.includes(NAME), (error as Error).message);
  }
}

/** The file is as it was, or its bytes are in another file and there is a notice about that. */
function assertKept(directory: string, name: string, bytes: Uint8Array, notices: readonly string[]): void {
  assertOneLine(notices);
  const copies = [...Deno.readDirSync(directory)].filter((file) => file.name.startsWith(`${name}.corrupt-`));
  assertEquals(copies.length > 0, notices.some((notice) => notice.includes("could not be read")));
  assert(copies.length <= 1);
  const file = copies[0]?.name ?? name;
  const found = Deno.readFileSync(`${directory}/${file}`);
  const cutOff = file === name && bytes.at(-1) !== 10 && bytes.length > 0; // a journal gets the end of its last line
  assertEquals(cutOff && found.length === bytes.length + 1 ? found.slice(0, -1) : found, bytes);
}

/** At most one notice, in one line that cannot drive a terminal. */
function assertOneLine(notices: readonly string[]): void {
  assert(notices.length <= 1, notices.join("\n"));
  for (const notice of notices) {
    // deno-lint-ignore no-control-regex
    assert(notice.length < 600 && !/[\x00-\x1f\x7f-\x9f]/.test(notice), JSON.stringify(notice));
  }
}
