/** Opens a lesson: reads it, finds its answers and checkpoints, and starts the engine that runs its cells. */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Engine } from "../../cells/engine/engine.ts";
import type { OutputScreen } from "../../cells/engine/protocol.ts";
import { Answers } from "../../course/answers/answers.ts";
import { type CourseEntry, readLesson } from "../../course/catalog.ts";
import type { Lesson } from "../../course/lesson.ts";
import { lessonEngine } from "../../course/lesson_engine.ts";
import { type LessonGrants, lessonPermissions } from "../../course/permissions.ts";
import { CheckpointStore } from "../../course/progress/checkpoints.ts";
import { terminalSize } from "../../text/terminal_size.ts";
import type { Options } from "./options.ts";
import { STATE } from "./state_folder.ts";

/** What a lesson needs in addition to its file. It is loaded when a lesson is opened, because the command itself knows no lessons. */
const SETTINGS = new URL("../../../lessons/settings.ts", import.meta.url).href;
const GRANTS = new URL("../../../lessons/permissions.ts", import.meta.url).href;

/** The function in `lessons/permissions.ts` that says what a lesson may do. */
type CourseGrants = (lesson: string, dataFolders: readonly string[]) => LessonGrants;

/** A lesson that is ready to run. */
export interface OpenLesson {
  entry: CourseEntry;
  lesson: Lesson;
  source: string;
  url: string;
  /** The folders that its code can read. */
  readable: readonly string[];
  engine: Engine;
  answers: Answers;
  checkpoints: CheckpointStore;
}

/** Reads the lesson and starts the engine. */
export async function openLesson(entry: CourseEntry, { settings }: Options, color: boolean): Promise<OpenLesson> {
  const { lesson, source } = readLesson(entry);
  const url = pathToFileURL(Deno.realPathSync(entry.path)).href;
  const places = [settings.data, Deno.env.get("MNIST_DIR")].filter((place) => place !== undefined && place !== "");
  const { courseGrants } = await import(GRANTS) as { courseGrants: CourseGrants };
  const grants = courseGrants(url, places.map((place) => resolve(place!)));
  const screen: OutputScreen = { ...terminalSize(), colors: color ? depth() : "none" };
  const checkpoints = new CheckpointStore(`${STATE}/checkpoints/${entry.name}`, settings);
  const choosing = settings.kernel !== undefined || settings.threads !== undefined;
  const preload = choosing ? [SETTINGS] : []; // the choice also applies to a lesson that does not import the settings
  const forms = color ? ["text/x-ansi"] : [];
  const engine = lessonEngine({ lesson, url, settings, grants, preload, screen, forms, checkpoints });
  engine.start().catch(() => {}); // the first cell reports the problem
  const { read: readable = [] } = lessonPermissions(url, lesson.permissions, grants);
  const answers = new Answers(`${STATE}/answers/${entry.name}`);
  return { entry, lesson, source, url, readable, engine, checkpoints, answers };
}

function depth(): "256" | "24bit" {
  return /^(truecolor|24bit)$/.test(Deno.env.get("COLORTERM") ?? "") ? "24bit" : "256";
}
