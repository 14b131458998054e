// Unpacking gzip: every byte right, and every kind of damage found.
import { assert, assertEquals, assertGreater, assertInstanceOf, assertRejects } from "@std/assert";
import { gunzip, isGzip } from "../../data/gunzip.ts";
import { gzip } from "./fixtures.ts";

/** Bytes that do not pack well, so that the packed file has several pieces. */
const noise = new Uint8Array(300_000);
for (let i = 0, state = 1; i < noise.length; i++) noise[i] = (state = (state * 48271) % 2147483647) >>> 8;

Deno.test("gunzip returns what was packed", async () => {
  for (const bytes of [new Uint8Array(0), Uint8Array.of(7), new Uint8Array(100_000), noise]) {
    assertEquals(await gunzip(await gzip(bytes)), bytes);
  }
});

Deno.test("gunzip reads a file that is a view of a larger buffer", async () => {
  const packed = await gzip(noise);
  const buffer = new Uint8Array(packed.length + 20).fill(9);
  buffer.set(packed, 10);
  assertEquals(await gunzip(buffer.subarray(10, 10 + packed.length)), noise);
});

Deno.test("a gzip file that ends too early is refused, at any length", async () => {
  const packed = await gzip(noise);
  for (const length of [2, 9, 17, 18, 1000, 200_000, packed.length - 9, packed.length - 1]) {
    await assertRejects(
      () => gunzip(packed.subarray(0, length), "images.gz"),
      SyntaxError,
      `images.gz is truncated or corrupt gzip (${length} bytes): download it again`,
    );
  }
});

Deno.test("a gzip file with any bit changed is refused, or still gives the right bytes", async () => {
  const bytes = noise.subarray(0, 300);
  const packed = await gzip(bytes);
  let refused = 0;
  // From byte 10 on: before it are a time and a system, which nothing checks
  for (let at = 80; at < 8 * packed.length; at++) {
    const damaged = packed.slice();
    damaged[at >> 3] ^= 1 << (at & 7);
    try {
      assertEquals(await gunzip(damaged), bytes, `bit ${at} was changed`); // a few bits of padding mean nothing
    } catch (error) {
      assertInstanceOf(error, SyntaxError, `${error}`);
      refused++;
    }
  }
  assertGreater(refused, 8 * bytes.length);
});

Deno.test("a gzip file of several members is unpacked as one, and a damaged member is refused", async () => {
  const long = noise.subarray(0, 5000);
  const [first, second] = [await gzip(long), await gzip(Uint8Array.of(1, 2, 3))];
  assertEquals(await gunzip(Uint8Array.of(...first, ...second)), Uint8Array.of(...long, 1, 2, 3));
  assertEquals(await gunzip(Uint8Array.of(...second, ...first)), Uint8Array.of(1, 2, 3, ...long));
  const members = Uint8Array.of(...first, ...second);
  await assertRejects(() => gunzip(members.subarray(0, -2)), SyntaxError, "truncated or corrupt");
  members[first.length - 1] ^= 1; // the size of the first
  await assertRejects(() => gunzip(members), SyntaxError, "truncated or corrupt");
});

Deno.test("bytes after the end of a gzip stream are refused", async () => {
  const packed = await gzip(noise.subarray(0, 500));
  await assertRejects(
    () => gunzip(Uint8Array.of(...packed, 1, 2, 3)),
    SyntaxError,
    "bytes after the end of its gzip stream",
  );
});

Deno.test("bytes that are not gzip are refused, and recognized by the first two", async () => {
  await assertRejects(() => gunzip(new Uint8Array(50), "labels"), SyntaxError, "labels is not gzip");
  assert(isGzip(await gzip(noise)));
  assert(!isGzip(Uint8Array.of(0x1f)));
  assert(!isGzip(noise));
});

Deno.test("a file that unpacks to more than it may is refused before it takes the memory", async () => {
  const zeros = await gzip(new Uint8Array(100e6)); // 97 KB
  const lying = zeros.slice();
  new DataView(lying.buffer).setUint32(lying.length - 4, 10, true); // its trailer says 10 bytes
  const members = Uint8Array.of(...await gzip(Uint8Array.of(1)), ...zeros, ...await gzip(Uint8Array.of(1)));
  for (const packed of [zeros, lying, members]) {
    await assertRejects(
      () => gunzip(packed, "images.gz", 1e6),
      RangeError,
      "images.gz takes at most 1000000 bytes unpacked and has more: download it again",
    );
  }
  const packed = await gzip(noise);
  assertEquals(await gunzip(packed, "it", noise.length), noise);
  await assertRejects(() => gunzip(packed, "it", noise.length - 1), RangeError, "has more");
  assertEquals(await gunzip(await gzip(new Uint8Array(0)), "it", 0), new Uint8Array(0));
});
