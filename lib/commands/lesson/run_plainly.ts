/** The command `deno task lesson --run`: runs a whole lesson without pauses, and saves nothing. */

import type { Engine } from "../../cells/engine/engine.ts";
import type { Output } from "../../cells/engine/protocol.ts";
import { SessionController } from "../../course/controller.ts";
import { codeOf } from "../../course/lesson_code.ts";
import { LessonStores } from "../../course/lesson_stores.ts";
import { PipeOutput } from "../../fronts/plain/pipe_output.ts";
import { PlainFront } from "../../fronts/plain/plain_front.ts";
import { runThrough } from "../../fronts/plain/run_through.ts";
import type { JobControl, JobView } from "../../fronts/terminal/job_control.ts";
import { LiveRegion } from "../../fronts/terminal/live_region.ts";
import { Renderer } from "../../fronts/text/renderer.ts";
import { styleOf } from "../../fronts/text/style.ts";
import { terminalSize } from "../../text/terminal_size.ts";
import { write, writeControls } from "../../fronts/text/write.ts";
import { complain } from "../output.ts";
import type { OpenLesson } from "./open_lesson.ts";

/** How long a run listens for such errors after its last cell. */
const LINGER_MS = 500;

/** Runs an empty cell: it prints the errors of work that went on after the cells, such as a timer's or a forgotten promise's. */
async function showLateErrors(engine: Engine, show: (output: Output) => void): Promise<void> {
  if (engine.made.length === 0) return;
  await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
  await engine.runApart({ index: -1, source: "", line: 1, quiet: true }, show);
}

/**
 * Runs the lesson and returns the exit code: 0 done, 1 a cell threw, 130 stopped.
 *
 * @param screen Whether the output may have colors, and whether what is on the screen can be drawn again.
 */
export async function runPlainly(
  { entry, lesson, source, engine, answers }: OpenLesson,
  { color, draws }: { color: boolean; draws: boolean },
  jobs: JobControl,
): Promise<number> {
  const size = terminalSize();
  const renderer = new Renderer(styleOf(color), size.columns);
  const wrap = Deno.stdout.isTerminal();
  const output = draws ? new LiveRegion({ ...size, write: writeControls }) : new PipeOutput(writeControls);
  const front = new PlainFront({ renderer, output, wrap, code: (cell) => codeOf(cell, answers) });
  const { name } = entry;
  const stores = new LessonStores(name, { answers });
  const controller = new SessionController({ lesson, name, engine, stores, front, unattended: true });
  const interrupt = (): void => engine.busy ? controller.stop() : Deno.exit(130);
  Deno.addSignalListener("SIGINT", interrupt);
  if (output instanceof LiveRegion) jobs.view = plainView(output);
  try {
    const wrong = await engine.check(source);
    if (wrong) {
      write(renderer.error(wrong));
      return 1;
    }
    const status = await runThrough(controller);
    if (status === "done") {
      await showLateErrors(engine, (output) => front.view({ type: "output", output }, controller.state));
    }
    if (status === "interrupted" || status === "killed") complain("stopped");
    return status === "done" ? 0 : status === "failed" ? 1 : 130;
  } finally {
    Deno.removeSignalListener("SIGINT", interrupt);
    jobs.view = undefined;
    controller.close();
  }
}

/** Before the shell gets the screen, what is on it becomes final; displays go on below. */
function plainView(region: LiveRegion): JobView {
  return { lost: () => region.lost(), leave: () => region.settle(), back: () => {} };
}
