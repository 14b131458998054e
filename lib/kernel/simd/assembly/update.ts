/**
 * The steps of the optimizers, element by element; the formulas stand in the reference. Arguments: 1 value, 2 gradient,
 * 3 and 4 the state, 5 the number of elements, 6 flags, 7 and on the constants of the step.
 */
import { address, float, int } from "./job";
import { CHUNK_ELEMENTS } from "./layout";
import { madd, nmadd, put } from "./vector";

let value: usize = 0, grad: usize = 0, first: usize = 0, second: usize = 0, bytes: usize = 0;

/** Points at the elements of this chunk. */
function select(chunk: i32): void {
  const start = chunk * CHUNK_ELEMENTS, offset = <usize>start << 2;
  value = address(1) + offset;
  grad = address(2) + offset;
  first = address(3) + offset;
  second = address(4) + offset;
  bytes = <usize>min(CHUNK_ELEMENTS, int(5) - start) << 2;
}

/** Constants: 7 rate, 8 momentum, 9 weight decay. Flags: 1 there is a velocity, 2 the first step, 4 Nesterov. */
export function sgdChunk(chunk: i32): void {
  select(chunk);
  const rate = f32x4.splat(float(7)), momentum = f32x4.splat(float(8)), decay = f32x4.splat(float(9)), flags = int(6);
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(value + i);
    let direction = madd(decay, w, v128.load(grad + i));
    if (flags & 1) {
      const moving = flags & 2 ? direction : madd(momentum, v128.load(first + i), direction);
      put(first + i, moving, bytes - i);
      direction = flags & 4 ? madd(momentum, moving, direction) : moving;
    }
    put(value + i, nmadd(rate, direction, w), bytes - i);
  }
}

/** Constants: 7 rate, 8 alpha, 9 weight decay, 10 epsilon, 11 1 - alpha. State: 3 the mean square. */
export function rmspropChunk(chunk: i32): void {
  select(chunk);
  const rate = f32x4.splat(float(7)), alpha = f32x4.splat(float(8)), decay = f32x4.splat(float(9));
  const epsilon = f32x4.splat(float(10)), rest = f32x4.splat(float(11));
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(value + i), g = madd(decay, w, v128.load(grad + i));
    const s = madd(alpha, v128.load(first + i), f32x4.mul(rest, f32x4.mul(g, g)));
    put(first + i, s, bytes - i);
    put(value + i, f32x4.sub(w, f32x4.div(f32x4.mul(rate, g), f32x4.add(f32x4.sqrt(s), epsilon))), bytes - i);
  }
}

/**
 * Constants: 7 rate / (1 - beta1ᵗ), 8 beta1, 9 weight decay that joins the gradient, 10 epsilon, 11 1 - beta1, 12 beta2,
 * 13 1 - beta2, 14 1 / √(1 - beta2ᵗ), 15 what a decoupled decay leaves of the weight. State: 3 the mean, 4 the mean square.
 */
export function adamChunk(chunk: i32): void {
  select(chunk);
  const rate = f32x4.splat(float(7)), beta1 = f32x4.splat(float(8)), decay = f32x4.splat(float(9));
  const epsilon = f32x4.splat(float(10)), rest1 = f32x4.splat(float(11)), beta2 = f32x4.splat(float(12));
  const rest2 = f32x4.splat(float(13)), unbias = f32x4.splat(float(14)), shrink = f32x4.splat(float(15));
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(value + i), g = madd(decay, w, v128.load(grad + i));
    const m = madd(beta1, v128.load(first + i), f32x4.mul(rest1, g));
    const s = madd(beta2, v128.load(second + i), f32x4.mul(rest2, f32x4.mul(g, g)));
    const move = f32x4.div(f32x4.mul(rate, m), madd(f32x4.sqrt(s), unbias, epsilon));
    put(first + i, m, bytes - i);
    put(second + i, s, bytes - i);
    put(value + i, f32x4.sub(f32x4.mul(w, shrink), move), bytes - i);
  }
}

/** Zeros in the place of the values. */
export function clearChunk(chunk: i32): void {
  select(chunk);
  memory.fill(value, 0, bytes);
}
