/** The command `deno task lesson`: finds the lesson and hands it to a front end. */

import { fileURLToPath } from "node:url";
import { TypeChecker } from "../../course/answers/type_checker.ts";
import { readTitle } from "../../course/catalog.ts";
import { LessonStores } from "../../course/lesson_stores.ts";
import { nextLesson, outlineOf } from "../../course/outline.ts";
import { Journal } from "../../course/progress/journal.ts";
import { Progress } from "../../course/progress/progress.ts";
import { sweep } from "../../course/progress/sweep.ts";
import { courseList } from "../../fronts/text/course_list.ts";
import { JobControl } from "../../fronts/terminal/job_control.ts";
import { styleOf } from "../../fronts/text/style.ts";
import { write } from "../../fronts/text/write.ts";
import { understandsEscapes } from "../../text/understands_escapes.ts";
import { complain } from "../output.ts";
import { UsageError } from "../usage_error.ts";
import { courseOf, entryOf, findEntry } from "./find_lesson.ts";
import { openLesson } from "./open_lesson.ts";
import { helpText, type Options, readOptions } from "./options.ts";
import { journalPath, STATE } from "./state_folder.ts";

const LESSONS = fileURLToPath(new URL("../../../lessons", import.meta.url));
const NO_DRAWING =
  "This terminal can only print (TERM is empty, dumb or not known): the lesson runs through without pauses";

/** Runs the command and returns its exit code: 0 done, 1 a cell threw, 2 wrong usage, 130 stopped by Ctrl-C. */
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
  const jobs = new JobControl();
  jobs.open();
  const course = courseOf(options.lessons ?? LESSONS);
  const draws = Deno.stdout.isTerminal() && understandsEscapes();
  const style = styleOf(draws && !Deno.noColor);
  if (options.glossary !== undefined) {
    (await import("./write_glossary.ts")).writeGlossary(options.glossary, course, style);
    return 0;
  }
  const named = options.lesson === undefined ? undefined : entryOf(course, options.lesson);
  sweep(STATE);
  const progress = new Progress(STATE);
  const interactive = !options.run && Deno.stdin.isTerminal() && draws;
  const { color } = style;

  if (options.list) write(courseList(outlineOf(course, progress), style));
  for (const notice of progress.notices.splice(0)) complain(notice);
  if (options.list) return 0;
  if (options.recap) return (await import("./write_recap.ts")).writeRecap(named ? [named] : course, progress);

  let opened = await openLesson(named ?? nextLesson(course, progress)!, options, color);
  if (!interactive) {
    if (!options.run && !draws && Deno.stdout.isTerminal()) complain(NO_DRAWING);
    return await (await import("./run_plainly.ts")).runPlainly(opened, { color, draws }, jobs);
  }
  if (!named) write(courseList(outlineOf(course, progress), style));

  // Loaded while the Worker starts.
  const [{ StepThrough }, { KeyReader }] = await Promise.all([
    import("../../fronts/terminal/step_through.ts"),
    import("../../fronts/terminal/keys.ts"),
  ]);
  const keys = new KeyReader();
  if (jobs.possible) keys.onCtrlZ = () => void jobs.stop();
  while (true) {
    const next = course[course.indexOf(opened.entry) + 1];
    const nextTitle = next && `${Number(next.number)} ${readTitle(next).title}`;
    const { name, number, path } = opened.entry;
    const { answers, checkpoints, url, readable } = opened;
    const journal = new Journal(journalPath(name));
    const stores = new LessonStores(name, { answers, checkpoints, progress, journal });
    const destination = await new StepThrough({
      ...opened,
      ...{ name, number, path, color, nextTitle },
      stores,
      journal,
      jobs,
      types: new TypeChecker(url, readable, `${STATE}/check`),
      courseList: () => courseList(outlineOf(course, progress), style),
      problemWith: (asked) => findEntry(course, asked).wrong,
    }, keys).run();
    if (destination === "away") return 0;
    opened = await openLesson(
      destination === "next lesson" ? next : entryOf(course, destination.lesson),
      options,
      color,
    );
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
