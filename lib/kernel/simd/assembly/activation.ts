/** Activations, and the product of two arrays, element by element. */
import { Elementwise } from "./arguments";
import { sigmoid4, tanh4 } from "./functions";
import { address, int } from "./job";
import { CHUNK_ELEMENTS } from "./layout";
import { nmadd, put } from "./vector";

let a: usize = 0, b: usize = 0, out: usize = 0, bytes: usize = 0;

/** Points `a`, `b` and `out` at the elements of this chunk; `bytes` is their size. */
function select(chunk: i32): void {
  const first = chunk * CHUNK_ELEMENTS, offset = <usize>first << 2;
  a = address(Elementwise.a) + offset;
  b = address(Elementwise.b) + offset;
  out = address(Elementwise.out) + offset;
  bytes = <usize>min(CHUNK_ELEMENTS, int(Elementwise.count) - first) << 2;
}

/** max(x, 0); NaN stays NaN. */
export function reluForwardChunk(chunk: i32): void {
  select(chunk);
  const zero = f32x4.splat(0);
  let i: usize = 0;
  for (; i + 32 <= bytes; i += 32) { // two vectors at a time: these loops do little else than count
    const x = v128.load(a + i), y = v128.load(a + i, 16);
    v128.store(out + i, v128.andnot(x, f32x4.le(x, zero)));
    v128.store(out + i, v128.andnot(y, f32x4.le(y, zero)), 16);
  }
  for (; i < bytes; i += 16) {
    const x = v128.load(a + i);
    put(out + i, v128.andnot(x, f32x4.le(x, zero)), bytes - i);
  }
}

/** The gradient where x > 0, else 0. */
export function reluBackwardChunk(chunk: i32): void {
  select(chunk);
  const zero = f32x4.splat(0);
  let i: usize = 0;
  for (; i + 32 <= bytes; i += 32) {
    v128.store(out + i, v128.and(v128.load(b + i), f32x4.gt(v128.load(a + i), zero)));
    v128.store(out + i, v128.and(v128.load(b + i, 16), f32x4.gt(v128.load(a + i, 16), zero)), 16);
  }
  for (; i < bytes; i += 16) {
    put(out + i, v128.and(v128.load(b + i), f32x4.gt(v128.load(a + i), zero)), bytes - i);
  }
}

/** 1 / (1 + e^-x). */
export function sigmoidForwardChunk(chunk: i32): void {
  select(chunk);
  for (let i: usize = 0; i < bytes; i += 16) put(out + i, sigmoid4(v128.load(a + i)), bytes - i);
}

/** dy · y (1 - y). */
export function sigmoidBackwardChunk(chunk: i32): void {
  select(chunk);
  const one = f32x4.splat(1);
  for (let i: usize = 0; i < bytes; i += 16) {
    const y = v128.load(a + i);
    put(out + i, f32x4.mul(f32x4.mul(v128.load(b + i), y), f32x4.sub(one, y)), bytes - i);
  }
}

/** tanh x. */
export function tanhForwardChunk(chunk: i32): void {
  select(chunk);
  for (let i: usize = 0; i < bytes; i += 16) put(out + i, tanh4(v128.load(a + i)), bytes - i);
}

/** dy (1 - y²). */
export function tanhBackwardChunk(chunk: i32): void {
  select(chunk);
  const one = f32x4.splat(1);
  for (let i: usize = 0; i < bytes; i += 16) {
    const y = v128.load(a + i);
    put(out + i, f32x4.mul(v128.load(b + i), nmadd(y, y, one)), bytes - i);
  }
}

/** a · b. */
export function multiplyChunk(chunk: i32): void {
  select(chunk);
  let i: usize = 0;
  for (; i + 32 <= bytes; i += 32) {
    v128.store(out + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
    v128.store(out + i, f32x4.mul(v128.load(a + i, 16), v128.load(b + i, 16)), 16);
  }
  for (; i < bytes; i += 16) put(out + i, f32x4.mul(v128.load(a + i), v128.load(b + i)), bytes - i);
}
