/**
 * Who computes which chunk. Each thread has a share of a job's chunks, the same part of every job, so that it finds what it
 * wrote in one job still in its own cache in the next. Who has finished their share helps the others, from the end of
 * theirs. So a worker that comes late, or not at all, costs speed and nothing else: the first thread waits only for chunks
 * that somebody has taken.
 *
 * A share is a ticket of 64 bits: the job's number, the end of the share and its beginning. Taking a chunk moves one of
 * both. The first thread writes a job's arguments before its tickets; the arguments may be read after a chunk was taken,
 * and only then: until it is done the job cannot end.
 */
import { ARGUMENTS, DONE, FAILED, SLEEPERS, STOP, TICKETS, WAKE } from "./layout";
import { compute } from "./dispatch";
import { thread, threads } from "./job";

let job: u64 = 0;

/** Takes a chunk of the job on offer, or -1 when there is none left. */
function take(): i32 {
  for (let i = 0; i < threads; i++) {
    const owner = thread + i < threads ? thread + i : thread + i - threads, place: usize = TICKETS + (owner << 6);
    while (true) {
      const ticket = atomic.load<u64>(place), first = ticket & 0xffff, end = (ticket >> 16) & 0xffff;
      if (first >= end) break;
      const rest = i == 0 ? ticket + 1 : ticket - 0x10000;
      if (atomic.cmpxchg<u64>(place, ticket, rest) == ticket) return <i32>(i == 0 ? first : end - 1);
    }
  }
  return -1;
}

/** Whether a chunk is left. */
function onOffer(): bool {
  for (let i = 0; i < threads; i++) {
    const ticket = atomic.load<u64>(TICKETS + (i << 6));
    if ((ticket & 0xffff) < ((ticket >> 16) & 0xffff)) return true;
  }
  return false;
}

/** Computes a whole job on this thread alone. */
export function runAlone(code: i32, chunks: i32): void {
  for (let chunk = 0; chunk < chunks; chunk++) compute(code, chunk);
}

/** Offers a job to all threads and computes along until no chunk is left; `finished` says when all are done. */
export function run(code: i32, chunks: i32): void {
  atomic.store<i32>(DONE, 0);
  store<i32>(ARGUMENTS, code);
  job++;
  for (let i = 0; i < threads; i++) {
    const first = <u64>(chunks * i / threads), end = <u64>(chunks * (i + 1) / threads);
    atomic.store<u64>(TICKETS + (i << 6), (job << 32) | (end << 16) | first);
  }
  atomic.store<i32>(WAKE, <i32>job);
  if (atomic.load<i32>(SLEEPERS) > 0) atomic.notify(WAKE, -1);
  while (true) {
    const chunk = take();
    if (chunk < 0) return;
    compute(code, chunk);
    atomic.add<i32>(DONE, 1);
  }
}

/** Waits, a limited number of turns, for the chunks that others have taken. Returns whether all are done. */
export function finished(chunks: i32, turns: i32): bool {
  for (let i = 0; i < turns; i++) if (atomic.load<i32>(DONE) >= chunks) return true;
  return false;
}

/**
 * What a worker does: computes chunks; looks out for the next job for a while, then sleeps. Returns when told to stop,
 * or after sleeping for `patience` nanoseconds, so that the worker can look around.
 */
export function serve(turns: i32, patience: i64): void {
  while (true) {
    for (let i = 0; i < turns; i++) {
      const chunk = take();
      if (chunk >= 0) {
        compute(load<i32>(ARGUMENTS), chunk);
        atomic.add<i32>(DONE, 1);
        i = 0;
      }
    }
    if (atomic.load<i32>(STOP)) return;
    const seen = atomic.load<i32>(WAKE);
    atomic.add<i32>(SLEEPERS, 1);
    let answer = 1;
    if (!onOffer()) answer = atomic.wait<i32>(WAKE, seen, patience); // a job offered meanwhile must not be slept through
    atomic.sub<i32>(SLEEPERS, 1);
    if (answer == 2) return;
  }
}
