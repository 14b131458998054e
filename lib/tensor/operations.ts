/** The products that layers are written in, computed by the kernel of the tensors' type. */
import { kernelFor } from "../kernel/select.ts";
import type { DType } from "../kernel/storage.ts";
import { describe } from "./describe.ts";
import { checkDType, formatShape, sameShape, type Shape, sizeOf } from "./shape.ts";
import { storageOf, Tensor, tensorOver } from "./tensor.ts";

/** A matrix read with rows and columns exchanged; nothing is moved. */
export interface Transposed {
  /** The matrix as it is stored. */
  readonly transposed: Tensor;
}

/**
 * The transpose of a matrix, as a factor of a product: no number is moved.
 *
 * @example Inside a product
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matmul, Tensor, transpose } from "@gradually/gradually";
 *
 * const x = Tensor.from([[1, 2, 3]]);
 * assertEquals(matmul(x, transpose(x)).toArray(), [[14]]);
 * ```
 */
export function transpose(matrix: Tensor): Transposed {
  return { transposed: matrix };
}

/**
 * The matrix product: `out[i, j] = Σₖ a[i, k] · b[k, j]`, `[m, n] = [m, k] · [k, n]`.
 *
 * @throws {RangeError} If one of them is not a matrix, or the inner sizes differ.
 * @throws {TypeError} If one is float32 and the other float64.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matmul, Tensor } from "@gradually/gradually";
 *
 * const a = Tensor.from([[1, 2], [3, 4]]);
 * assertEquals(matmul(a, Tensor.from([[10], [1]])).toArray(), [[12], [34]]);
 * ```
 */
export function matmul(a: Tensor | Transposed, b: Tensor | Transposed): Tensor {
  return product(a, b);
}

/**
 * `x · weight + bias`, the bias added to every row: `[N, out] = [N, in] · [in, out] + [out]`.
 *
 * @throws {RangeError} If the shapes do not fit.
 * @throws {TypeError} If the tensors are not of one type.
 *
 * @example Two samples of two features become one output each
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { affine, Tensor } from "@gradually/gradually";
 *
 * const x = Tensor.from([[1, 2], [3, 4]]);
 * assertEquals(affine(x, Tensor.from([[10], [1]]), Tensor.from([0.5])).toArray(), [[12.5], [34.5]]);
 * ```
 */
export function affine(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  return product(x, weight, { bias });
}

/**
 * `into += a · b`. Returns nothing: the sum is in `into`.
 *
 * @throws {RangeError} If the shapes do not fit.
 * @throws {TypeError} If the tensors are not of one type.
 *
 * @example The gradient of a weight, added to what is there
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { accumulateMatmul, Tensor, transpose } from "@gradually/gradually";
 *
 * const [x, gradOut] = [Tensor.from([[1, 2]]), Tensor.from([[10]])];
 * const grad = Tensor.from([[0.5], [0.5]]);
 * accumulateMatmul(grad, transpose(x), gradOut);
 * assertEquals(grad.toArray(), [[10.5], [20.5]]);
 * ```
 */
export function accumulateMatmul(into: Tensor, a: Tensor | Transposed, b: Tensor | Transposed): void {
  product(a, b, { into });
}

/**
 * `into[j] += Σᵢ x[i, j]`: what a bias `[out]` collects from a batch `[N, out]`.
 *
 * @throws {RangeError} If the shapes do not fit.
 * @throws {TypeError} If the tensors are not of one type.
 *
 * @example The gradient of a bias
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { accumulateRows, Tensor } from "@gradually/gradually";
 *
 * const grad = Tensor.zeros([2]);
 * accumulateRows(grad, Tensor.from([[1, 10], [2, 20]]));
 * assertEquals(grad.toArray(), [3, 30]);
 * ```
 */
export function accumulateRows(into: Tensor, x: Tensor): void {
  const matrix = operand("accumulateRows", x);
  expectFit("accumulateRows", "the sums", into, [matrix.shape[1]], x.dtype);
  kernelFor(x.dtype).sumRows(x.shape[0], x.shape[1], arrayOf(x), arrayOf(into));
}

