/** Matrix products, and sums over their rows. */
import type { MatmulShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { MATMUL, PACK, SUM_ROWS } from "./assembly/codes.ts";
import { CHUNK_COLUMNS, CHUNK_ROWS, K_BLOCK, ROW_GROUP } from "./assembly/layout.ts";
import type { Call } from "./call.ts";

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
  if (accumulate && bias) { for (let i = 0; i < m * n; i++) out[i] += bias[i % n]; // nobody does, but it is in the contract
   }
  const flags = (transposeA ? 1 : 0) + (transposeB ? 2 : 0) + (accumulate ? 4 : 0);
  const packed = call.scratch((m + 5) * k * 4);
  const aside = call.scratchOfThreads(Math.min(k, K_BLOCK) * CHUNK_COLUMNS * 4 + 256);
  const from = [call.read(a), call.read(b), accumulate ? call.update(out) : call.write(out)];
  machine.ints(1, ...from, accumulate ? 0 : call.read(bias), m, n, k, flags, packed, ...aside);
  machine.run(PACK, Math.ceil(m / ROW_GROUP));
  machine.run(MATMUL, Math.ceil(m / CHUNK_ROWS) * Math.ceil(n / CHUNK_COLUMNS));
}

/** See `Kernel.sumRows`. */
export function sumRows(call: Call, rows: number, columns: number, a: FloatArray, gradBias: FloatArray): void {
  call.machine.ints(1, call.read(a), 0, call.update(gradBias), rows, columns);
  call.machine.run(SUM_ROWS, Math.ceil(columns / 16));
}
