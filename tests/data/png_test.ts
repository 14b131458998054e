// decodePNG and fromImages: every kind of PNG, held to Python's PIL where it is installed.
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { crc32, deflateSync } from "node:zlib";
import { decodePNG, fromImages, type ImageDataset } from "../../data/mod.ts";
import { Random } from "../../mod.ts";
import { missing, testWhen, testWith, withTempDir } from "../support.ts";

const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length), view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

interface Kind {
  width: number;
  height: number;
  depth: number;
  colorType: number;
  interlaced: boolean;
  transparent: boolean;
  seed: number;
}

/** A file with random samples: each row has a random filter. */
function encode({ width, height, depth, colorType, interlaced, transparent, seed }: Kind): Uint8Array {
  const random = new Random(seed), samples = SAMPLES[colorType];
  const header = new Uint8Array(13), view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, colorType, 0, 0, interlaced ? 1 : 0], 8);
  const parts = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), chunk("IHDR", header)];
  const draw = (length: number) => Uint8Array.from({ length }, () => random.integer(256));
  if (colorType === 3) parts.push(chunk("PLTE", draw(3 * 2 ** depth)));
  if (transparent && colorType === 3) parts.push(chunk("tRNS", draw(random.integer(2 ** depth) + 1)));
  if (transparent && (colorType === 0 || colorType === 2)) {
    const key = Array.from({ length: samples }, () => random.integer(Math.min(4, 2 ** depth)));
    parts.push(chunk("tRNS", Uint8Array.from(key.flatMap((each) => [each >> 8, each & 255]))));
  }
  const passes = interlaced
    ? [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]]
    : [[0, 0, 1, 1]];
  const rows: number[] = [];
  for (const [x, y, dx, dy] of passes) {
    const columns = Math.ceil((width - x) / dx), count = Math.ceil((height - y) / dy);
    if (columns <= 0 || count <= 0) continue;
    const length = Math.ceil(columns * samples * depth / 8);
    for (let row = 0; row < count; row++) rows.push(random.integer(5), ...draw(length));
  }
  const packed = deflateSync(Uint8Array.from(rows));
  const half = Math.floor(packed.length / 2); // several IDAT chunks are one stream
  parts.push(chunk("teXt", draw(3)), chunk("IDAT", packed.subarray(0, half)), chunk("IDAT", packed.subarray(half)));
  return join([...parts, chunk("IEND", new Uint8Array())]);
}

const kinds: fc.Arbitrary<Kind> = fc.constantFrom(
  ...[
    [0, 1],
    [0, 2],
    [0, 4],
    [0, 8],
    [0, 16],
    [2, 8],
    [2, 16],
    [3, 1],
    [3, 2],
    [3, 4],
    [3, 8],
    [4, 8],
    [4, 16],
    [6, 8],
    [
      6,
      16,
    ],
  ],
).chain(([colorType, depth]) =>
  fc.record({
    width: fc.integer({ min: 1, max: 19 }),
    height: fc.integer({ min: 1, max: 19 }),
    depth: fc.constant(depth),
    colorType: fc.constant(colorType),
    interlaced: fc.boolean(),
    transparent: fc.boolean(),
    seed: fc.nat(),
  })
);

const PYTHON = "/usr/bin/python3";
const flags = missing({ read: true, write: true, run: PYTHON });
const reason = flags.length > 0
  ? `needs ${flags.join(" ")}`
  : await new Deno.Command(PYTHON, { args: ["-c", "import PIL.Image, numpy"], stderr: "null" }).output()
    .then(({ success }) => success ? undefined : "no python3 with PIL and numpy", () => `no ${PYTHON}`);

/** What PIL reads: samples of 8 bits with alpha, drawn on black. */
const READER = `
import sys, numpy, PIL.Image
folder, count = sys.argv[1], int(sys.argv[2])
for i in range(count):
    image = PIL.Image.open(f"{folder}/{i}.png")
    rgba = numpy.asarray(image.convert("RGBA"), dtype=numpy.float64)
    rgba.astype(numpy.uint8).tofile(f"{folder}/{i}.rgba")
`;

