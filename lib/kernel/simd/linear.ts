/** Matrix products, and sums over their rows. */
import type { MatmulShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { Matmul, SumRows } from "./assembly/arguments.ts";
import { BY_COLUMNS, BY_ROWS, PACK_COLUMNS, PACK_ROWS, SUM_ROWS } from "./assembly/codes.ts";
import { CHUNK_COLUMNS, CHUNK_ROWS, EDGE_TILE, K_BLOCK, ROW_GROUP } from "./assembly/layout.ts";
import type { Machine } from "./machine.ts";

/** At most this many numbers of `b` are packed at once: half a megabyte, which the second-level cache holds. */
const MAX_PACKED = 2 ** 17;

/** See `Kernel.matmul`. */
export function matmul(
  machine: Machine,
  shape: MatmulShape,
  a: FloatArray,
  b: FloatArray,
  out: FloatArray,
  bias?: FloatArray,
): void {
  const { m, n, k, transposeA, transposeB, accumulate } = shape;
  const byRows = k <= K_BLOCK && n * k <= MAX_PACKED && m >= n;
  const panel = byRows ? (ROW_GROUP + 1) * k * 4 : Math.min(k, K_BLOCK) * 32;
  machine.scratch(Matmul.packed, (byRows ? n + 8 : m + 5) * k * 4);
  machine.threadScratch(Matmul.scratch, Matmul.scratchSize, panel + EDGE_TILE);
  machine.readUnaliased(Matmul.a, a, out);
  machine.readUnaliased(Matmul.b, b, out);
  if (accumulate) machine.update(Matmul.out, out);
  else machine.write(Matmul.out, out);
  machine.read(Matmul.bias, bias);
  machine.int(Matmul.m, m);
  machine.int(Matmul.n, n);
  machine.int(Matmul.k, k);
  machine.flag(Matmul.transposeA, transposeA);
  machine.flag(Matmul.transposeB, transposeB);
  machine.flag(Matmul.accumulate, accumulate);
  if (byRows) {
    machine.run(PACK_COLUMNS, Math.ceil(n / CHUNK_COLUMNS));
    machine.run(BY_ROWS, Math.ceil(m / ROW_GROUP));
  } else {
    machine.run(PACK_ROWS, Math.ceil(m / ROW_GROUP));
    machine.run(BY_COLUMNS, Math.ceil(m / CHUNK_ROWS) * Math.ceil(n / CHUNK_COLUMNS));
  }
}

/** See `Kernel.sumRows`. */
export function sumRows(machine: Machine, rows: number, columns: number, a: FloatArray, gradBias: FloatArray): void {
  machine.read(SumRows.x, a);
  machine.update(SumRows.out, gradBias);
  machine.int(SumRows.rows, rows);
  machine.int(SumRows.columns, columns);
  machine.run(SUM_ROWS, Math.ceil(columns / CHUNK_COLUMNS));
}
