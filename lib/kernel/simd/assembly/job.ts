/** What a job knows: its arguments, by the names in `arguments.ts`, and which thread computes it. */
import { ARGUMENTS, FLOAT_ARGUMENTS } from "./layout";

/** An argument that is a whole number, or a flag. */
// @ts-ignore: decorator
@inline
export function int(name: i32): i32 {
  return load<i32>(ARGUMENTS + (name << 2));
}

/** An argument that is an address. */
// @ts-ignore: decorator
@inline
export function address(name: i32): usize {
  return load<usize>(ARGUMENTS + (name << 2));
}

/** An argument that is a float32 number. */
// @ts-ignore: decorator
@inline
export function float(name: i32): f32 {
  return load<f32>(FLOAT_ARGUMENTS + (name << 2));
}

/** Which thread this is, and how many there are: 0 is the one that hands out the jobs. */
export let thread: i32 = 0;
export let threads: i32 = 1;

/** Says which thread this instance computes for. */
export function setThread(index: i32, count: i32): void {
  thread = index;
  threads = count;
}

/** This thread's part of a scratch area: the area begins at `start`, and each thread has `size` bytes of it. */
// @ts-ignore: decorator
@inline
export function scratch(start: i32, size: i32): usize {
  return address(start) + <usize>thread * address(size);
}
