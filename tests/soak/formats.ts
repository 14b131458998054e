// What the course reads, each with whole files to damage, and the errors that it documents.
import { deflateSync, gzipSync, inflateSync } from "node:zlib";
import { crc32 } from "node:zlib";
import { decodePNG, encodeIDX, gunzip, ImageDataset, loadIDX } from "../../data/mod.ts";
import { parseNotebook } from "../../lib/cells/ipynb/notebook.ts";
import { helpText, readOptions } from "../../lib/commands/lesson/options.ts";
import { UsageError } from "../../lib/commands/usage_error.ts";
import { parseLesson } from "../../lib/course/lesson.ts";
import { lessonNotebook, lessonOf } from "../../lib/course/notebook/lesson_notebook.ts";
import { readProgress } from "../../lib/course/progress/progress_file.ts";
import { formatNotebook } from "../../lib/cells/ipynb/notebook.ts";
import { decodeModel, encodeModel } from "../../lib/files/model.ts";
import { pngDataUri } from "../../lib/show/png.ts";
import { BatchNorm, Conv2D, Dropout, FC, Flatten, Module, Random, ReLU, Tensor } from "../../mod.ts";
import { mutate } from "../course/mutate.ts";

/** A kind of input. */
export interface Format {
  readonly name: string;
  /** A damaged input. */
  draw(random: Random): Uint8Array;
  /** Reads it. */
  use(bytes: Uint8Array): unknown | Promise<unknown>;
  /** Whether reading may throw this. */
  documented(error: unknown): boolean;
}

const text = new TextDecoder(), encode = (source: string) => new TextEncoder().encode(source);
/** V8's own messages: of these errors nothing is documented. */
const ENGINE =
  /call stack|Invalid (typed )?array|Invalid string|allocation|out of bounds|Offset is outside|too long|JSON at/;
const isRefusal = (error: unknown) =>
  (error instanceof SyntaxError || error instanceof RangeError) && !ENGINE.test(error.message);

/** All formats. Needs `{ read: true }`. */
export function formats(): Format[] {
  return [idx(), gzip(), safetensors(), progress(), lesson(), notebook(), commandLine(), png()];
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[random.integer(list.length)];
}

/** Damages a whole one, once or a few times. */
function damaged(whole: readonly Uint8Array[], random: Random): Uint8Array {
  let bytes = pick(whole, random);
  for (let n = random.integer(3) + 1; n > 0; n--) bytes = mutate(bytes, random);
  return bytes;
}

function idx(): Format {
  const images = [encodeIDX([3, 2, 2], new Uint8Array(12)), typed(0x0b, [2, 1, 2], 2), typed(0x0e, [2, 1, 1, 1], 8)];
  const labels = [encodeIDX([3], Uint8Array.of(1, 2, 3)), typed(0x0c, [2, 8], 4), typed(0x09, [2], 1)];
  return {
    name: "IDX",
    draw: (random) => {
      const [a, b] = [images, labels].map((list) =>
        random.uniform() < 0.3 ? pick(list, random) : damaged(list, random)
      );
      return Uint8Array.from([a.length, ...a, ...b]);
    },
    use: (bytes) =>
      loadIDX({
        images: bytes.slice(1, 1 + bytes[0]),
        labels: bytes.slice(1 + bytes[0]),
        transposed: bytes[0] % 2 === 0,
      }),
    documented: isRefusal,
  };
}

function typed(code: number, shape: readonly number[], size: number): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + shape.reduce((product, axis) => product * axis, size));
  bytes.set([0, 0, code, shape.length]);
  shape.forEach((axis, i) => new DataView(bytes.buffer).setUint32(4 + 4 * i, axis));
  return bytes;
}

function gzip(): Format {
  const contents = [encode("a text that is packed ".repeat(20)), new Uint8Array(5000), new Uint8Array(0)];
  const whole = contents.map((bytes) => new Uint8Array(gzipSync(bytes)));
  whole.push(Uint8Array.from([...whole[0], ...whole[2]])); // two members
  return {
    name: "gzip",
    draw: (random) => damaged(whole, random),
    use: (bytes) => gunzip(bytes, "a.gz", 1_000_000),
    documented: isRefusal,
  };
}

function safetensors(): Format {
  const random = new Random(1);
  const model = new Module([
    new Conv2D({ inChannels: 1, outChannels: 2, kernelSize: 2, random }),
    new BatchNorm({ features: 2 }),
    new ReLU(),
    new Flatten(),
    new Dropout({ rate: 0.5, random }),
    new FC({ inFeatures: 2, outFeatures: 2, random, dtype: "float64" }),
  ]);
  const file = encodeModel(model, { metadata: { accuracy: "0.9" } });
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = file.slice(8, 8 + length), numbers = file.slice(8 + length);
  const { __metadata__: metadata } = JSON.parse(text.decode(header));
  const architecture = encode(metadata["gradually.architecture"]);
  return {
    name: "safetensors",
    draw: (random) => {
      const choice = random.integer(3);
      if (choice === 0) return damaged([file], random);
      const changed = choice === 1 ? mutate(header, random) : encode(
        JSON.stringify({
          ...JSON.parse(text.decode(header)),
          __metadata__: { ...metadata, "gradually.architecture": text.decode(mutate(architecture, random)) },
        }),
      );
      const out = new Uint8Array(8 + changed.length + numbers.length); // the length fits: the header is read
      new DataView(out.buffer).setBigUint64(0, BigInt(changed.length), true);
      out.set(changed, 8);
      out.set(numbers, 8 + changed.length);
      return out;
    },
    use: (bytes) => decodeModel(bytes, {}, "a.safetensors"),
    documented: isRefusal,
  };
}

