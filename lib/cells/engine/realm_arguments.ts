/** How the process of a realm is started: with the permissions of its cells, and with nothing that would reach a registry. */

import type { RealmPermissions } from "./protocol.ts";

/** The environment that the process itself needs, to find its cache and to know whether colors are wanted. */
const NAMES = [
  "DENO_DIR",
  "HOME",
  "XDG_CACHE_HOME",
  "LOCALAPPDATA",
  "USERPROFILE",
  "SYSTEMROOT",
  "PATH",
  "NO_COLOR",
  "TMPDIR",
];

/**
 * The room for new objects, in MiB; V8 would take 16. The process of a lesson is the second one on a learner's machine: with 2 it takes 12 MB
 * less after lesson 4, and trains the network of lesson 16 as fast.
 */
const NEW_SPACE = 2;

/**
 * Deno asks no permission before it writes to its own folder what a thread of a cell puts into `caches`. With this, it would send it to a server
 * instead, at a port that does not exist: nothing is kept, and nothing is sent.
 */
const NO_CACHES = { DENO_CACHE_LSC_ENDPOINT: "http://127.0.0.1:0,none" };

/**
 * The arguments of `deno`, up to the program.
 *
 * @param lock The lock file that says which packages the cells may import; without one they import none that is not named in the configuration.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 *
 * const flags = processArguments({ read: ["/lessons"], env: [] });
 * assert(flags.includes("--allow-read=/lessons"));
 * assertEquals(flags.some((flag) => flag.startsWith("--allow-env") || flag.startsWith("--allow-net")), false);
 * ```
 */
export function processArguments({ read, write, net, env, sys }: RealmPermissions, lock?: string): string[] {
  const flag = (name: string, values: readonly string[] = []): string[] =>
    values.length > 0 ? [`--allow-${name}=${values.map((value) => value.replaceAll(",", ",,")).join(",")}`] : [];
  return [
    ...[
      "run",
      "--quiet",
      "--no-prompt",
      "--no-check",
      "--no-remote",
      "--cached-only",
      `--v8-flags=--max-semi-space-size=${NEW_SPACE}`,
    ],
    ...lock === undefined ? ["--no-lock"] : [`--lock=${lock}`, "--frozen"],
    ...flag("read", read),
    ...flag("write", write),
    ...flag("net", net),
    ...flag("env", env),
    ...(sys?.length ? ["--allow-sys"] : []), // the command line does not know every name that a Worker knows
  ];
}

/** The environment of the process, as far as this program may read its own. */
export function processEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { DENO_NO_UPDATE_CHECK: "1", ...NO_CACHES };
  for (const name of [...NAMES, "COLORTERM", "MNIST_DIR"]) {
    if (Deno.permissions.querySync({ name: "env", variable: name }).state !== "granted") continue;
    const value = Deno.env.get(name);
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** The `deno` that this program may start: its own, or the one on the path, which is what a task can name. */
export function denoProgram(): string {
  const own = Deno.execPath();
  return Deno.permissions.querySync({ name: "run", command: own }).state === "granted" ? own : "deno";
}
