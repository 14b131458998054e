/**
 * Who computes which chunk. The first thread writes a job's arguments and then its ticket: 64 bits that hold the job's
 * number, how many chunks there are, and the next one to be taken. Whoever is free takes the next chunk by raising the
 * ticket by one, the first thread included. So a worker that comes late, or not at all, costs speed and nothing else:
 * the first thread waits only for chunks that somebody has taken.
 *
 * The arguments may be read after a chunk was taken, and only then: until it is done the job cannot end.
 */
import { ARGUMENTS, DONE, FAILED, SLEEPERS, STOP, TICKET, WAKE } from "./layout";
import { compute } from "./dispatch";

let job: u64 = 0;

/** Takes a chunk of the job on offer, or -1 when there is none left. */
function take(): i32 {
  while (true) {
    const ticket = atomic.load<u64>(TICKET);
    const next = ticket & 0xffff, chunks = (ticket >> 16) & 0xffff;
    if (next >= chunks) return -1;
    if (atomic.cmpxchg<u64>(TICKET, ticket, ticket + 1) == ticket) return <i32>next;
  }
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
  atomic.store<u64>(TICKET, (job << 32) | (<u64>chunks << 16));
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
    const ticket = atomic.load<u64>(TICKET); // a job that was offered meanwhile must not be slept through
    if ((ticket & 0xffff) >= ((ticket >> 16) & 0xffff)) answer = atomic.wait<i32>(WAKE, seen, patience);
    atomic.sub<i32>(SLEEPERS, 1);
    if (answer == 2) return;
  }
}
