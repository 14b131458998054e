// ConvNetJS: the original's network, batches of 64, with SGD and momentum: version 0.3.0 has no Adam, and it takes any
// name of a method that it does not know for this one.
import { measure } from "./measure.ts";

// deno-lint-ignore no-explicit-any
const { default: convnetjs } = await import("npm:convnetjs" + "@0.3.0") as any;

const net = new convnetjs.Net();
net.makeLayers([
  { type: "input", out_sx: 28, out_sy: 28, out_depth: 1 },
  { type: "conv", sx: 3, pad: 1, stride: 1, filters: 6 },
  { type: "pool", sx: 2, stride: 2 },
  { type: "tanh" },
  { type: "conv", sx: 3, pad: 1, stride: 1, filters: 12 },
  { type: "pool", sx: 2, stride: 2 },
  { type: "tanh" },
  { type: "fc", num_neurons: 512 },
  { type: "fc", num_neurons: 128 },
  { type: "softmax", num_classes: 10 },
]);
const trainer = new convnetjs.Trainer(net, { method: "sgd", momentum: 0.9, batch_size: 64, learning_rate: 1e-3 });
const images = Array.from({ length: 64 }, () => {
  const image = new convnetjs.Vol(28, 28, 1, 0);
  for (let i = 0; i < 784; i++) image.w[i] = Math.random();
  return image;
});

await measure("0.3.0", () => {
  for (const [i, image] of images.entries()) trainer.train(image, i % 10);
  return images.length;
});
