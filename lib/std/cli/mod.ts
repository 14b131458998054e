/**
 * Parses the command line, with the names and the behavior of `jsr:@std/cli`, for machines that cannot reach JSR.
 *
 * It has only what this project uses. `deno.json` declares the real package and links this one instead.
 *
 * @module
 */
export * from "./parse_args.ts";
