/** Matrix product as plain loops. Sums are in double precision, whatever the type of the arrays. */
import type { MatmulShape } from "../kernel.ts";
import { type FloatArray, overlap } from "../storage.ts";

/**
 * `out[i, j] = Σₖ a[i, k] · b[k, j] (+ bias[j])`.
 *
 * The innermost loop runs over neighbors in memory: along a row of `b`, or along `k` if `b` is stored transposed. This
 * order alone is ten times as fast as the textbook order i, j, k.
 */
export function matmul(shape: MatmulShape, a: FloatArray, b: FloatArray, out: FloatArray, bias?: FloatArray): void {
  const { m, n, k, transposeA, transposeB, accumulate } = shape;
  if (overlap(a, out)) a = a.slice(); // if a factor is also the output, use what it held before
  if (overlap(b, out)) b = b.slice();
  const [aRow, aStep] = transposeA ? [1, m] : [k, 1];
  const row = new Float64Array(n); // one row of out, in double precision
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) row[j] = (accumulate ? out[i * n + j] : 0) + (bias ? bias[j] : 0);
    if (transposeB) addDotProducts(row, a, i * aRow, aStep, b, k, n);
    else addScaledRows(row, a, i * aRow, aStep, b, k, n);
    out.set(row, i * n);
  }
}

/** `row[j] += Σₖ a[k] · b[k, j]`, two rows of `b` at a time. */
function addScaledRows(
  row: Float64Array,
  a: FloatArray,
  aStart: number,
  aStep: number,
  b: FloatArray,
  k: number,
  n: number,
): void {
  let p = 0;
  for (; p + 1 < k; p += 2) {
    const first = a[aStart + p * aStep], second = a[aStart + (p + 1) * aStep];
    const above = p * n, below = above + n;
    for (let j = 0; j < n; j++) row[j] += first * b[above + j] + second * b[below + j];
  }
  for (; p < k; p++) {
    const factor = a[aStart + p * aStep], start = p * n;
    for (let j = 0; j < n; j++) row[j] += factor * b[start + j];
  }
}

/** `row[j] += Σₖ a[k] · b[j, k]`, where `b` is stored transposed, two of its rows at a time. */
function addDotProducts(
  row: Float64Array,
  a: FloatArray,
  aStart: number,
  aStep: number,
  b: FloatArray,
  k: number,
  n: number,
): void {
  let j = 0;
  for (; j + 1 < n; j += 2) {
    let left = 0, right = 0;
    const above = j * k, below = above + k;
    for (let p = 0; p < k; p++) {
      const factor = a[aStart + p * aStep];
      left += factor * b[above + p];
      right += factor * b[below + p];
    }
    row[j] += left;
    row[j + 1] += right;
  }
  for (; j < n; j++) {
    let sum = 0;
    for (let p = 0; p < k; p++) sum += a[aStart + p * aStep] * b[j * k + p];
    row[j] += sum;
  }
}

/** `gradBias[j] += Σᵢ a[i, j]`. */
export function sumRows(rows: number, columns: number, a: FloatArray, gradBias: FloatArray): void {
  const sums = Float64Array.from(gradBias);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) sums[j] += a[i * columns + j];
  }
  gradBias.set(sums);
}
