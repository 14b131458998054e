// An engine with a lesson that is made from pieces of code, for tests.
import { assertEquals } from "@std/assert";
import type { Engine } from "../../../lib/cells/engine/engine.ts";
import type { Cell } from "../../../lib/cells/document/document.ts";
import { parseLesson } from "../../../lib/course/lesson.ts";
import { courseGrants } from "../../../lessons/permissions.ts";
import { lessonEngine } from "../../../lib/course/lesson_engine.ts";
import type { CellError, CellResult, Output } from "../../../lib/cells/engine/protocol.ts";
import type { LessonSettings } from "../../../lib/contract/contract.ts";
import { testWith } from "../../support.ts";

/** The URL of the lesson; the file does not exist. */
export const LESSON = new URL("../../fixtures/lessons/99_test.ts", import.meta.url);
const SETTINGS: LessonSettings = { mode: "quick", seed: 1 };

/** A lesson made from code cells, and the results of running them. */
export class Bench {
  readonly engine: Engine;
  readonly cells: Cell[];
  outputs: Output[] = [];

  constructor(...sources: string[]) {
    const source = sources.map((code) => `// %%\n${code}\n`).join("\n");
    const lesson = parseLesson(source, "99_test.ts");
    this.cells = lesson.cells;
    const grants = courseGrants(LESSON.href, []);
    this.engine = lessonEngine({
      ...{ lesson, url: LESSON.href, settings: SETTINGS },
      grants: { ...grants, always: { ...grants.always, env: [] } },
      screen: { columns: 80, rows: 24, colors: "none" },
    });
  }

  async run(index: number): Promise<CellResult> {
    this.outputs = [];
    return await this.engine.run(this.cells[index], (output) => this.outputs.push(output));
  }

  async error(index: number): Promise<CellError> {
    const result = await this.run(index);
    assertEquals(result.status, "failed");
    return (result as CellResult & { status: "failed" }).error;
  }

  /** Waits until the running cell has printed something. */
  async printed(): Promise<void> {
    while (this.outputs.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    this.outputs = [];
  }

  /** Runs all cells and returns all of their outputs as text. */
  async text(): Promise<string> {
    let all = "";
    for (const { index } of this.cells) {
      const result = await this.run(index);
      assertEquals(result.status, "done", JSON.stringify(result));
      all += this.outputs.map((output) =>
        output.type === "text" ? output.text : output.type === "display" ? output.bundle["text/plain"] + "\n" : ""
      )
        .join("");
    }
    return all;
  }

  [Symbol.dispose](): void {
    this.engine.close();
  }
}

/** What an engine needs: it starts a process of its own, which finds its cache by the environment. */
export const ENGINE_NEEDS = { read: true, run: true, env: ["NODE_V8_COVERAGE"] } as const;

/** A test that runs an engine. */
export function engineTest(name: string, fn: () => Promise<void>): void {
  testWith(ENGINE_NEEDS, name, fn);
}
