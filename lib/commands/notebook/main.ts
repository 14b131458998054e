/** The command `deno task notebook`: converts lessons to notebooks, and notebooks to lessons. */

import { isAbsolute, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { complain, print } from "../output.ts";
import { nearest } from "../nearest.ts";
import { type KnownOptions, readWords } from "../read_words.ts";
import { UsageError } from "../usage_error.ts";
import { type CourseEntry, findLesson, listLessons, shortName, shortPath } from "../../course/catalog.ts";
import { lessonNotebook } from "../../course/notebook/lesson_notebook.ts";
import { writeWhole } from "../../course/progress/write_file.ts";
import { formatNotebook } from "../../cells/ipynb/notebook.ts";
import { lessonsFrom, readIfThere } from "./lessons_from.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));

const HELP = `Usage: deno task notebook [LESSON…] [--out DIR]
       deno task notebook --back FILE… [--out DIR]

Writes the notebooks of these lessons, or of all lessons, without outputs. LESSON is a number or a name: 16, convolution.

  --out DIR        the folder to write to (default: lessons/notebooks; with --back, lessons); with --back and one
                   notebook also a file, such as --out lessons/04_mine.ts, which is overwritten
  --check          write nothing; exit code 1 if a notebook is missing or stale
  --back           convert notebooks to lessons; FILE is an .ipynb file
  --course DIR     the folder in which the notebooks look for the course (default: this project)
  --lessons DIR    a different folder of lessons
  --help           show this text
`;
const KNOWN: KnownOptions = {
  flags: ["check", "back", "help"],
  values: { out: "DIR", course: "DIR", lessons: "DIR" },
};

/** The options of the command. */
interface Options {
  names: string[];
  out?: string;
  course?: string;
  lessons: string;
  check: boolean;
  back: boolean;
  help: boolean;
}

/** Runs the command and returns its exit code: 0 done, 1 a file cannot be converted or is stale, 2 wrong usage. */
export function main(args: readonly string[]): number {
  try {
    const options = readArguments(args);
    if (options.help) print(HELP.trimEnd());
    else if (options.back) {
      for (const { target, text, found } of lessonsFrom(options.names, options)) write(target, text, found);
    } else return writeNotebooks(options);
    return 0;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    complain(explain(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

function readArguments(args: readonly string[]): Options {
  const { on, values, rest } = readWords(args, KNOWN);
  const path = (name: string) => values.has(name) ? resolve(values.get(name)!) : undefined;
  return {
    ...{ names: [...rest], check: on.has("check"), back: on.has("back"), help: on.has("help") },
    ...{ out: path("out"), course: path("course"), lessons: path("lessons") ?? resolve(PROJECT, "lessons") },
  };
}

function writeNotebooks(
  { names, out = resolve(PROJECT, "lessons/notebooks"), course, lessons, check }: Options,
): number {
  const where = course === undefined ? courseFrom(out) : urlPath(course);
  const all = listLessons(lessons);
  const entries = names.length ? names.map((name) => entryOf(all, name)) : all;
  let stale = 0;
  for (const { name, path } of entries) {
    const source = Deno.readTextFileSync(path);
    const text = formatNotebook(lessonNotebook(source, shortPath(path), where));
    const target = resolve(out, `${name}.ipynb`);
    const found = readIfThere(target);
    if (check && found !== text) {
      stale++;
      complain(`${shortPath(target)} is ${found === undefined ? "missing" : "stale"}: run "deno task notebook"`);
    } else if (!check) write(target, text, found);
  }
  return stale ? 1 : 0;
}

function entryOf(all: readonly CourseEntry[], name: string): CourseEntry {
  const entry = findLesson(all, name);
  if (entry) return entry;
  const near = !/^\d+$/.test(name) && nearest(name, all.map(shortName));
  throw new UsageError(
    `no lesson "${name}"` + (near ? `; did you mean ${near}?` : "; deno task lesson --list shows them"),
  );
}

/** The path of the course for a notebook in this folder: relative if that is short, so that the project can be moved. */
function courseFrom(folder: string): string {
  const way = relative(folder, PROJECT).replaceAll("\\", "/") || ".";
  if (isAbsolute(way) || way.split("/").filter((part) => part === "..").length > 3) {
    return urlPath(resolve(PROJECT));
  }
  return way.startsWith(".") ? way : `./${way}`;
}

/** An absolute path in the form that an import takes. */
function urlPath(path: string): string {
  return path.replaceAll("\\", "/").replace(/^(?=[A-Za-z]:)/, "file:///");
}

function write(target: string, text: string, found: string | undefined): void {
  if (found !== text) {
    Deno.mkdirSync(resolve(target, ".."), { recursive: true });
    writeWhole(target, text);
  }
  print(`${shortPath(target)}${found === text ? " is up to date" : ""}`);
}

/** One line that explains an error of the file system. */
function explain(error: Error): string {
  if (error instanceof Deno.errors.NotFound) {
    return `not found: ${error.message.replace(/^.*?(?=(readdir|open|read))/, "")}`;
  }
  return error.message.split("\n")[0];
}

if (import.meta.main) Deno.exit(main(Deno.args));
