/**
 * Where things are in the first page of the memory. This file is read by both compilers, AssemblyScript and TypeScript.
 *
 * Each word that two threads write has a cache line to itself.
 */

/** How many chunks of the job are done. */
export const DONE = 64;
/** How many workers sleep. */
export const SLEEPERS = 128;
/** Counts jobs; sleeping workers wait for it to change. */
export const WAKE = 192;
/** Set when the workers must end. */
export const STOP = 256;
/** Set when a worker's chunk failed. */
export const FAILED = 320;
/** The code of the job. */
export const JOB = 384;
/** Its arguments that are whole numbers or addresses; `arguments.ts` names them. */
export const ARGUMENTS = 388;
export const MAX_ARGUMENTS = 47;
/** Its arguments that are float32 numbers. */
export const FLOAT_ARGUMENTS = 576;
export const MAX_FLOAT_ARGUMENTS = 16;
/** 64 bytes that stay zero. */
export const ZEROS = 640;
/** Constants of the compiled code. */
export const CONSTANTS = 1024;
/** For each thread, 64 at most, a cache line with a ticket: which job runs, and which chunks of the thread's share are left. */
export const TICKETS = 8192;
/** The end of what is fixed: the memory to allocate begins here. */
export const ARENA = 65536;

/** A matrix is packed in groups of this many rows: four tiles of five. */
export const ROW_GROUP = 20;
/** One chunk of a matrix product computes at most this many rows of `out`. */
export const CHUNK_ROWS = 240;
/** One chunk of a matrix product computes this many columns. */
export const CHUNK_COLUMNS = 16;
/** So many steps of k are packed at a time: a panel of b and a tile of a fit the first-level cache. */
export const K_BLOCK = 640;
/** One chunk of an element-by-element operation has this many numbers. */
export const CHUNK_ELEMENTS = 16384;
/** The bytes at the end of a thread's scratch where it computes a whole tile, of which only a part is inside `out`. */
export const EDGE_TILE = 256;
/** The bytes of nine sums of four lanes: the gradient of the weights is computed in groups of 3 × 3. */
export const NINE_SUMS = 144;
/** The bytes between the matrices of two places in Winograd's products: their lines must not all fall into one set of the cache. */
export const PLACE_GAP = 64;
