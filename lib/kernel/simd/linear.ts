/** Matrix products, and sums over their rows. */
import type { MatmulShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { BY_COLUMNS, BY_ROWS, PACK_COLUMNS, PACK_ROWS, SUM_ROWS } from "./assembly/codes.ts";
import { CHUNK_COLUMNS, CHUNK_ROWS, K_BLOCK, ROW_GROUP } from "./assembly/layout.ts";
import type { Call } from "./call.ts";

/** How many numbers of `b` are packed at once at most: a megabyte, which the second cache holds. */
const MOST_PACKED = 2 ** 17;

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
  const { machine } = call;
  const flags = (transposeA ? 1 : 0) + (transposeB ? 2 : 0) + (accumulate ? 4 : 0);
  const byRows = k <= K_BLOCK && n * k <= MOST_PACKED && m >= n;
  const packed = call.scratch((byRows ? n + 8 : m + 5) * k * 4);
  const panel = byRows ? (ROW_GROUP + 1) * k * 4 : Math.min(k, K_BLOCK) * 32;
  const aside = call.scratchOfThreads(panel + 256);
  const factors = [call.readBeside(a, out), call.readBeside(b, out)];
  const arrays = [...factors, accumulate ? call.update(out) : call.write(out), call.read(bias)];
  machine.ints(1, ...arrays, m, n, k, flags, packed, ...aside);
  if (byRows) {
    machine.run(PACK_COLUMNS, Math.ceil(n / CHUNK_COLUMNS));
    machine.run(BY_ROWS, Math.ceil(m / ROW_GROUP));
  } else {
    machine.run(PACK_ROWS, Math.ceil(m / ROW_GROUP));
    machine.run(BY_COLUMNS, Math.ceil(m / CHUNK_ROWS) * Math.ceil(n / CHUNK_COLUMNS));
  }
}

/** See `Kernel.sumRows`. */
export function sumRows(call: Call, rows: number, columns: number, a: FloatArray, gradBias: FloatArray): void {
  call.machine.ints(1, call.read(a), 0, call.update(gradBias), rows, columns);
  call.machine.run(SUM_ROWS, Math.ceil(columns / 16));
}
