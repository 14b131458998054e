/** Matrix products, and sums over their rows. */
import type { MatmulShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { Matmul, SumRows } from "./assembly/arguments.ts";
import { BY_COLUMNS, BY_ROWS, PACK_COLUMNS, PACK_ROWS, SUM_ROWS } from "./assembly/codes.ts";
import { CHUNK_COLUMNS, CHUNK_ROWS, EDGE_TILE, K_BLOCK, ROW_GROUP } from "./assembly/layout.ts";
import type { Call } from "./call.ts";

/** At most this many numbers of `b` are packed at once: half a megabyte, which the second-level cache holds. */
const MAX_PACKED = 2 ** 17;

/** See `Kernel.matmul`. */
export function matmul(
  call: Call,
  shape: MatmulShape,
  a: FloatArray,
  b: FloatArray,
  out: FloatArray,
  bias?: FloatArray,
): void {
  const { m, n, k, transposeA, transposeB, accumulate } = shape;
  const byRows = k <= K_BLOCK && n * k <= MAX_PACKED && m >= n;
  const panel = byRows ? (ROW_GROUP + 1) * k * 4 : Math.min(k, K_BLOCK) * 32;
  call.scratch(Matmul.packed, (byRows ? n + 8 : m + 5) * k * 4);
  call.threadScratch(Matmul.scratch, Matmul.scratchSize, panel + EDGE_TILE);
  call.readUnaliased(Matmul.a, a, out);
  call.readUnaliased(Matmul.b, b, out);
  if (accumulate) call.update(Matmul.out, out);
  else call.write(Matmul.out, out);
  call.read(Matmul.bias, bias);
  call.int(Matmul.m, m);
  call.int(Matmul.n, n);
  call.int(Matmul.k, k);
  call.flag(Matmul.transposeA, transposeA);
  call.flag(Matmul.transposeB, transposeB);
  call.flag(Matmul.accumulate, accumulate);
  if (byRows) {
    call.run(PACK_COLUMNS, Math.ceil(n / CHUNK_COLUMNS));
    call.run(BY_ROWS, Math.ceil(m / ROW_GROUP));
  } else {
    call.run(PACK_ROWS, Math.ceil(m / ROW_GROUP));
    call.run(BY_COLUMNS, Math.ceil(m / CHUNK_ROWS) * Math.ceil(n / CHUNK_COLUMNS));
  }
}

/** See `Kernel.sumRows`. */
export function sumRows(call: Call, rows: number, columns: number, a: FloatArray, gradBias: FloatArray): void {
  call.read(SumRows.x, a);
  call.update(SumRows.out, gradBias);
  call.int(SumRows.rows, rows);
  call.int(SumRows.columns, columns);
  call.run(SUM_ROWS, Math.ceil(columns / CHUNK_COLUMNS));
}