/** Memory for the result of a kernel call that writes every element. */
export function emptyTensor(shape: Shape, like: Tensor): Tensor {
  return tensorOver(kernelFor(like.dtype).allocate(sizeOf(shape), like.dtype), shape, like.dtype);
}

/** Zeros that are kept for long: a weight, its gradient, the state of an optimizer. */
export function persistentTensor(shape: Shape, dtype: DType): Tensor {
  checkDType(dtype);
  return tensorOver(kernelFor(dtype).allocatePersistent(sizeOf(shape), dtype), shape, dtype);
}

/** Sets a tensor to zero. */
export function clear(tensor: Tensor): void {
  kernelFor(tensor.dtype).clear(arrayOf(tensor));
}

/** Releases the memory of tensors that certainly nobody will read again. */
export function release(...tensors: Tensor[]): void {
  for (const tensor of tensors) storageOf(tensor).release();
}

/** A copy of the numbers, with another shape. */
export function copyAs(shape: Shape, x: Tensor): Tensor {
  const copy = emptyTensor(shape, x);
  arrayOf(copy).set(arrayOf(x));
  return copy;
}

/** The numbers of a tensor, for a kernel call that starts now; do not keep this array. */
export function arrayOf(tensor: Tensor): Tensor["data"] {
  return storageOf(tensor).array;
}

function product(
  a: Tensor | Transposed,
  b: Tensor | Transposed,
  { bias, into }: { bias?: Tensor; into?: Tensor } = {},
): Tensor {
  const [left, right] = [operand("matmul", a), operand("matmul", b)];
  const [m, k] = left.shape, [inner, n] = right.shape;
  const { tensor: x } = left, { tensor: y } = right;
  if (k !== inner) {
    throw new RangeError(
      `matmul takes [m, k] · [k, n] and got ${formatShape(left.shape)} · ${formatShape(right.shape)}: ` +
        `the inner sizes are ${k} and ${inner}`,
    );
  }
  if (x.dtype !== y.dtype) {
    throw new TypeError(`matmul takes two tensors of one type and got ${x.dtype} and ${y.dtype}: clone({ dtype }) one`);
  }
  if (bias) expectFit("affine", "a bias", bias, [n], x.dtype);
  if (into) expectFit("accumulateMatmul", "the sum", into, [m, n], x.dtype);
  const out = into ?? emptyTensor([m, n], x);
  const shape = {
    m,
    n,
    k,
    transposeA: left.isTransposed,
    transposeB: right.isTransposed,
    accumulate: into !== undefined,
  };
  kernelFor(x.dtype).matmul(shape, arrayOf(x), arrayOf(y), arrayOf(out), bias && arrayOf(bias));
  return out;
}

function operand(name: string, value: Tensor | Transposed): { tensor: Tensor; shape: Shape; isTransposed: boolean } {
  const isTransposed = !(value instanceof Tensor);
  const tensor = isTransposed ? value?.transposed : value;
  if (!(tensor instanceof Tensor)) {
    throw new TypeError(`${name} takes tensors and got ${describe(value)}: make one with Tensor.from`);
  }
  if (tensor.shape.length !== 2) {
    throw new RangeError(`${name} takes matrices [rows, columns] and got ${formatShape(tensor.shape)}`);
  }
  return { tensor, shape: isTransposed ? [tensor.shape[1], tensor.shape[0]] : tensor.shape, isTransposed };
}

/** Refuses a bias or a sum that does not have the shape and dtype of the product. */
function expectFit(name: string, what: string, tensor: Tensor, shape: Shape, dtype: DType): void {
  if (!(tensor instanceof Tensor)) {
    throw new TypeError(`${name} takes ${what} as a tensor and got ${describe(tensor)}: make one with Tensor.from`);
  }
  if (!sameShape(tensor.shape, shape)) {
    throw new RangeError(`${name} takes ${what} as ${formatShape(shape)} and got ${formatShape(tensor.shape)}`);
  }
  if (tensor.dtype !== dtype) {
    throw new TypeError(`${name} takes tensors of one type and got ${dtype} and ${tensor.dtype}: clone({ dtype }) one`);
  }
}
