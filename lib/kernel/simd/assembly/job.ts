/** What a job can ask of the memory: its arguments. */
import { ARGUMENTS } from "./layout";

/** The word `i` of the job's arguments. */
// @ts-ignore: decorator
@inline
export function int(i: i32): i32 {
  return load<i32>(ARGUMENTS + (i << 2));
}

/** The address in word `i`. */
// @ts-ignore: decorator
@inline
export function address(i: i32): usize {
  return load<usize>(ARGUMENTS + (i << 2));
}

/** The number in word `i`. */
// @ts-ignore: decorator
@inline
export function float(i: i32): f32 {
  return load<f32>(ARGUMENTS + (i << 2));
}

/** Which thread this is, and of how many: 0 is the one that hands out the jobs. */
export let thread: i32 = 0;
export let threads: i32 = 1;

/** Says which thread this instance computes for. */
export function setThread(index: i32, count: i32): void {
  thread = index;
  threads = count;
}

/** This thread's part of a scratch area: words `i` and `i + 1` hold its address and the size of one thread's part. */
// @ts-ignore: decorator
@inline
export function scratch(i: i32): usize {
  return address(i) + <usize>thread * address(i + 1);
}
