/** dot-lanes: a dot product in several sums side by side. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function dotLanes(a: number[], b: number[], lanes: number): number[] {
  const sums: number[] = Array(lanes).fill(0);
  for (let i = 0; i < a.length; i++) sums[i % lanes] += a[i] * b[i];
  return sums;
}

/** The sums, where product i goes to this lane, or nowhere. */
const into =
  (laneOf: (i: number, lanes: number, length: number) => number) =>
  (a: number[], b: number[], lanes: number): number[] => {
    const sums: number[] = Array(lanes).fill(0);
    a.forEach((value, i) => {
      const lane = laneOf(i, lanes, a.length);
      if (lane >= 0 && lane < lanes) sums[lane] += value * b[i];
    });
    return sums;
  };

export default exercise({
  // Four to six lanes, and a length that leaves a rest of at least two.
  inputs: (random: Random): [number[], number[], number] => {
    const lanes = 4 + random.integer(3), length = lanes * (3 + random.integer(3)) + 2 + random.integer(lanes - 2);
    const list = () => Array.from({ length }, () => Math.round(random.uniform(10, 99)) / 10);
    return [list(), list(), lanes];
  },
  solution: dotLanes,
  explanation:
    "Product i belongs to lane i % lanes: then the lanes read neighbors in memory, and one instruction takes as many " +
    "of them as there are lanes. The last few products do not fill all lanes. In a real SIMD loop they are a case of " +
    "their own, and a frequent bug.",
  mistakes: [
    {
      answer: into((i, lanes, length) => i < length - length % lanes ? i % lanes : -1),
      reply: "The last products are lost: the length need not be a multiple of the lanes",
    },
    {
      answer: into((i, lanes, length) => Math.floor(i / Math.ceil(length / lanes))),
      reply: "You cut the lists into blocks, one for each lane. Lane 0 should take every lanes-th product: 0, lanes …",
    },
    {
      answer: into((i, lanes, length) => Math.min(lanes - 1, Math.floor(i / Math.floor(length / lanes)))),
      reply:
        "You cut the lists into blocks, and the last lane takes the rest. Lane 0 should take every lanes-th product: 0, lanes …",
    },
    {
      answer: into((i, lanes, length) => Math.floor(i * lanes / length)),
      reply:
        "You cut the lists into blocks of nearly the same length, one for each lane. Lane 0 should take every lanes-th product",
    },
    {
      answer: (a, b, lanes) => dotLanes(a, a.map((_, i) => b[i % lanes]), lanes),
      reply:
        "You always take the first numbers of b, b[i % lanes]. Only the sum belongs to a lane: b goes along with a",
    },
    {
      answer: (a, b, lanes) => {
        const sums: number[] = Array(lanes).fill(0);
        a.forEach((value, i) => sums[i % lanes] = value * b[i]);
        return sums;
      },
      reply: "Each lane keeps only its last product: = where += is needed",
    },
    {
      answer: (a, b, lanes) => [dotLanes(a, b, lanes).reduce((sum, each) => sum + each)],
      reply: "That is the whole dot product. Return the sums of the lanes, one for each",
    },
    {
      answer: (a, _b, lanes) => dotLanes(a, a.map(() => 1), lanes),
      reply: "You add up a alone. A dot product multiplies each number of a with its partner in b",
    },
    {
      answer: into((i, lanes) => (i + 1) % lanes),
      reply: "Each product is one lane too far to the right: product 0 belongs to lane 0",
    },
    {
      answer: (a, b, lanes) => {
        const sums: number[] = Array(lanes).fill(0);
        a.forEach((value, i) => {
          if (i < a.length - a.length % lanes) sums[i % lanes] += value * b[i];
          else sums[0] += value * b[i];
        });
        return sums;
      },
      reply: "All of the last products go to lane 0. They belong to the lanes 0, 1, 2 … like all the others",
    },
    {
      answer: into((i, lanes) => i === 0 ? -1 : i % lanes),
      reply: "Product 0 is missing: where does your loop begin?",
    },
    {
      answer: into((i, lanes, length) => i === length - 1 ? -1 : i % lanes),
      reply: "The very last product is missing: where does your loop end?",
    },
    {
      answer: (a, b, lanes) =>
        Array.from({ length: lanes }, (_, lane) => dotLanes(a, b, lanes).slice(0, lane + 1).reduce((s, v) => s + v)),
      reply: "Your sum goes on from lane to lane. Each lane begins at 0",
    },
  ],
  hints: [
    "Start with a list of zeros, one for each lane",
    "Which lane does product i belong to? Try lanes = 4 and i = 0, 1, 2, 3, 4, 5",
    "sums[i % lanes] += a[i] * b[i], for every i: so no rest is left over",
  ],
});
