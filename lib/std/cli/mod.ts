/**
 * Reading the command line, with the names and the behavior of `jsr:@std/cli`, for places where JSR is out of reach.
 *
 * Only what this project uses is here. `deno.json` declares the real package and links this one in its stead.
 *
 * @module
 */
export * from "./parse_args.ts";
