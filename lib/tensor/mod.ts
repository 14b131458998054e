/** Tensors, seeded random numbers, and the products that layers are written in. */
export { Random } from "./random.ts";
export type { Nested, Shape } from "./shape.ts";
export { Tensor, type TensorOptions } from "./tensor.ts";
export { accumulateMatmul, accumulateRows, affine, matmul, transpose, type Transposed } from "./operations.ts";
