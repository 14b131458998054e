// What a learner does, in a process that is killed: saving_child.ts FOLDER. Each number is printed once its work is saved.
import { Journal } from "../../lib/course/progress/journal.ts";
import { Progress } from "../../lib/course/progress/progress.ts";

const [folder] = Deno.args;
const progress = new Progress(folder), journal = new Journal(`${folder}/journal/a.jsonl`);
const first = Number(progress.lesson("a")?.guesses?.number ?? 0) + 1;
for (let number = first;; number++) {
  progress.guess("a", "number", String(number));
  progress.exercise("a", "x", (before) => ({ ...before, tries: number, opened: true }));
  progress.save("a", { cell: number, cells: number + 1, done: false });
  journal.add({ type: "guess", id: "number", guess: String(number) });
  journal.add({ type: "answer", id: "x", kind: "wrong", message: "Not yet", source: `const answer = ${number};` });
  Deno.stdout.writeSync(new TextEncoder().encode(`${number}\n`));
}
