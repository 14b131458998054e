// TensorFlow.js on its cpu backend: the original's network with Adam, batches of 64.
import { measure } from "./measure.ts";

// deno-lint-ignore no-explicit-any
const tf = await import("npm:@tensorflow/tfjs" + "@4.22.0") as any;
await tf.setBackend("cpu");

const model = tf.sequential();
const conv = (filters: number, more = {}) =>
  model.add(tf.layers.conv2d({ filters, kernelSize: 3, padding: "same", ...more }));
const poolAndBend = () => {
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tf.layers.activation({ activation: "tanh" }));
};
conv(6, { inputShape: [28, 28, 1] });
poolAndBend();
conv(12);
poolAndBend();
model.add(tf.layers.flatten());
for (const units of [512, 128]) model.add(tf.layers.dense({ units }));
model.add(tf.layers.dense({ units: 10, activation: "softmax" }));
model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
const images = tf.randomNormal([64, 28, 28, 1]);
const labels = tf.oneHot(tf.tensor1d(Array.from({ length: 64 }, (_, i) => i % 10), "int32"), 10);

await measure(tf.version.tfjs, async () => {
  await model.trainOnBatch(images, labels);
  return 64;
});