testWhen(reason === undefined, reason ?? "", "300 random files: the pixels that PIL reads (9.4.0)", async () => {
  // PIL 9.4.0 reads 16 bits of gray differently, so these are left to the next test
  const files = fc.sample(kinds, { numRuns: 400, seed: 14 })
    .filter(({ depth, colorType, transparent }) => depth < 16 && !(transparent && depth < 8 && colorType === 0))
    .slice(0, 300).map((kind) => ({ kind, bytes: encode(kind) }));
  await withTempDir(async (folder) => {
    for (const [i, { bytes }] of files.entries()) await Deno.writeFile(`${folder}/${i}.png`, bytes);
    const args = ["-c", READER, folder, String(files.length)];
    const { success, stderr } = await new Deno.Command(PYTHON, { args, stderr: "piped" }).output();
    assert(success, new TextDecoder().decode(stderr));
    for (const [i, { kind, bytes }] of files.entries()) {
      const { width, height, channels, data } = decodePNG(bytes);
      const rgba = await Deno.readFile(`${folder}/${i}.rgba`), plane = width * height;
      const expected = Uint8Array.from(
        { length: channels * plane },
        (_, at) => Math.round(rgba[4 * (at % plane) + Math.floor(at / plane)] * rgba[4 * (at % plane) + 3] / 255),
      );
      const worst = Math.max(...data.map((byte, at) => Math.abs(byte - expected[at])));
      assert(worst <= 1, `${JSON.stringify(kind)}: ${worst} off`); // a product that is rounded once or twice
      if (!kind.transparent && kind.colorType < 4) assertEquals(data, expected, JSON.stringify(kind));
    }
  });
});

const gray = (rows: number[], header: Partial<Kind> = {}, more: Uint8Array[] = []) => {
  const { width = 2, height = 1, depth = 8, colorType = 0 } = header;
  const bytes = new Uint8Array(13), view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes.set([depth, colorType, 0, 0, 0], 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10);
  const data = chunk("IDAT", deflateSync(Uint8Array.from(rows)));
  return join([signature, chunk("IHDR", bytes), ...more, data, chunk("IEND", new Uint8Array())]);
};

Deno.test("16 bits are rounded to 8, packed bits are spread over 0 to 255, a key color is black", () => {
  assertEquals([...decodePNG(gray([0, 0x80, 0x7f, 0x80, 0x81], { depth: 16 })).data], [128, 128]);
  assertEquals([...decodePNG(gray([0, 0xff, 0xff, 0, 0x80], { depth: 16 })).data], [255, 0]);
  assertEquals([...decodePNG(gray([0, 0b10_000000], { depth: 1 })).data], [255, 0]);
  assertEquals([...decodePNG(gray([0, 0b01_10_0000], { depth: 2 })).data], [85, 170]);
  const key = [chunk("tRNS", Uint8Array.of(0, 7))];
  assertEquals([...decodePNG(gray([0, 7, 8], {}, key)).data], [0, 8]);
  assertEquals([...decodePNG(gray([0, 200, 128, 100, 255], { colorType: 4 })).data], [100, 100]);
});

