/** Builds the site: one folder of static files that any server can give. */

import { fileURLToPath } from "node:url";
import { absolutePath } from "../../../course/absolute_path.ts";
import { type CourseEntry, listLessons, readLesson } from "../../../course/catalog.ts";
import type { Lesson } from "../../../course/lesson.ts";
import type { CourseFile } from "../page/course_file.ts";
import { shownNumber } from "../page/shown_number.ts";
import { bundle } from "./bundle.ts";
import { bootCode, cellsCode, modulesOf } from "./cells_entry.ts";
import { copyData } from "./copy_data.ts";
import { copyExtras } from "./copy_extras.ts";
import { offlineCode } from "./offline_entry.ts";
import { lessonPage, type Outputs, startPage } from "./prerender.tsx";

/** What a site is made of. */
interface SiteOptions {
  /** The folder of the lessons. */
  lessons: string;
  /** The folder to write; what is in it is replaced. */
  out: string;
  /** The folder with the four files of MNIST. */
  data?: string;
  /** Runs a lesson, for the pages that can be read without JavaScript; without it, they have no outputs. */
  execute?(entry: CourseEntry, lesson: Lesson): Promise<Outputs>;
}

const PAGE = fileURLToPath(new URL("../page", import.meta.url));

/** Builds the site. */
export async function buildSite({ lessons, out: given, data, execute }: SiteOptions): Promise<void> {
  const out = absolutePath(given); // the bundler runs in the folder of the project
  const course = listLessons(lessons);
  const read = course.map((entry) => ({ entry, ...readLesson(entry) }));
  const work = `${out}/.build`;
  for (const part of ["cells", "page"]) removeFolder(`${out}/${part}`); // each build gives its scripts other names
  Deno.mkdirSync(work, { recursive: true });
  try {
    Deno.mkdirSync(`${out}/data`, { recursive: true });
    const names = data === undefined ? [] : copyData(data, `${out}/data`);
    Deno.writeTextFileSync(`${out}/data/names.json`, JSON.stringify(names));
    const sources = read.map(({ source }) => source);
    await bundleCells(work, out, modulesOf(sources));
    await bundle([`${PAGE}/boot.ts`], `${out}/page`, { minify: true });
    const styles = ["page.css", "lesson.css", "bar.css"].map((name) => Deno.readTextFileSync(`${PAGE}/${name}`));
    Deno.writeTextFileSync(`${out}/page/page.css`, styles.join("\n"));
    copyExtras(out);
    const file: CourseFile = {
      lessons: read.map(({ entry, lesson }) => ({
        ...{ name: entry.name, number: shownNumber(entry.number), title: lesson.title, minutes: lesson.minutes },
      })),
    };
    Deno.writeTextFileSync(`${out}/course.json`, JSON.stringify(file));
    Deno.mkdirSync(`${out}/lessons`, { recursive: true });
    for (const { entry, lesson, source } of read) {
      Deno.writeTextFileSync(`${out}/lessons/${entry.name}.txt`, source);
      const outputs = await execute?.(entry, lesson);
      Deno.writeTextFileSync(`${out}/lessons/${entry.name}.html`, lessonPage(nameOf(entry), lesson, outputs));
    }
    Deno.writeTextFileSync(`${out}/index.html`, startPage(file));
    Deno.writeTextFileSync(`${work}/offline.ts`, offlineCode(out));
    await bundle([`${work}/offline.ts`], out, { minify: true });
  } finally {
    Deno.removeSync(work, { recursive: true });
  }
}

function removeFolder(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function nameOf({ name, number }: CourseEntry): { name: string; number: string } {
  return { name, number: shownNumber(number) };
}

/** The Worker of the cells keeps all its names: learners see those of classes, and an error in the library those of functions. */
async function bundleCells(
  work: string,
  out: string,
  modules: readonly string[],
): Promise<void> {
  Deno.writeTextFileSync(`${work}/cells_main.ts`, cellsCode(modules));
  Deno.writeTextFileSync(`${work}/cells.ts`, bootCode("./cells_main.ts"));
  await bundle([`${work}/cells.ts`], `${out}/cells`, { minify: false });
}
