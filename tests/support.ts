// Tests that need a permission or a tool: they run if it is available; otherwise they are ignored, with the reason in their name.
import { tmpdir } from "node:os";

/**
 * What one permission is needed for. `true`: the default (see {@linkcode Needs}); strings: these paths, hosts or names.
 */
export type Scope = boolean | string | readonly string[];

/** The permissions that a test needs. */
export interface Needs {
  /** `true`: any path. */
  read?: Scope;
  /** `true`: the folder for temporary files ({@linkcode withTempDir}). */
  write?: Scope;
  /** `true`: this machine, 127.0.0.1. */
  net?: Scope;
  /** `true`: deno itself, as `Deno.execPath()` names it. */
  run?: Scope;
  /** `true`: any variable. */
  env?: Scope;
  /** `true`: all of it. */
  sys?: Scope;
  /** `true`: any library. */
  ffi?: Scope;
}

/** The body of a test. */
export type TestBody = (t: Deno.TestContext) => void | Promise<void>;

/** The other options of `Deno.test`. */
export type TestOptions = Omit<Deno.TestDefinition, "name" | "fn" | "ignore">;

/**
 * Registers a test that needs permissions. If one is missing, the test is ignored, and its name says which flag it
 * needs, so that a plain `deno test` passes and hides nothing.
 */
export function testWith(needs: Needs, name: string, fn: TestBody, options: TestOptions = {}): void {
  const flags = missing(needs);
  testWhen(flags.length === 0, `needs ${flags.join(" ")}`, name, fn, options);
}

/** Registers a test that is ignored, with the reason in its name, unless `condition` holds. */
export function testWhen(
  condition: boolean,
  reason: string,
  name: string,
  fn: TestBody,
  options: TestOptions = {},
): void {
  Deno.test({ ...options, name: condition ? name : `${name} (ignored: ${reason})`, ignore: !condition, fn });
}

/** The flags that these needs lack, as a user would write them: `["--allow-read", "--allow-net=127.0.0.1"]`. */
export function missing(needs: Needs): string[] {
  const flags: string[] = [];
  for (const [kind, scope] of Object.entries(needs) as [keyof Needs, Scope | undefined][]) {
    if (scope === undefined || scope === false) continue;
    const values = scope === true ? [defaultValue(kind)] : typeof scope === "string" ? [scope] : scope;
    const lacking = values.filter((value) => !granted(kind, value));
    if (lacking.length === 0) continue;
    flags.push(scope === true ? `--allow-${kind}` : `--allow-${kind}=${lacking.join(",")}`);
  }
  return flags;
}

/** Whether a permission is granted; never prompts. */
export function granted(kind: keyof Needs, value?: string): boolean {
  return Deno.permissions.querySync(descriptor(kind, value)).state === "granted";
}

/** Runs `fn` with a new folder and removes it afterward. Needs `{ read: true, write: true }`. */
export async function withTempDir<T>(fn: (directory: string) => T | Promise<T>): Promise<T> {
  const directory = await Deno.makeTempDir({ prefix: "gradually-" });
  try {
    return await fn(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** What `true` means; undefined: everything of this kind. */
function defaultValue(kind: keyof Needs): string | undefined {
  switch (kind) {
    case "write":
      return ["TMPDIR", "TMP", "TEMP"].every((name) => granted("env", name)) ? tmpdir() : "/tmp";
    case "net":
      return "127.0.0.1";
    case "run":
      return Deno.execPath();
    default:
      return undefined;
  }
}

function descriptor(kind: keyof Needs, value?: string): Deno.PermissionDescriptor {
  switch (kind) {
    case "net":
      return { name: kind, host: value };
    case "run":
      return { name: kind, command: value };
    case "env":
      return { name: kind, variable: value };
    case "sys":
      return { name: kind, kind: value as Deno.SysPermissionDescriptor["kind"] };
    default:
      return { name: kind, path: value };
  }
}