Deno.test("what is wrong with a file is said, with its name", () => {
  const good = gray([0, 1, 2]);
  const refused = (bytes: Uint8Array, message: string, kind: new () => Error = SyntaxError) =>
    assertThrows(() => decodePNG(bytes, "a.png"), kind, `a.png ${message}`);
  refused(new TextEncoder().encode("GIF89a"), "is not PNG");
  refused(good.subarray(0, 20), "is truncated: it has 20 bytes");
  refused(good.subarray(0, -12), "is truncated: it has no end");
  refused(good.with(20, 99), "is damaged: the checksum of its IHDR at byte 8 is wrong");
  refused(gray([0, 1]), "is truncated: its pixels take 3 bytes and got 2");
  refused(gray([0, 1, 2, 3]), "is damaged: its pixels cannot be unpacked");
  refused(gray([5, 1, 2]), "is damaged: a row has the filter 5");
  refused(gray([0, 1, 2], { depth: 3 }), "is damaged: its header says 2 × 1 pixels, 3 bits, color type 0");
  refused(gray([0], { width: 0 }), "is damaged: its header says 0 × 1");
  refused(gray([0], { width: 2 ** 20, height: 2 ** 20 }), "takes at most 16777216 pixels", RangeError);
  refused(gray([0, 1, 2], { colorType: 3 }), "is damaged: it has no palette");
  const palette = [chunk("PLTE", Uint8Array.of(1, 2, 3))];
  refused(gray([0, 0, 1], { colorType: 3 }, palette), "is damaged: a pixel has color 1 of 1");
  refused(gray([0, 1, 2], {}, [chunk("NEWS", new Uint8Array())]), "takes a reader that knows NEWS");
});

testWith({ read: true, write: true }, "a folder of folders: classes by name, gray or color, one size", async () => {
  await withTempDir(async (root) => {
    const write = async (path: string, bytes: Uint8Array) => {
      await Deno.mkdir(`${root}/${path.split("/").slice(0, -1).join("/")}`, { recursive: true });
      await Deno.writeFile(`${root}/${path}`, bytes);
    };
    const rows = (data: ImageDataset) => [...data.bytes];
    const color = (r: number, g: number, b: number) => gray([0, r, g, b, r, g, b], { colorType: 2 });
    await assertRejects(() => fromImages(root), RangeError, "has no images");
    await write("a/10/x.png", gray([0, 1, 2]));
    await write("a/9/b.png", gray([0, 5, 6]));
    await write("a/9/a.PNG", color(7, 7, 7)); // gray, though it is saved in color
    await write("a/.DS_Store", new Uint8Array());
    await write("a/9/Thumbs.db", new Uint8Array());
    await write("a/notes.txt", new Uint8Array());
    const data = await fromImages(`${root}/a`);
    assertEquals([data.classNames, [...data.labels], data.sampleShape], [["9", "10"], [0, 0, 1], [1, 1, 2]]);
    assertEquals(rows(data), [7, 7, 5, 6, 1, 2]);
    assertEquals((await fromImages(`${root}/a`, { channels: 3 })).sampleShape, [3, 1, 2]);
    await write("c/10/x.png", color(100, 150, 200));
    const colored = await fromImages(`${root}/c`);
    assertEquals([colored.sampleShape, rows(colored)], [[3, 1, 2], [100, 100, 150, 150, 200, 200]]);
    const like = await fromImages(`${root}/c`, { like: data });
    assertEquals([like.classNames, [...like.labels], rows(like)], [["9", "10"], [1], [141, 141]]);
    await assertRejects(
      () => fromImages(`${root}/a`, { like: colored }),
      RangeError,
      "has the folder 9, and the classes",
    );
    const tall = { classNames: ["10"], sampleShape: [1, 28, 28] };
    await assertRejects(
      () => fromImages(`${root}/c`, { like: tall }),
      RangeError,
      "the size of like, 28 × 28, and got",
    );
    await write("c/10/z.png", gray([0, 1], { width: 1 }));
    await assertRejects(() => fromImages(`${root}/c`), RangeError, "z.png, 1 × 1: scale them");
    await write("d/x/y.jpg", new Uint8Array());
    await assertRejects(() => fromImages(`${root}/d`), RangeError, "fromImages takes PNG files and got");
    await write("e/y.png", gray([0, 1, 2]));
    await assertRejects(() => fromImages(`${root}/e`), RangeError, "is in no class");
    await assertRejects(() => fromImages(`${root}/a`, { channels: 2 as 1 }), RangeError, "channels as 1 or 3");
    await assertRejects(() => fromImages(`${root}/none`), Deno.errors.NotFound);
  });
});
