/** Where MNIST can be had. What a lesson may reach is known before anything of it is loaded, so this stands by itself. */

/**
 * Where MNIST is downloaded from, in this order. The original site answers 403 since 2021.
 *
 * @example
 * ```ts
 * import { MNIST_MIRRORS } from "@gradually/gradually/data";
 * import { assert } from "@std/assert";
 *
 * assert(MNIST_MIRRORS.every((mirror) => mirror.startsWith("https://") && mirror.endsWith("/")));
 * ```
 */
export const MNIST_MIRRORS: readonly string[] = [
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
];
