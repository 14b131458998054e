// jax-js on its wasm backend: the original's network with Adam, batches of 64, one compiled step.
import { measure } from "./measure.ts";

const version = "0.1.25";
const { init, defaultDevice, jit, lax, nn, numpy: np, random, tree, valueAndGrad } = await import(
  "npm:@jax-js/jax" + `@${version}`
  // deno-lint-ignore no-explicit-any
) as any;
await init("wasm");
defaultDevice("wasm");

// deno-lint-ignore no-explicit-any
type Value = any;
type Parameters = Record<string, Value>;
const shapes: Record<string, number[]> = {
  conv1: [6, 1, 3, 3],
  conv1Bias: [6],
  conv2: [12, 6, 3, 3],
  conv2Bias: [12],
  fc1: [588, 512],
  fc1Bias: [512],
  fc2: [512, 128],
  fc2Bias: [128],
  fc3: [128, 10],
  fc3Bias: [10],
};
const names = Object.keys(shapes);
const zeros = (): Parameters => Object.fromEntries(names.map((name) => [name, np.zeros(shapes[name])]));
const start = (): Parameters =>
  Object.fromEntries(names.map((name, i) => [name, random.normal(random.key(i), shapes[name]).mul(0.05)]));

/** Convolution, the maximum of each 2 × 2 window, tanh. */
function stage(x: Value, weight: Value, bias: Value, size: number): Value {
  const y = lax.conv(x, weight, [1, 1], "SAME").add(bias.reshape([1, -1, 1, 1]));
  const [n, c] = [y.shape[0], y.shape[1]];
  return np.tanh(np.max(y.reshape([n, c, size / 2, 2, size / 2, 2]), [3, 5]));
}

function loss(p: Parameters, x: Value, target: Value): Value {
  const bent = stage(stage(x, p.conv1, p.conv1Bias, 28), p.conv2, p.conv2Bias, 14);
  const h1 = np.matmul(bent.reshape([64, 588]), p.fc1).add(p.fc1Bias);
  const h2 = np.matmul(h1, p.fc2).add(p.fc2Bias);
  const scores = np.matmul(h2, p.fc3).add(p.fc3Bias);
  return np.sum(nn.logSoftmax(scores).mul(target)).mul(-1 / 64);
}

const step = jit((p: Parameters, m: Parameters, v: Parameters, x: Value, target: Value) => {
  const [value, grads] = valueAndGrad(loss)(tree.ref(p), x, target);
  const next: [Parameters, Parameters, Parameters] = [{}, {}, {}];
  for (const name of names) {
    const g = grads[name];
    const mean = m[name].mul(0.9).add(g.ref.mul(0.1)), square = v[name].mul(0.999).add(g.ref.mul(g).mul(0.001));
    next[0][name] = p[name].sub(mean.ref.div(np.sqrt(square.ref).add(1e-8)).mul(1e-3));
    [next[1][name], next[2][name]] = [mean, square];
  }
  return [value, ...next];
});

let [p, m, v] = [start(), zeros(), zeros()];
const images = random.normal(random.key(99), [64, 1, 28, 28]);
const target = nn.oneHot(np.array(Array.from({ length: 64 }, (_, i) => i % 10), { dtype: np.int32 }), 10);

await measure(version, async () => {
  let value: Value;
  [value, p, m, v] = step(p, m, v, images.ref, target.ref);
  await value.data();
  return 64;
});
