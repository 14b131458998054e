/**
 * Where things lie in the first page of the memory. The file is read by both compilers: AssemblyScript and TypeScript.
 *
 * Each word that two threads write has a cache line of its own.
 */

/** How many chunks of the job are done. */
export const DONE = 64;
/** How many workers sleep. */
export const SLEEPERS = 128;
/** Counts jobs; sleeping workers wait for it to change. */
export const WAKE = 192;
/** Set when the workers are to leave. */
export const STOP = 256;
/** Set when a worker's chunk failed. */
export const FAILED = 320;
/** 64 words: the job's code, then its arguments. */
export const ARGUMENTS = 384;
/** 64 bytes that stay zero. */
export const ZEROS = 640;
/** Constants of the compiled code. */
export const CONSTANTS = 1024;
/** A line for each thread, 64 at most, with 64 bits in it: which job runs, and which chunks are left of the thread's share. */
export const TICKETS = 8192;
/** The end of what is fixed: memory to hand out begins here. */
export const ARENA = 65536;

/** A matrix is packed in groups of this many rows: four tiles of five. */
export const ROW_GROUP = 20;
/** How many rows of `out` one chunk of a matrix product computes at most. */
export const CHUNK_ROWS = 240;
/** How many columns one chunk of a matrix product computes. */
export const CHUNK_COLUMNS = 16;
/** How many steps of k are packed at a time: a panel of b and a tile of a fit the first cache. */
export const K_BLOCK = 640;
/** How many numbers one chunk of an element-by-element operation has. */
export const CHUNK_ELEMENTS = 16384;
