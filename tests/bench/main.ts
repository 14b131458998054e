/**
 * `deno task bench`: this library and its peers, measured in turn, each in a process of its own; medians are quoted.
 * Prints tables and writes them to RESULTS.md beside this file. `--rounds N` (5), `--quick` (only this library, 1 round).
 */
// deno-lint-ignore-file no-console
import { cpus } from "node:os";
import { readOrExit } from "../../lib/commands/read_words.ts";
import { floorOf, type NetworkName } from "./networks.ts";
import { javaScript, measure, own, python, type Subject } from "./subjects.ts";

const { on, values: given } = readOrExit(Deno.args, { flags: ["quick"], values: { rounds: "N" } });
const quick = on.has("quick"), rounds = quick ? 1 : Number(given.get("rounds") ?? 5);
const cores = Math.min(navigator.hardwareConcurrency, 4);
const versions = new Map<string, string>();
const load = Deno.loadavg()[0].toFixed(1);

/** The values of each subject, round by round: all subjects once, then all of them again. */
async function inTurn(subjects: Subject[]): Promise<Map<string, number[]>> {
  const values = new Map<string, number[]>();
  const absent = new Set<string>();
  for (let round = 1; round <= rounds; round++) {
    for (const subject of subjects) {
      if (absent.has(subject.name)) continue;
      const report = await measure(subject);
      if (typeof report === "string") {
        absent.add(subject.name);
        console.error(`${subject.name} is not here: ${report}`);
        continue;
      }
      versions.set(subject.name.split(",")[0], report.version);
      const numbers = typeof report.value === "number" ? { "": report.value } : report.value;
      for (const [part, value] of Object.entries(numbers)) {
        const key = part === "peak" ? "peak of the multiply-add unit" : subject.name;
        values.set(key, [...values.get(key) ?? [], value]);
        console.error(`round ${round}: ${key}: ${value.toPrecision(4)}`);
      }
    }
  }
  for (const name of absent) values.set(name, []);
  return values;
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

/**
 * A table in Markdown: each subject's median, the spread of its rounds, and its ratio to `base` (the best of those): the
 * median of the ratios round by round, so that a machine which is slower in one round than in another changes little.
 */
function table(
  title: string,
  unit: string,
  values: Map<string, number[]>,
  base: (name: string) => boolean,
  about: string[] = [],
): string {
  const bases = [...values].filter(([name, { length }]) => base(name) && length > 0).map(([, numbers]) => numbers);
  const reference = bases.toSorted((a, b) => median(b) - median(a))[0] ?? [];
  const rows = [...values].map(([name, numbers]) => {
    if (numbers.length === 0) return `| ${name} | not on this machine | | |`;
    const middle = median(numbers);
    const spread = `${format(Math.min(...numbers))} – ${format(Math.max(...numbers))}`;
    const ratio = median(numbers.map((number, round) => number / reference[round]));
    return `| ${name} | ${format(middle)} | ${spread} | ${ratio.toPrecision(3)} |`;
  });
  return [`## ${title}`, "", ...about, `| | ${unit} | all rounds | ratio |`, "|---|---:|---:|---:|", ...rows, ""].join(
    "\n",
  );
}

function format(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

const peers = (subjects: Subject[]): Subject[] => quick ? [] : subjects;
const isTorch = (name: string): boolean => name.startsWith("PyTorch");
const parts: string[] = [];

const products = await inTurn([
  own("simd", 1, "matmul", 512),
  own("reference", 1, "matmul", 512),
  ...peers([python("PyTorch, 1 thread", "torch_cnn.py", 1, "matmul", 512)]),
]);
const peak = median(products.get("peak of the multiply-add unit") ?? []); // GFLOP/s, of one thread

/** What an image costs at least, and which share of the peak the library reaches with each number of threads. */
function floor(network: NetworkName, values: Map<string, number[]>): string[] {
  const { flop, bytes } = floorOf(network);
  const shares = [1, cores].map((threads) => {
    const speed = median(values.get(own("simd", threads).name) ?? []);
    return `${(100 * speed * flop / (threads * peak * 1e9)).toFixed(0)} % with ${threads}`;
  });
  return [
    `An image takes ${
      (flop / 1e6).toPrecision(3)
    } MFLOP by the direct algorithm, so at the peak of the multiply-add unit`,
    `one thread trains at most ${format(peak * 1e9 / flop)} images/s; the share reached is ${
      shares.join(", ")
    } threads.`,
    `Its numbers move at least ${(bytes / 1e6).toPrecision(3)} MB.`,
    "",
  ];
}

for (const batch of [64, 128]) {
  const values = await inTurn([
    own("simd", cores, "train", "original", batch),
    ...peers([python("PyTorch, 1 thread", "torch_cnn.py", 1, "train", "original", batch)]),
    own("simd", 1, "train", "original", batch),
    ...peers([python(`PyTorch, ${cores} threads`, "torch_cnn.py", cores, "train", "original", batch)]),
    ...(batch === 64
      ? [
        own("reference", 1, "train", "original", batch),
        ...peers([
          javaScript("ConvNetJS, SGD with momentum", "convnetjs.ts"),
          javaScript("jax-js, wasm", "jax_js.ts"),
          javaScript("TensorFlow.js, cpu", "tfjs.ts"),
          python("plain numpy, as in courses", "numpy_cnn.py"),
        ]),
      ]
      : []),
  ]);
  const title = `The original's network, Adam, batches of ${batch}: training`;
  const base = quick ? (name: string) => name.includes("SIMD, 1") : isTorch;
  parts.push(table(title, "images/s", values, base, floor("original", values)));
}

/** Networks that people train next: LeNet-5, a perceptron of three layers, PyTorch's own example for MNIST, a small VGG. */
const NEXT: [NetworkName, string][] = [
  ["lenet", "LeNet-5 (conv 6 and 16 of 5 × 5, sigmoid, average pooling, FC 120, 84, 10)"],
  ["mlp", "A multilayer perceptron (784–512–512–10, ReLU)"],
  ["example", "PyTorch's example for MNIST (conv 32, conv 64, max pooling, dropout, FC 128, dropout, FC 10)"],
  ["vgg", "A small VGG (twice conv 32, twice conv 64, each with batch norm; FC 128, FC 10)"],
];
for (const [network, about] of NEXT) {
  const values = await inTurn([
    own("simd", cores, "train", network, 64),
    ...peers([python("PyTorch, 1 thread", "torch_cnn.py", 1, "train", network, 64)]),
    own("simd", 1, "train", network, 64),
    ...peers([python(`PyTorch, ${cores} threads`, "torch_cnn.py", cores, "train", network, 64)]),
  ]);
  const base = quick ? (name: string) => name.includes("SIMD, 1") : isTorch;
  parts.push(table(`${about}, Adam, batches of 64: training`, "images/s", values, base, floor(network, values)));
}

for (const network of (quick ? ["original"] : ["original", ...NEXT.map(([name]) => name)]) as NetworkName[]) {
  parts.push(table(
    `${cores} threads against one, ${network}, batches of ${network === "original" ? 128 : 64}, a few steps in turn`,
    "times as fast",
    await inTurn([own("simd", cores, "scaling", network, network === "original" ? 128 : 64)]),
    () => true,
  ));
}

parts.push(table(
  "The better network (conv 8, batch norm, conv 16, batch norm, FC 64), Adam, batches of 64: training",
  "images/s",
  await inTurn([own("simd", cores, "train", "better", 64), own("simd", 1, "train", "better", 64)]),
  (name) => name.includes("SIMD, 1"),
));

parts.push(table(
  "Evaluation of 10,000 images, the original's network",
  "seconds",
  await inTurn([own("simd", cores, "evaluate", "original"), own("simd", 1, "evaluate", "original")]),
  (name) => name.includes("SIMD, 1"),
));

parts.push(table(
  "A product of 512 × 512 matrices",
  "GFLOP/s",
  products,
  (name) => name.startsWith("peak"),
));

const machine = `${cores} of ${navigator.hardwareConcurrency} cores, ${
  cpus()[0]?.model ?? "processor unknown"
}, ${Deno.build.target}`;
const named = [...versions].map(([name, version]) => `${name === "Gradually" ? "Deno" : name} ${version}`).join(", ");
const text = `# What was measured

Written by \`deno task bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}.
${named}.
The load of the machine when it began: ${load}. Medians of ${rounds} rounds, all subjects in turn. Ratios are medians too,
round by round, to the best PyTorch, to one thread, or to the peak of the multiply-add unit, whichever the table has.

${parts.join("\n")}`;
console.log(text);
if (!quick) await Deno.writeTextFile(new URL("./RESULTS.md", import.meta.url), text);
