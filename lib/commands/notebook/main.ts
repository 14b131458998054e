/** The command `deno task notebook`: writes the notebooks of lessons, and lessons from notebooks. */

import { isAbsolute, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { complain, print } from "../output.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage_error.ts";
import { type CourseEntry, findLesson, listLessons, shortName, shortPath } from "../../course/catalog.ts";
import { lessonNameOf, lessonNotebook, lessonOf } from "../../course/notebook/lesson_notebook.ts";
import { formatNotebook, parseNotebook } from "../../cells/ipynb/notebook.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));

const HELP = `Usage: deno task notebook [LESSON…] [--out DIR]
       deno task notebook --back FILE… [--out DIR]

Writes the notebooks of these lessons, or of all, without outputs. LESSON is a number or a name: 16, convolution.

  --out DIR        where to; lessons/notebooks, or lessons with --back
  --check          write nothing; exit code 1 when a notebook is missing or stale
  --back           from notebook to lesson: FILE is an .ipynb
  --course DIR     where the notebooks look for the course; this project, seen from --out
  --lessons DIR    another folder of lessons
  --help           this text
`;
const FLAGS = ["--out", "--check", "--back", "--course", "--lessons", "--help"];

/** What was asked for. */
interface Asked {
  names: string[];
  out?: string;
  course?: string;
  lessons: string;
  check: boolean;
  back: boolean;
  help: boolean;
}

/** Runs the command and gives its exit code: 0 done, 1 a file cannot be converted or is stale, 2 the command cannot be followed. */
export function main(args: readonly string[]): number {
  try {
    const asked = readArguments(args);
    if (asked.help) print(HELP.trimEnd());
    else if (asked.back) writeLessons(asked);
    else return writeNotebooks(asked);
    return 0;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    complain(explain(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

function readArguments(args: readonly string[]): Asked {
  const asked: Asked = {
    names: [],
    lessons: resolve(PROJECT, "lessons"),
    check: false,
    back: false,
    help: false,
  };
  const rest = args.flatMap((arg) =>
    /^--\w+=/.test(arg) ? [arg.replace(/=.*/s, ""), arg.replace(/^[^=]*=/, "")] : [arg]
  );
  while (rest.length) {
    const arg = rest.shift()!;
    if (!arg.startsWith("-")) asked.names.push(arg);
    else if (arg === "--check") asked.check = true;
    else if (arg === "--back") asked.back = true;
    else if (arg === "--help" || arg === "-h") asked.help = true;
    else if (arg === "--out" || arg === "--lessons" || arg === "--course") {
      const value = rest.shift();
      if (!value) throw new UsageError(`${arg} takes a value: ${arg} DIR`);
      asked[arg.slice(2) as "out" | "lessons" | "course"] = resolve(value);
    } else {
      const near = nearest(arg, FLAGS);
      throw new UsageError(`no option ${arg}` + (near ? `; did you mean ${near}?` : "; --help lists the options"));
    }
  }
  return asked;
}

function writeNotebooks({ names, out = resolve(PROJECT, "lessons/notebooks"), course, lessons, check }: Asked): number {
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

function writeLessons({ names, out, lessons }: Asked): void {
  if (names.length === 0) throw new UsageError("--back takes a notebook: deno task notebook --back FILE.ipynb");
  for (const name of names) {
    const notebook = parseNotebook(Deno.readTextFileSync(name), name);
    const target = resolve(out ?? lessons, `${lessonNameOf(notebook, name)}.ts`);
    write(target, lessonOf(notebook, name), readIfThere(target));
  }
}

function entryOf(all: readonly CourseEntry[], asked: string): CourseEntry {
  const entry = findLesson(all, asked);
  if (entry) return entry;
  const near = !/^\d+$/.test(asked) && nearest(asked, all.map(shortName));
  throw new UsageError(
    `no lesson "${asked}"` + (near ? `; did you mean ${near}?` : "; deno task lesson --list shows them"),
  );
}

/** Where the course lies, as a notebook in this folder says it: relative as long as it stays short, so that the project can be moved. */
function courseFrom(folder: string): string {
  const way = relative(folder, PROJECT).replaceAll("\\", "/") || ".";
  if (isAbsolute(way) || way.split("/").filter((part) => part === "..").length > 3) {
    return urlPath(resolve(PROJECT));
  }
  return way.startsWith(".") ? way : `./${way}`;
}

/** An absolute path as an import can have it. */
function urlPath(path: string): string {
  return path.replaceAll("\\", "/").replace(/^(?=[A-Za-z]:)/, "file:///");
}

function write(target: string, text: string, found: string | undefined): void {
  if (found !== text) {
    Deno.mkdirSync(resolve(target, ".."), { recursive: true });
    Deno.writeTextFileSync(target, text);
  }
  print(`${shortPath(target)}${found === text ? " is up to date" : ""}`);
}

function readIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** One line for what the file system says. */
function explain(error: Error): string {
  if (error instanceof Deno.errors.NotFound) {
    return `not found: ${error.message.replace(/^.*?(?=(readdir|open|read))/, "")}`;
  }
  return error.message.split("\n")[0];
}

if (import.meta.main) Deno.exit(main(Deno.args));
