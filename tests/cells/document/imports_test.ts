import { assertEquals } from "@std/assert";
import { absoluteImports } from "../../../lib/cells/document/imports.ts";

Deno.test("imports become absolute, and text that only looks like one stays", () => {
  assertEquals(
    absoluteImports('import { a } from "./a.ts";\nconst s = "./a.ts", b = await import("../b.ts");', "file:///l/x.ts"),
    'import { a } from "file:///l/a.ts";\nconst s = "./a.ts", b = await import("file:///b.ts");',
  );
});
