/** The command `deno task lesson`: finds the lesson that is meant and hands it to a front end. */

import { type CourseEntry, findLesson, listLessons, readLesson } from "./course.ts";
import { Engine } from "./engine.ts";
import { nearest } from "./nearest.ts";
import { helpText, type Options, readOptions, UsageError } from "./options.ts";
import { workerPermissions } from "./permissions.ts";
import { runThrough } from "./run_through.ts";
import { PlainRenderer } from "./terminal/renderer.ts";

const LESSONS = decodeURIComponent(new URL("../../lessons/", import.meta.url).pathname);

/** Runs the command and gives its exit code: 0 done, 1 a cell threw, 2 the command cannot be followed. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options.help) {
      write(helpText());
      return 0;
    }
    const course = listLessons(options.lessons ?? LESSONS);
    return await runPlainly(entryOf(course, options), options);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof SyntaxError)) throw error;
    complain(error.message);
    return error instanceof UsageError ? 2 : 1;
  }
}

function entryOf(course: CourseEntry[], options: Options): CourseEntry {
  if (options.lesson === undefined) return course[0];
  const entry = findLesson(course, options.lesson);
  if (entry) return entry;
  const near = nearest(options.lesson, course.flatMap(({ name, number }) => [name, name.replace(/^\d+_/, ""), number]));
  throw new UsageError(
    `no lesson "${options.lesson}"` + (near ? `; did you mean ${near}?` : "; --list shows the lessons"),
  );
}

async function runPlainly(entry: CourseEntry, options: Options): Promise<number> {
  const { lesson, source } = readLesson(entry);
  const url = new URL(`file://${await Deno.realPath(entry.path)}`).href;
  const engine = new Engine({
    url,
    lesson,
    settings: options.settings,
    permissions: workerPermissions(url, lesson.permissions, {
      data: options.settings.data,
      mnistDirectory: Deno.env.get("MNIST_DIR"),
    }),
    screen: { columns: 80, rows: 24, colors: "none" },
  });
  const renderer = new PlainRenderer();
  try {
    const wrong = await engine.check(source);
    if (wrong) {
      write(renderer.error(wrong));
      return 1;
    }
    const result = await runThrough(lesson, engine, renderer, write);
    return result.status === "failed" ? 1 : 0;
  } finally {
    engine.close();
  }
}

function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

function complain(message: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${message}\n`));
}

if (import.meta.main) Deno.exit(await main(Deno.args));
