// Writes progress endlessly and prints its place after each write; for tests that kill it, or run several at once.
import { Progress } from "../../../lib/course/progress/progress.ts";

const [directory, name, most = "Infinity"] = Deno.args;
const progress = new Progress(directory);
const encoder = new TextEncoder();
for (let cell = 1; cell <= Number(most); cell++) {
  progress.save(name, { cell, cells: 1_000_000, done: false });
  Deno.stdout.writeSync(encoder.encode(`${cell}\n`));
}
Deno.stdout.writeSync(encoder.encode(progress.notices.join("\n")));
