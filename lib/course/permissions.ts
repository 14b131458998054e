/** What the Worker of a lesson may do: compute, read the project, and what its header asks for. */

const PROJECT = new URL("../../", import.meta.url);
const MIRRORS = ["storage.googleapis.com", "ossci-datasets.s3.amazonaws.com"];

/** What a lesson's header may ask for. */
export const KNOWN_PERMISSIONS: readonly string[] = ["mnist"];

/**
 * The permissions of a Worker.
 *
 * Every lesson reads the project and its own folder, and nothing else: no network, no programs, no writing. It may ask whether colours are
 * wanted. `mnist` adds reading the data wherever it may lie, the cache, and the two mirrors.
 *
 * @param lesson The URL of the lesson file.
 * @param dataFolders Where the data may lie, absolute: what `--data` and MNIST_DIR say.
 * @throws {RangeError} When the header asks for something unknown.
 */
export function workerPermissions(
  lesson: string,
  asked: readonly string[],
  dataFolders: readonly string[],
): Deno.PermissionOptionsObject {
  const unknown = asked.find((name) => !KNOWN_PERMISSIONS.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `${new URL(lesson).pathname}: the header asks for the permission "${unknown}"; there is only ${
        KNOWN_PERMISSIONS.join(", ")
      }`,
    );
  }
  const read: (string | URL)[] = [PROJECT, new URL("./", lesson)];
  const env = ["NO_COLOR", "COLORTERM"];
  const fence: Deno.PermissionOptionsObject = {
    read,
    env,
    write: false,
    net: false,
    run: false,
    ffi: false,
    import: false,
    sys: ["inspector"],
  };
  if (asked.includes("mnist")) {
    env.push("MNIST_DIR");
    read.push(...dataFolders);
    fence.write = [new URL("data/cache", PROJECT)];
    fence.net = MIRRORS;
  }
  return {
    ...fence,
    read: read.filter((path) => granted({ name: "read", path })),
    env: env.filter((variable) => granted({ name: "env", variable })),
    write: fence.write && (fence.write as URL[]).filter((path) => granted({ name: "write", path })),
    net: fence.net && MIRRORS.filter((host) => granted({ name: "net", host })),
  };
}

/** A Worker may have no more than the program that starts it. */
function granted(permission: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(permission).state === "granted";
}
