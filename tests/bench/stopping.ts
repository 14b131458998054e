// Measures, in a real pseudo-terminal, how a lesson comes back from cells that would never end; ends with code 1 if one misses a limit.
// deno run --allow-read --allow-write --allow-run --allow-env --allow-sys tests/bench/stopping.ts [TIMES [WORD…]]
import { withTempDir } from "../support.ts";
import { ENDLESS, type Stop, stopRepeatedly } from "../fronts/terminal/stopping.ts";

/** The longest time until a key is answered, in milliseconds. */
const KEYS_BACK = 300;
/** The most of one core that an idle lesson uses, in percent: the program looks at the learner's files several times a second. */
const USED = 3;
/** How long the use of the processor is measured, in seconds. */
const SECONDS = 1;

const [times = "20", ...words] = Deno.args;
const chosen = Object.entries(ENDLESS).filter(([name]) =>
  words.length === 0 || words.some((word) => name.includes(word))
);
const most = (stops: readonly Stop[], key: keyof Stop): number => Math.max(...stops.map((stop) => stop[key]));
let missed = 0;
console.log("a cell that …                            times  keys back  slowest    used  processes");
for (const [name, endless] of chosen) {
  const stops = await withTempDir((directory) => stopRepeatedly(directory, endless, Number(times), SECONDS));
  const sorted = stops.map(({ keysBack }) => keysBack).toSorted((a, b) => a - b);
  const columns = [
    name.padEnd(40),
    String(stops.length).padStart(5),
    `${sorted[sorted.length >> 1].toFixed(0)} ms`.padStart(10),
    `${most(stops, "keysBack").toFixed(0)} ms`.padStart(8),
    `${most(stops, "used").toFixed(1)} %`.padStart(7),
    String(most(stops, "processes")).padStart(10),
  ];
  console.log(columns.join(" "));
  missed += stops.filter(({ keysBack, used }) => keysBack > KEYS_BACK || used > USED).length;
}
console.log(missed === 0 ? "every limit is kept" : `${missed} missed a limit: ${KEYS_BACK} ms, ${USED} % of a core`);
console.log(
  `load average ${Deno.loadavg()[0].toFixed(1)}, ${navigator.hardwareConcurrency} cores: other programs count`,
);
if (missed > 0) Deno.exit(1);
