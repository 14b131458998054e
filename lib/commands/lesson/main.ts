/** The command `deno task lesson`: finds the lesson that is meant and hands it to a front end. */

import { fileURLToPath, pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { type CourseEntry, lessonsLike, listLessons, readLesson, readTitle, shortName } from "../../course/course.ts";
import { courseList, nextLesson } from "../../course/outline.ts";
import { Answers } from "../../course/answers/answers.ts";
import { Engine } from "../../cells/engine/engine.ts";
import { nearest } from "../nearest.ts";
import { helpText, type Options, readOptions, UsageError } from "./options.ts";
import type { Lesson } from "../../cells/document/parse.ts";
import { workerPermissions } from "../../course/permissions.ts";
import { CheckpointStore } from "../../course/progress/checkpoints.ts";
import { Journal } from "../../course/progress/journal.ts";
import { Progress } from "../../course/progress/progress.ts";
import type { LessonScreen } from "../../cells/engine/protocol.ts";
import { styleOf } from "../../fronts/text/style.ts";
import { terminalSize, write } from "../../fronts/terminal/terminal.ts";

const LESSONS = fileURLToPath(new URL("../../../lessons", import.meta.url));
const SETTINGS = new URL("../../../lessons/settings.ts", import.meta.url).href;
const STATE = ".gradually"; // in the working directory, which for a task is the project

/** A lesson that is about to be gone through. */
interface Opened {
  entry: CourseEntry;
  lesson: Lesson;
  source: string;
  url: string;
  engine: Engine;
  answers: Answers;
  checkpoints: CheckpointStore;
}

/** Runs the command and gives its exit code: 0 done, 1 a cell threw, 2 the command cannot be followed, 130 stopped by Ctrl-C. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options.help) {
      write(helpText());
      return 0;
    }
    return await follow(options);
  } catch (error) {
    const expected = error instanceof UsageError || error instanceof SyntaxError || error instanceof RangeError;
    if (!expected) throw error;
    complain(error.message);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function follow(options: Options): Promise<number> {
  const course = courseOf(options.lessons ?? LESSONS);
  const named = options.lesson === undefined ? undefined : entryOf(course, options.lesson);
  const progress = new Progress(STATE);
  const interactive = !options.run && Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  const color = Deno.stdout.isTerminal() && !Deno.noColor;
  const style = styleOf(color);

  if (options.list) write(courseList(course, progress, style));
  for (const notice of progress.notices.splice(0)) complain(notice);
  if (options.list) return 0;
  if (options.recap) return await writeRecap(named ? [named] : course, progress);

  let opened = open(named ?? nextLesson(course, progress)!, options, color);
  if (!interactive) return await runPlainly(opened, color);
  if (!named) write(courseList(course, progress, style));

  // Loaded while the Worker starts.
  const [{ StepThrough }, { KeyReader }] = await Promise.all([
    import("../../fronts/terminal/step_through.ts"),
    import("../../fronts/terminal/keys.ts"),
  ]);
  const keys = new KeyReader();
  while (true) {
    const next = course[course.indexOf(opened.entry) + 1];
    const following = next && `${Number(next.number)} ${readTitle(next).title}`;
    const { name, number, path } = opened.entry;
    const leaving = await new StepThrough({
      ...opened,
      ...{ name, number, path, progress, color, following },
      journal: new Journal(journalPath(name)),
      scratch: `${STATE}/check`,
      courseList: () => courseList(course, progress, style),
      findLesson: (asked) => findOr(course, asked).wrong,
    }, keys).run();
    if (leaving === "left") return 0;
    opened = open(leaving === "following" ? next : entryOf(course, leaving.lesson), options, color);
  }
}

/** Reads the lesson and starts its Worker. */
function open(entry: CourseEntry, { settings }: Options, color: boolean): Opened {
  const { lesson, source } = readLesson(entry);
  const url = pathToFileURL(Deno.realPathSync(entry.path)).href;
  const places = [settings.data, Deno.env.get("MNIST_DIR")].filter((place) => place !== undefined && place !== "");
  const permissions = workerPermissions(url, lesson.permissions, places.map((place) => resolve(place!)));
  const screen: LessonScreen = { ...terminalSize(), colors: color ? depth() : "none" };
  const checkpoints = new CheckpointStore(`${STATE}/checkpoints/${entry.name}`, settings);
  const choosing = settings.kernel !== undefined || settings.threads !== undefined;
  const first = choosing ? SETTINGS : undefined; // a lesson that imports no settings follows them, too
  const engine = new Engine({ url, settings, first, permissions, screen, checkpoints });
  engine.start().catch(() => {}); // whoever runs the first cell hears of it
  return { entry, lesson, source, url, engine, checkpoints, answers: new Answers(`${STATE}/answers/${entry.name}`) };
}

async function runPlainly({ lesson, source, engine, answers }: Opened, color: boolean): Promise<number> {
  const [{ Renderer }, { Area }, { PipeSink, runThrough }] = await Promise.all([
    import("../../fronts/text/renderer.ts"),
    import("../../fronts/terminal/area.ts"),
    import("../../fronts/plain/run_through.ts"),
  ]);
  const size = terminalSize();
  const renderer = new Renderer(styleOf(color), size.columns);
  const sink = Deno.stdout.isTerminal() ? new Area({ ...size, write }) : new PipeSink(write);
  const interrupt = (): void => engine.busy ? engine.interrupt() : Deno.exit(130);
  Deno.addSignalListener("SIGINT", interrupt);
  try {
    const wrong = await engine.check(source);
    if (wrong) {
      write(renderer.error(wrong));
      return 1;
    }
    const { status } = await runThrough(lesson, engine, renderer, sink, Deno.stdout.isTerminal(), (cell) => {
      const source = answers.read(cell.id);
      return source === undefined ? undefined : { source, file: resolve(answers.path(cell.id)) };
    });
    if (status === "interrupted" || status === "stopped") complain("stopped");
    return status === "done" ? 0 : status === "failed" ? 1 : 130;
  } finally {
    Deno.removeSignalListener("SIGINT", interrupt);
    engine.close();
  }
}

/** Writes the recap, and says where; where that cannot be done, it is printed. */
async function writeRecap(entries: readonly CourseEntry[], progress: Progress): Promise<number> {
  const { recapOf } = await import("../../course/progress/recap.ts");
  const text = recapOf(
    entries.map((entry) => ({
      number: entry.number,
      lesson: readLesson(entry).lesson,
      journal: new Journal(journalPath(entry.name)),
      progress: progress.lesson(entry.name),
      answer: (id) => new Answers(`${STATE}/answers/${entry.name}`).read(id),
    })),
    progress,
  );
  try {
    Deno.mkdirSync(STATE, { recursive: true });
    Deno.writeTextFileSync(`${STATE}/recap.md`, text);
    write(`What you ran, guessed and answered stands in ${STATE}/recap.md\n`);
  } catch {
    write(text);
  }
  return 0;
}

function journalPath(lesson: string): string {
  return `${STATE}/journal/${lesson}.jsonl`;
}

function courseOf(directory: string): CourseEntry[] {
  let course;
  try {
    course = listLessons(directory);
  } catch (error) {
    throw new UsageError(`cannot read the lessons in ${directory}: ${(error as Error).message}`);
  }
  if (course.length === 0) {
    throw new UsageError(`there are no lessons in ${directory}; a lesson is a file like 01_name.ts`);
  }
  return course;
}

function entryOf(course: readonly CourseEntry[], asked: string): CourseEntry {
  const { entry, wrong } = findOr(course, asked);
  if (!entry) throw new UsageError(wrong!);
  return entry;
}

/** The lesson that is asked for, or what is wrong. */
function findOr(course: readonly CourseEntry[], asked: string): { entry?: CourseEntry; wrong?: string } {
  const found = lessonsLike(course, asked);
  if (found.length === 1) return { entry: found[0] };
  const near = found.length > 1
    ? found.map(shortName).join(" or ")
    : /^\d+$/.test(asked)
    ? nearestNumber(course, Number(asked))
    : nearest(asked, course.map(shortName));
  return { wrong: `no lesson "${asked}"` + (near ? `; did you mean ${near}?` : "; --list shows the lessons") };
}

function nearestNumber(course: readonly CourseEntry[], asked: number): string {
  const numbers = course.map(({ number }) => Number(number));
  return String(numbers.reduce((best, number) => Math.abs(number - asked) < Math.abs(best - asked) ? number : best));
}

function depth(): "256" | "24bit" {
  return /^(truecolor|24bit)$/.test(Deno.env.get("COLORTERM") ?? "") ? "24bit" : "256";
}

function complain(message: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${message}\n`));
}

if (import.meta.main) Deno.exit(await main(Deno.args));
