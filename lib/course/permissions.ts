/** Decides what the cells of a lesson may do: compute, read, and what the lesson's header asks for. */

import { fileURLToPath } from "node:url";
import type { RealmPermissions } from "../cells/engine/protocol.ts";

/** What a permission in a lesson's header grants. */
interface Grant {
  /** Environment variables that may be read. */
  env?: readonly string[];
  /** Hosts that may be reached. */
  net?: readonly string[];
  /** Files and folders that may be read. */
  read?: readonly (string | URL)[];
  write?: readonly (string | URL)[];
}

/** What every lesson may do, and what a header may ask for. */
export interface LessonGrants {
  always: Grant;
  /** Grants by their names in the header. */
  named: Readonly<Record<string, Grant>>;
}

/**
 * The permissions of a lesson: everything that is granted, except what the program that starts the lesson may not do itself.
 *
 * @param lesson The URL of the lesson file.
 * @param asked The permissions that its header asks for.
 * @throws {RangeError} When the header asks for something unknown.
 */
export function lessonPermissions(
  lesson: string,
  asked: readonly string[],
  { always, named }: LessonGrants,
): RealmPermissions {
  const unknown = asked.find((name) => !Object.hasOwn(named, name));
  if (unknown !== undefined) {
    throw new RangeError(
      `${new URL(lesson).pathname}: the header takes the permissions ${
        Object.keys(named).join(", ")
      } and got "${unknown}": choose from these`,
    );
  }
  const grants = [always, ...asked.map((name) => named[name])];
  const all = <T>(list: (grant: Grant) => readonly T[] | undefined): T[] =>
    grants.flatMap((grant) => list(grant) ?? []);
  const paths = (list: (grant: Grant) => readonly (string | URL)[] | undefined): string[] =>
    all(list).map((path) => path instanceof URL ? fileURLToPath(path) : path);
  return {
    read: paths(({ read }) => read).filter((path) => granted({ name: "read", path })),
    env: all(({ env }) => env).filter((variable) => granted({ name: "env", variable })),
    write: paths(({ write }) => write).filter((path) => granted({ name: "write", path })),
    net: all(({ net }) => net).filter((host) => granted({ name: "net", host })),
  };
}

/** Whether the program has a permission: a realm cannot have more than the program that starts it. */
function granted(permission: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(permission).state === "granted";
}
