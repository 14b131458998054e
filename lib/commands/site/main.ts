/** The command `deno task site`: writes the course as static files, for any server. */

import { fileURLToPath } from "node:url";
import type { CourseEntry } from "../../course/catalog.ts";
import type { Lesson } from "../../course/lesson.ts";
import { buildSite } from "../../fronts/web/build/build_site.ts";
import { executed } from "../../fronts/web/build/executed.ts";
import { complain, print } from "../output.ts";
import { type KnownOptions, readWords } from "../read_words.ts";
import { UsageError } from "../usage_error.ts";

const LESSONS = fileURLToPath(new URL("../../../lessons", import.meta.url));

const HELP = `Usage: deno task site [--out DIR] [--data DIR] [--no-outputs]

Writes the course as a folder of static files. Any server can give it, below any path; the lessons run in the browser.

  --out DIR        the folder to write to (default: site)
  --data DIR       the folder with the four files of MNIST, to put beside it; without them, the digits are synthetic
  --no-outputs     do not run the lessons; their pages to read and to print then have text and code alone
  --lessons DIR    a different folder of lessons
  --help           show this text
`;
const KNOWN: KnownOptions = { flags: ["help", "no-outputs"], values: { out: "DIR", data: "DIR", lessons: "DIR" } };

/** Runs the command and returns its exit code: 0 done, 1 the site cannot be built, 2 wrong usage. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const { on, values, rest } = readWords(args, KNOWN);
    if (on.has("help")) {
      print(HELP.trimEnd());
      return 0;
    }
    if (rest.length > 0) throw new UsageError(`site takes only options and got "${rest[0]}": see --help`);
    const [out, data] = [values.get("out") ?? "site", values.get("data")];
    const execute = on.has("no-outputs") ? undefined : (entry: CourseEntry, lesson: Lesson) => {
      print(`running ${entry.name} …`);
      return executed(entry, lesson, data);
    };
    await buildSite({ lessons: values.get("lessons") ?? LESSONS, out, data, execute });
    print(`The site is in ${out}: any server can give it (it does not work as a file)`);
    if (data === undefined) print("It has no MNIST, so its digits are synthetic; --data DIR adds the four files");
    return 0;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    complain(error.message);
    return error instanceof UsageError ? 2 : 1;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
