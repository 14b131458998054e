// What the code of a lesson may do: without permissions in its header, it can only compute and read the project.
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { courseGrants } from "../../lessons/permissions.ts";
import { processArguments } from "../../lib/cells/engine/realm_arguments.ts";
import type { RealmPermissions } from "../../lib/cells/engine/protocol.ts";
import { lessonPermissions } from "../../lib/course/permissions.ts";
import { testWith } from "../support.ts";

const permissionsOf = (lesson: string, asked: string[], dataFolders: string[]): RealmPermissions =>
  lessonPermissions(lesson, asked, courseGrants(lesson, dataFolders));
const LESSON = new URL("../../lessons/01_mnist.ts", import.meta.url).href;

Deno.test("a lesson that asks for nothing cannot write, reach the network or start programs", () => {
  const asked = permissionsOf(LESSON, [], ["/data"]);
  assertEquals([asked.write, asked.net, asked.sys], [[], [], undefined]);
  const flags = processArguments(asked).filter((flag) => flag.startsWith("--allow")).map((flag) => flag.split("=")[0]);
  const others = flags.filter((flag) => !["--allow-read", "--allow-env"].includes(flag));
  assertEquals(others, []);
  assertEquals(
    ["--no-prompt", "--no-remote", "--cached-only"].filter((flag) => !processArguments(asked).includes(flag)),
    [],
  );
});

testWith(
  { read: true },
  "a lesson can read the project and its own folder, and the data only if it asks for it",
  () => {
    const paths = (asked: string[]): string[] => {
      const { read } = permissionsOf("file:///elsewhere/lessons/01_made.ts", asked, ["/data/mnist"]);
      return [...read ?? []];
    };
    const project = decodeURIComponent(new URL("../../", import.meta.url).pathname);
    assertEquals(paths([]), [project, "/elsewhere/lessons/"]);
    assertEquals(paths(["mnist"]), [project, "/elsewhere/lessons/", "/data/mnist"]);
  },
);

Deno.test("an unknown permission is rejected, and the message lists the known ones", () => {
  const { message } = assertThrows(() => permissionsOf(LESSON, ["mnist", "network"], []), RangeError);
  assertStringIncludes(message, '"network"');
  assertStringIncludes(message, "mnist");
});
