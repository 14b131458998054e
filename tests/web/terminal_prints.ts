// Runs code as the terminal's engine does, with the modules of the course.
import type { Output } from "../../lib/cells/engine/protocol.ts";
import { lessonEngine } from "../../lib/course/lesson_engine.ts";
import { courseGrants } from "../../lessons/permissions.ts";

/** What the code prints, as the cell of a lesson. */
export async function terminalPrints(code: string): Promise<string> {
  const url = new URL("../../lessons/04_linear_regression.ts", import.meta.url).href;
  const engine = lessonEngine({
    ...{ lesson: { permissions: [], cells: [] }, url, settings: { mode: "quick", seed: 1 } },
    ...{ grants: courseGrants(url, []), screen: { columns: 80, rows: 24, colors: "none" } },
  });
  let printed = "";
  const onOutput = (output: Output): void => {
    if (output.type === "text") printed += output.text;
  };
  const result = await engine.run({ index: -1, source: code, line: 1 }, onOutput);
  engine.close();
  await engine.settled();
  if (result.status !== "done") throw new Error(`${result.status}: ${JSON.stringify(result)}`);
  return printed;
}
