/** What the cells of a lesson may do: compute, read, and what the lesson's header asks for. */

/** What a permission in a lesson's header grants. */
export interface Grant {
  /** Environment variables that may be read. */
  env?: readonly string[];
  /** Hosts that may be reached. */
  net?: readonly string[];
  /** Files and folders that may be read, beyond what every lesson may read. */
  read?: readonly (string | URL)[];
  write?: readonly (string | URL)[];
}

/** What every lesson may do, and what a header may ask for. */
export interface LessonGrants {
  always: Grant;
  /** By the name in the header. */
  named: Readonly<Record<string, Grant>>;
}

/**
 * The permissions of a lesson: what is granted, as far as the program that starts it has it itself.
 *
 * @param lesson The URL of the lesson file.
 * @param asked What its header asks for.
 * @throws {RangeError} When the header asks for something unknown.
 */
export function lessonPermissions(
  lesson: string,
  asked: readonly string[],
  { always, named }: LessonGrants,
): Deno.PermissionOptionsObject {
  const unknown = asked.find((name) => !Object.hasOwn(named, name));
  if (unknown !== undefined) {
    throw new RangeError(
      `${new URL(lesson).pathname}: the header asks for the permission "${unknown}"; there is only ${
        Object.keys(named).join(", ")
      }`,
    );
  }
  const grants = [always, ...asked.map((name) => named[name])];
  const all = <T>(list: (grant: Grant) => readonly T[] | undefined): T[] =>
    grants.flatMap((grant) => list(grant) ?? []);
  const write = all(({ write }) => write), net = all(({ net }) => net);
  return {
    read: all(({ read }) => read).filter((path) => granted({ name: "read", path })),
    env: all(({ env }) => env).filter((variable) => granted({ name: "env", variable })),
    write: write.length > 0 && write.filter((path) => granted({ name: "write", path })),
    net: net.length > 0 && net.filter((host) => granted({ name: "net", host })),
    run: false,
    ffi: false,
    import: false,
    sys: ["inspector"],
  };
}

/** A realm may have no more than the program that starts it. */
function granted(permission: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(permission).state === "granted";
}
