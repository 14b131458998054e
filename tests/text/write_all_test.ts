import { assertEquals } from "@std/assert";
import { writeAll } from "../../lib/text/write_all.ts";

Deno.test("writeAll goes on until a sink that takes three bytes at a time has all of them", () => {
  for (const content of ["", "数字 and é", new Uint8Array([1, 2, 3, 4, 5, 6, 7])]) {
    const got: number[] = [];
    const writeSync = (bytes: Uint8Array) => got.push(...bytes.subarray(0, 3)) && Math.min(3, bytes.length);
    writeAll({ writeSync }, content);
    assertEquals(got, [...(typeof content === "string" ? new TextEncoder().encode(content) : content)]);
  }
});