function progress(): Format {
  const whole = encode(JSON.stringify({
    format: "gradually-progress",
    version: 1,
    last: "01_first",
    lessons: {
      "01_first": {
        ...{ cell: 4, furthest: 5, cells: 9, done: false, updated: "2026-01-01T00:00:00.000Z" },
        guesses: { "how-much": "42" },
        exercises: { "twice-it": { tries: 2, hints: 1, opened: true, passed: false } },
        kept: [{ before: 2, source: "const mine = 1;" }],
      },
    },
  }));
  return {
    name: "progress",
    draw: (random) => damaged([whole], random),
    use: (bytes) => readProgress(text.decode(bytes)),
    documented: () => false, // what is valid in it is used
  };
}

const LESSON = new URL("../fixtures/lessons/05_exercises.ts", import.meta.url);

/** Lines that mean something in a lesson. */
const LINES = [
  ...["// %%", "// %% [markdown]", "// ---", "//   gradually:", "//     title: x", "//     permissions: [mnist, x]"],
  ...['// %% tags=["exercise"] id="x"', '// %% tags=["check"] id="x', "`", "// %% [raw]", "\r", "﻿", "/*", "${", "/["],
];

function lesson(): Format {
  const whole = encode(Deno.readTextFileSync(LESSON));
  return {
    name: "percent lesson",
    draw: (random) => {
      if (random.uniform() < 0.5) return damaged([whole], random);
      const lines = text.decode(whole).split("\n");
      for (let n = random.integer(4) + 1; n > 0; n--) {
        const at = random.integer(lines.length), more = random.uniform() < 0.7 ? [pick(LINES, random)] : [];
        lines.splice(at, random.integer(3), ...more);
      }
      return encode(lines.join("\n"));
    },
    use: (bytes) => parseLesson(text.decode(bytes), "05_exercises.ts"),
    documented: (error) => error instanceof SyntaxError,
  };
}

function notebook(): Format {
  const whole = encode(formatNotebook(lessonNotebook(Deno.readTextFileSync(LESSON), "05_exercises.ts")));
  return {
    name: "notebook",
    draw: (random) => damaged([whole], random),
    use: (bytes) => lessonOf(parseNotebook(text.decode(bytes), "05_exercises.ipynb"), "05_exercises.ipynb"),
    documented: isRefusal,
  };
}

function commandLine(): Format {
  const options = helpText().match(/--\w+/g) ?? [];
  const words = [
    "16",
    "recap",
    "",
    "-",
    "--",
    "-h",
    "=",
    "--=",
    "--seed=",
    "-1",
    "1e9",
    "../x",
    "\0",
    "ä",
    "--seedling",
  ];
  return {
    name: "command line",
    draw: (random) => {
      const list = Array.from({ length: random.integer(6) }, () => {
        const word = random.uniform() < 0.5 ? pick(options, random) : pick(words, random);
        const more = random.uniform() < 0.2 ? `=${pick(words, random)}` : "";
        return random.uniform() < 0.1 ? text.decode(mutate(encode(word + more), random)) : word + more;
      });
      return encode(JSON.stringify(list));
    },
    use: (bytes) => readOptions(JSON.parse(text.decode(bytes))),
    documented: (error) => error instanceof UsageError,
  };
}

function png(): Format {
  const { data: values } = Tensor.uniform([42], { random: new Random(1) });
  const plane = { width: 7, height: 6, channels: 1, values, palette: "ink", low: 0, high: 1 } as const;
  const drawn = Uint8Array.fromBase64(pngDataUri(plane).split(",")[1]);
  const chunksOf = (bytes: Uint8Array) => {
    const found: Uint8Array[] = [], view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at)) {
      found.push(bytes.slice(at + 4, at + 8 + view.getUint32(at)));
    }
    return found;
  };
  const parts = chunksOf(drawn);
  return {
    name: "PNG",
    draw: (random) => {
      if (random.uniform() < 0.3) return damaged([drawn], random);
      // Lengths and checksums fit, so that what is inside is read
      const changed = parts.map((part) => part.slice());
      const [header, , data] = [
        changed[0],
        changed[1],
        changed.find((part) => text.decode(part.slice(0, 4)) === "IDAT")!,
      ];
      for (let n = random.integer(3); n > 0; n--) {
        header[4 + random.integer(13)] = pick([0, 1, 2, 3, 4, 6, 8, 16, 255], random);
      }
      const rows = new Uint8Array(inflateSync(data.slice(4)));
      const packed = deflateSync(random.uniform() < 0.7 ? mutate(rows, random) : rows);
      const extra = pick([["", 0], ["PLTE", 6], ["tRNS", 2], ["tRNS", 6], ["IDAT", 1], ["ABCD", 0]] as const, random);
      const list = [header, Uint8Array.from([...encode("IDAT"), ...packed]), encode("IEND")];
      if (extra[0] !== "") list.splice(1, 0, Uint8Array.from([...encode(extra[0]), ...new Uint8Array(extra[1])]));
      if (random.uniform() < 0.1) list.splice(random.integer(list.length), 1);
      return Uint8Array.from([
        ...drawn.slice(0, 8),
        ...list.flatMap((part) => {
          const ends = new DataView(new ArrayBuffer(8));
          ends.setUint32(0, part.length - 4);
          ends.setUint32(4, crc32(part));
          const around = new Uint8Array(ends.buffer);
          return [...around.slice(0, 4), ...part, ...around.slice(4)];
        }),
      ]);
    },
    use: (bytes) => {
      const { data, width, height, channels } = decodePNG(bytes, "a.png");
      return new ImageDataset(data, Uint8Array.of(0), { width, height, channels });
    },
    documented: isRefusal,
  };
}
