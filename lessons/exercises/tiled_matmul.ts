/** tiled-matmul: a matrix product in tiles that is right only where the tiles divide the matrices evenly. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

function tiledMatmul(A: Tensor, B: Tensor, tile: number): Tensor {
  const [m, p] = A.shape, n = B.shape[1];
  const C = Tensor.zeros([m, n], { dtype: A.dtype });
  for (let i0 = 0; i0 < m; i0 += tile) {
    for (let k0 = 0; k0 < p; k0 += tile) {
      for (let j0 = 0; j0 < n; j0 += tile) {
        for (let i = i0; i < Math.min(i0 + tile, m); i++) { // it was i < i0 + tile, and so on
          for (let k = k0; k < Math.min(k0 + tile, p); k++) {
            for (let j = j0; j < Math.min(j0 + tile, n); j++) {
              C.data[i * n + j] += A.data[i * p + k] * B.data[k * n + j];
            }
          }
        }
      }
    }
  }
  return C;
}

/** What the loops along one axis do with the last, smaller tile: stop at its end, run past it, or leave it out. */
type Rest = "stop" | "run on" | "leave out";

/** The product with these ways along i, k and j; with `set`, each tile along k overwrites what is there. */
const ending =
  (along: { i?: Rest; k?: Rest; j?: Rest }, set = false) => (A: Tensor, B: Tensor, tile: number): Tensor => {
    const { i: alongI = "stop", k: alongK = "stop", j: alongJ = "stop" } = along;
    const [m, p] = A.shape, n = B.shape[1], C = Tensor.zeros([m, n], { dtype: A.dtype });
    const tiles = (rest: Rest, size: number) =>
      Array.from(
        { length: rest === "leave out" ? Math.floor(size / tile) : Math.ceil(size / tile) },
        (_, t) => t * tile,
      );
    const inside = (rest: Rest, first: number, size: number) =>
      Array.from({ length: rest === "run on" ? tile : Math.min(tile, size - first) }, (_, at) => first + at);
    for (const i0 of tiles(alongI, m)) {
      for (const k0 of tiles(alongK, p)) {
        for (const j0 of tiles(alongJ, n)) {
          for (const i of inside(alongI, i0, m)) {
            for (const j of inside(alongJ, j0, n)) {
              let sum = 0;
              for (const k of inside(alongK, k0, p)) sum += A.data[i * p + k] * B.data[k * n + j];
              if (set) C.data[i * n + j] = sum;
              else C.data[i * n + j] += sum;
            }
          }
        }
      }
    }
    return C;
  };

export default exercise({
  // No size is a multiple of the tile, no two are equal, and there are at least two tiles along each axis.
  inputs: (random: Random, trial = 0): [Tensor, Tensor, number] => {
    const tile = 3 + random.integer(3);
    const long = 2 * tile + 1, others = random.shuffle([tile + 1, tile + 2]);
    // Three tiles along k, in some trials: the last one is not all but the first.
    const [m, p, n] = trial % 3 === 0 ? [others[0], long, others[1]] : random.shuffle([...others, long]);
    const matrix = (shape: number[]) => Tensor.randn(shape, { random, dtype: "float64" });
    return [matrix([m, p]), matrix([p, n]), tile];
  },
  planted: ending({ i: "run on", k: "run on", j: "run on" }),
  evidence: (answer: (A: Tensor, B: Tensor, tile: number) => Tensor) => {
    const sizes = [[4, 4, 4], [8, 4, 4], [6, 4, 4], [4, 6, 4], [4, 4, 6], [6, 6, 6]];
    const lines = sizes.map(([m, p, n]) => {
      const [A, B] = [Tensor.full([m, p], 1), Tensor.full([p, n], 1)];
      const found = answer(A, B, 4), right = found.data.filter((value) => value === p).length;
      return `  [${m}, ${p}] · [${p}, ${n}]: ${right} of ${m * n} numbers are right`;
    });
    return ["Matrices of ones, with tiles of 4:", ...lines].join("\n");
  },
  solution: tiledMatmul,
  explanation:
    "The last tile may be smaller than the others. Without a limit, k runs past the end of B, where there is no number, " +
    "and the result is NaN. And j runs on into the next row. So each loop ends at the end of the tile or of the matrix, " +
    "whichever comes first. (A row i past the end does no harm here: JavaScript ignores what is written past the end of " +
    "an array. In other languages it would destroy something else.) Tests with multiples of the tile cannot see any of it.",
  mistakes: [
    {
      answer: ending({ i: "leave out", k: "leave out", j: "leave out" }),
      reply: "Now the last, smaller tiles are left out. They belong to the product, too",
    },
    {
      answer: ending({ k: "leave out" }),
      reply:
        "Each sum lacks its last products: along k, the last tile is left out. It is smaller, but it belongs there",
    },
    {
      answer: ending({ j: "leave out" }),
      reply: "The last columns are 0: along j, the last tile is left out. It is smaller, but it belongs there",
    },
    {
      answer: ending({ i: "leave out" }),
      reply: "The last rows are 0: along i, the last tile is left out. It is smaller, but it belongs there",
    },
    {
      answer: ending({}, true),
      reply:
        "No index runs over now. But C[i, j] gets a part of its sum from each tile along k, and you overwrite the earlier parts",
    },
    {
      answer: (A, B, tile) => ending({})(A, B, tile).transpose(),
      reply: "The numbers are right, but transposed: C has a row for each row of A",
    },
  ],
  hints: [
    "Look at the sizes for which all numbers are right. What do they have in common?",
    "With n = 6 and a tile of 4, the second tile begins at j = 4. Where does it end, and where is the end of the row?",
    "End each of the three inner loops at the smaller of two numbers: Math.min(j0 + tile, n), and so on",
  ],
});
