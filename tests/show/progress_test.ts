// The picture of training: the mean over its last steps, and the epochs that are left out when there are many.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { progressPicture } from "../../lib/show/progress.ts";
import type { EpochEvent } from "../../lib/training/events.ts";
import { elements, parseSvg } from "./pictures.ts";

const nothing = { epochs: [], log: [], losses: [], notes: [], curve: false };

function epoch(epoch: number): EpochEvent {
  const counts = { correct: 1, total: 2, imagesPerSecond: 1 };
  return { type: "epoch", epoch, epochs: 20, loss: epoch, accuracy: 0.5, seconds: 1, ...counts };
}

Deno.test("the mean over the last steps follows the losses: it forgets what lies further back", () => {
  const losses = Array.from({ length: 400 }, (_, i) => i < 200 ? 5 : 1);
  const svg = parseSvg(progressPicture({ ...nothing, losses, curve: true, end: "done" }).svg()!);
  const curves = elements(svg, "path").map(({ attributes: { d } }) => d).filter((d) => d.includes("L"));
  const ends = curves.map((d) => Number(/(-?[\d.]+)$/.exec(d)![1]));
  assertEquals(ends.length, 2, "the losses, and their mean");
  assertEquals(ends[1], ends[0], "a constant loss is its own mean");
  assertStringIncludes(svg.text, "mean of 10");
});

Deno.test("of many epochs the latest are shown, and how many came before", () => {
  const shown = (count: number) => {
    const epochs = Array.from({ length: count }, (_, i) => epoch(i + 1));
    return progressPicture({ ...nothing, epochs }).text().split("\n").map((line) => line.slice(0, 18).trim());
  };
  assertEquals(shown(8).map((line) => line.slice(0, 8)), [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `epoch  ${n}`));
  assertEquals(shown(12)[0], "… 5 earlier epochs");
  assertEquals(shown(12).slice(1).map((line) => Number(line.slice(6, 8))), [6, 7, 8, 9, 10, 11, 12]);
});
