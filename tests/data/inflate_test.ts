// Unpacking with the stream that a browser has.
import { assertEquals, assertRejects } from "@std/assert";
import { gzipSync } from "node:zlib";
import { inflate, throughStream, TOO_LARGE } from "../../data/inflate.ts";

Deno.test("the stream gives what zlib gives, and stops at the same limit", async () => {
  const bytes = new Uint8Array(300_000).map((_, i) => i * i);
  const packed = new Uint8Array(gzipSync(bytes));
  assertEquals(await throughStream(packed, Infinity), bytes);
  assertEquals(new Uint8Array(await inflate(packed, { most: Infinity })), bytes);
  const { code } = await assertRejects(() => throughStream(packed, 299_999)) as Error & { code?: string };
  assertEquals(code, TOO_LARGE);
  await assertRejects(() => throughStream(packed.subarray(0, 1000), Infinity));
});
