/** Opens a lesson: reads it, finds where its answers and checkpoints lie, and starts the engine that runs its cells. */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Engine } from "../../cells/engine/engine.ts";
import type { OutputScreen } from "../../cells/engine/protocol.ts";
import { Answers } from "../../course/answers/answers.ts";
import { type CourseEntry, readLesson } from "../../course/catalog.ts";
import type { Lesson } from "../../course/lesson.ts";
import { lessonEngine } from "../../course/lesson_engine.ts";
import type { LessonGrants } from "../../course/permissions.ts";
import { CheckpointStore } from "../../course/progress/checkpoints.ts";
import { terminalSize } from "../../fronts/text/terminal_size.ts";
import type { Options } from "./options.ts";
import { STATE } from "./state_folder.ts";

/** What of the course a lesson needs besides its file; loaded when it is opened, for the command itself knows no lesson. */
const SETTINGS = new URL("../../../lessons/settings.ts", import.meta.url).href;
const GRANTS = new URL("../../../lessons/permissions.ts", import.meta.url).href;

/** What `lessons/permissions.ts` says of a lesson. */
type CourseGrants = (lesson: string, dataFolders: readonly string[]) => LessonGrants;

/** A lesson that somebody is about to go through. */
export interface OpenLesson {
  entry: CourseEntry;
  lesson: Lesson;
  source: string;
  url: string;
  engine: Engine;
  answers: Answers;
  checkpoints: CheckpointStore;
}

/** Reads the lesson and starts what runs its cells. */
export async function openLesson(entry: CourseEntry, { settings }: Options, color: boolean): Promise<OpenLesson> {
  const { lesson, source } = readLesson(entry);
  const url = pathToFileURL(Deno.realPathSync(entry.path)).href;
  const places = [settings.data, Deno.env.get("MNIST_DIR")].filter((place) => place !== undefined && place !== "");
  const { courseGrants } = await import(GRANTS) as { courseGrants: CourseGrants };
  const grants = courseGrants(url, places.map((place) => resolve(place!)));
  const screen: OutputScreen = { ...terminalSize(), colors: color ? depth() : "none" };
  const checkpoints = new CheckpointStore(`${STATE}/checkpoints/${entry.name}`, settings);
  const choosing = settings.kernel !== undefined || settings.threads !== undefined;
  const preload = choosing ? [SETTINGS] : []; // a lesson that imports no settings follows them, too
  const engine = lessonEngine({
    lesson,
    url,
    settings,
    grants,
    preload,
    screen,
    checkpoints,
    forms: color ? ["text/x-ansi"] : [],
  });
  engine.start().catch(() => {}); // whoever runs the first cell hears of it
  return { entry, lesson, source, url, engine, checkpoints, answers: new Answers(`${STATE}/answers/${entry.name}`) };
}

function depth(): "256" | "24bit" {
  return /^(truecolor|24bit)$/.test(Deno.env.get("COLORTERM") ?? "") ? "24bit" : "256";
}
