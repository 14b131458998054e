import { assertMatch, assertThrows } from "@std/assert";
import { needDeno } from "../../../lib/course/notebook/version.ts";

Deno.test("with an old Deno, the error says which version to get", () => {
  for (const version of ["2.9.0", "2.10.1", "3.0.0"]) needDeno(version);
  for (const version of ["1.46.0", "2.8.3"]) {
    const { message } = assertThrows(() => needDeno(version), Error);
    assertMatch(message, /needs Deno 2\.9 or newer, and this is Deno [\d.]+: run "deno upgrade 2\.9\.6"/);
  }
});
