// What the code of a lesson may do: without permissions in its header, it can only compute and read the project.
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { courseGrants } from "../../lessons/permissions.ts";
import { lessonPermissions } from "../../lib/course/permissions.ts";
import { testWith } from "../support.ts";

const permissionsOf = (lesson: string, asked: string[], dataFolders: string[]): Deno.PermissionOptionsObject =>
  lessonPermissions(lesson, asked, courseGrants(lesson, dataFolders));
const LESSON = new URL("../../lessons/01_mnist.ts", import.meta.url).href;

Deno.test("a lesson that asks for nothing cannot write, reach the network or start programs", () => {
  const { write, net, run, ffi, import: imports, sys } = permissionsOf(LESSON, [], ["/data"]);
  assertEquals({ write, net, run, ffi, imports, sys }, {
    write: false,
    net: false,
    run: false,
    ffi: false,
    imports: false,
    sys: ["inspector"],
  });
});

testWith(
  { read: true },
  "a lesson can read the project and its own folder, and the data only if it asks for it",
  () => {
    const paths = (asked: string[]): string[] => {
      const { read } = permissionsOf("file:///elsewhere/lessons/01_made.ts", asked, ["/data/mnist"]);
      return (read as (string | URL)[]).map(String);
    };
    const project = new URL("../../", import.meta.url).href;
    assertEquals(paths([]), [project, "file:///elsewhere/lessons/"]);
    assertEquals(paths(["mnist"]), [project, "file:///elsewhere/lessons/", "/data/mnist"]);
  },
);

Deno.test("an unknown permission is rejected, and the message lists the known ones", () => {
  const { message } = assertThrows(() => permissionsOf(LESSON, ["mnist", "network"], []), RangeError);
  assertStringIncludes(message, '"network"');
  assertStringIncludes(message, "mnist");
});
