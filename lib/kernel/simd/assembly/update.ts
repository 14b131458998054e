/** The steps of the optimizers, element by element; the formulas are in the reference. */
import { AdamFloat, RMSPropFloat, SGDFloat, Update } from "./arguments";
import { address, float, int } from "./job";
import { CHUNK_ELEMENTS } from "./layout";
import { madd, nmadd, put } from "./vector";

let value: usize = 0, grad: usize = 0, velocity: usize = 0, mean: usize = 0, square: usize = 0, bytes: usize = 0;

/** Points at the elements of this chunk; `bytes` is their size. */
function select(chunk: i32): void {
  const start = chunk * CHUNK_ELEMENTS, offset = <usize>start << 2;
  value = address(Update.value) + offset;
  grad = address(Update.grad) + offset;
  velocity = address(Update.velocity) + offset;
  mean = address(Update.mean) + offset;
  square = address(Update.square) + offset;
  bytes = <usize>min(CHUNK_ELEMENTS, int(Update.count) - start) << 2;
}

/** SGD, with momentum if there is a velocity. */
export function sgdChunk(chunk: i32): void {
  select(chunk);
  const rate = f32x4.splat(float(SGDFloat.learningRate)), momentum = f32x4.splat(float(SGDFloat.momentum));
  const decay = f32x4.splat(float(SGDFloat.weightDecay));
  const hasVelocity = int(Update.hasVelocity), isFirst = int(Update.firstStep), nesterov = int(Update.nesterov);
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(value + i);
    let direction = madd(decay, w, v128.load(grad + i));
    if (hasVelocity) {
      const moving = isFirst ? direction : madd(momentum, v128.load(velocity + i), direction);
      put(velocity + i, moving, bytes - i);
      direction = nesterov ? madd(momentum, moving, direction) : moving;
    }
    put(value + i, nmadd(rate, direction, w), bytes - i);
  }
}

/** RMSProp. */
export function rmspropChunk(chunk: i32): void {
  select(chunk);
  const rate = f32x4.splat(float(RMSPropFloat.learningRate)), decay = f32x4.splat(float(RMSPropFloat.weightDecay));
  const alpha = f32x4.splat(float(RMSPropFloat.alpha)), rest = f32x4.splat(float(RMSPropFloat.oneMinusAlpha));
  const epsilon = f32x4.splat(float(RMSPropFloat.epsilon));
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(value + i), g = madd(decay, w, v128.load(grad + i));
    const s = madd(alpha, v128.load(square + i), f32x4.mul(rest, f32x4.mul(g, g)));
    put(square + i, s, bytes - i);
    put(value + i, f32x4.sub(w, f32x4.div(f32x4.mul(rate, g), f32x4.add(f32x4.sqrt(s), epsilon))), bytes - i);
  }
}

/** Adam and AdamW. */
export function adamChunk(chunk: i32): void {
  select(chunk);
  const rate = f32x4.splat(float(AdamFloat.learningRate)), decay = f32x4.splat(float(AdamFloat.weightDecay));
  const beta1 = f32x4.splat(float(AdamFloat.beta1)), rest1 = f32x4.splat(float(AdamFloat.oneMinusBeta1));
  const beta2 = f32x4.splat(float(AdamFloat.beta2)), rest2 = f32x4.splat(float(AdamFloat.oneMinusBeta2));
  const unbias = f32x4.splat(float(AdamFloat.unbias)), epsilon = f32x4.splat(float(AdamFloat.epsilon));
  const shrink = f32x4.splat(float(AdamFloat.shrink));
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(value + i), g = madd(decay, w, v128.load(grad + i));
    const m = madd(beta1, v128.load(mean + i), f32x4.mul(rest1, g));
    const s = madd(beta2, v128.load(square + i), f32x4.mul(rest2, f32x4.mul(g, g)));
    const move = f32x4.div(f32x4.mul(rate, m), madd(f32x4.sqrt(s), unbias, epsilon));
    put(mean + i, m, bytes - i);
    put(square + i, s, bytes - i);
    put(value + i, f32x4.sub(f32x4.mul(w, shrink), move), bytes - i);
  }
}

/** Sets the values to zero. */
export function clearChunk(chunk: i32): void {
  select(chunk);
  memory.fill(value, 0, bytes);
}
