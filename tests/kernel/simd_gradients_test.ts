// The gradients of a whole network: the SIMD kernel in float32 compared with the reference in float64.
import { assert, assertEquals } from "@std/assert";
import {
  Conv2D,
  CrossEntropyLoss,
  FC,
  Flatten,
  type Layer,
  MaxPool2D,
  Module,
  Random,
  Tanh,
  Tensor,
} from "../../mod.ts";
import { setFloat32Kernel } from "../../lib/kernel/select.ts";
import { simdKernel, threadsUp } from "./kernels.ts";

type DType = "float32" | "float64";

function cnn(dtype: DType): Module {
  const random = new Random(1);
  const layers: Layer[] = [
    new Conv2D({ inChannels: 1, outChannels: 6, kernelSize: 3, padding: 1, random, dtype }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Conv2D({ inChannels: 6, outChannels: 12, kernelSize: 3, padding: 1, random, dtype }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Flatten(),
    new FC({ inFeatures: 588, outFeatures: 512, random, dtype }),
    new FC({ inFeatures: 512, outFeatures: 128, random, dtype }),
    new FC({ inFeatures: 128, outFeatures: 10, random, dtype }),
  ];
  return new Module(layers);
}

/** The gradients of every parameter and of the images, after one pass over `images`. */
function gradients(model: Module, images: Tensor, labels: number[]): Map<string, Tensor> {
  const loss = new CrossEntropyLoss();
  loss.forward(model.forward(images), labels);
  const gradX = model.backward(loss.backward());
  return new Map([...model.parameters().map(({ name, grad }) => [name, grad] as const), ["images", gradX]]);
}

/** The largest difference, in units of the largest number. */
function relativeError(found: Tensor, wanted: Tensor): number {
  const [a, b] = [found.data, wanted.data];
  let [difference, size] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
    size = Math.max(size, Math.abs(b[i]));
  }
  return difference / size;
}

for (const threads of [1, 2]) {
  const across = threads === 1 ? "one thread" : `${threads} threads`;
  Deno.test(`the gradients of a CNN agree with float64 to 1e-5, on ${across}`, async () => {
    const kernel = simdKernel({ threads });
    await threadsUp(kernel);
    setFloat32Kernel(kernel);
    const [exact, fast] = [cnn("float64"), cnn("float32")];
    for (const [i, { value }] of fast.parameters().entries()) {
      exact.parameters()[i].value = value.clone({ dtype: "float64" }); // both have the same weights, rounded to float32
    }
    const images = Tensor.uniform([64, 1, 28, 28], { random: new Random(2) });
    const labels = Array.from({ length: 64 }, (_, i) => i % 10);
    const wanted = gradients(exact, images.clone({ dtype: "float64" }), labels);
    const found = gradients(fast, images, labels);
    assertEquals([...found.keys()], [...wanted.keys()]);
    for (const [name, gradient] of found) {
      const error = relativeError(gradient, wanted.get(name)!);
      assert(error <= 1e-5, `${name}: ${error}`);
    }
    kernel.machine.close();
  });
}
