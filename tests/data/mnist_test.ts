// loadMNIST: each place where it looks, what it says about damaged files, and what it does if there is nothing.
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { encodeIDX } from "../../data/idx.ts";
import { loadMNIST, type LoadMNISTOptions } from "../../data/mnist.ts";
import { granted, missing, type TestOptions, testWhen, testWith, withTempDir } from "../support.ts";
import { goodMirror, gzip, mirror, namesIn, tinyContents, writeFolder } from "./fixtures.ts";

const disk = { read: true, write: true } as const;
const [trainImages, trainLabels, testImages, testLabels] = tinyContents().keys();
/** No environment: the MNIST_DIR of whoever runs the tests must not change the results. */
const noEnvironment: TestOptions = { permissions: { read: "inherit", write: "inherit", net: "inherit", env: false } };

/** Loads, and collects the notes. */
async function load(
  options: LoadMNISTOptions,
): Promise<{ source: string; kind: string; size: number; notes: string[] }> {
  const notes: string[] = [];
  const { train, source, kind } = await loadMNIST({ onNote: (line) => notes.push(line), onProgress() {}, ...options });
  return { source, kind, size: train.size, notes };
}

/** Writes the tiny files, one of them replaced, and expects loadMNIST to refuse the folder. */
async function refuses(
  name: string,
  bytes: Uint8Array | undefined,
  // deno-lint-ignore no-explicit-any
  ErrorClass: new (...args: any[]) => Error,
  message: string | ((directory: string) => string),
): Promise<void> {
  await withTempDir(async (directory) => {
    const contents = tinyContents();
    if (bytes) contents.set(name, bytes);
    else contents.delete(name);
    await writeFolder(directory, contents);
    const said = typeof message === "string" ? message : message(directory);
    await assertRejects(() => loadMNIST({ directory }), ErrorClass, said);
  });
}

const spellings: [string, (name: string) => string][] = [
  ["as they are", (name) => name],
  ["with a dot, as some unpackers write them", (name) => name.replace("-idx", ".idx")],
  ["with .gz although a browser unpacked them", (name) => `${name}.gz`],
];
for (const [what, spell] of spellings) {
  testWith(disk, `the four files are found ${what}`, async () => {
    await withTempDir(async (directory) => {
      await writeFolder(directory, tinyContents(), spell);
      const { train, test, source, kind } = await loadMNIST({ directory });
      assertEquals([train.shape, test.shape, [...test.labels]], [[4, 1, 28, 28], [2, 1, 28, 28], [5, 6]]);
      assertEquals(train.bytes[784], 2);
      assertEquals([source, kind], [`images from ${directory}, not MNIST by their checksums`, "other"]);
    });
  });
}

testWith(disk, "packed and plain files may be mixed", async () => {
  await withTempDir(async (directory) => {
    const contents = tinyContents();
    for (const name of [trainImages, testLabels]) {
      await Deno.writeFile(`${directory}/${name}.gz`, await gzip(contents.get(name)!));
      contents.delete(name);
    }
    await writeFolder(directory, contents);
    assertEquals((await load({ directory })).size, 4);
  });
});

testWith(disk, "a given directory that lacks files is an error, with the missing files and the contents", async () => {
  await withTempDir(async (directory) => {
    await Deno.mkdir(`${directory}/archive`);
    await Deno.writeTextFile(`${directory}/notes.txt`, "");
    await writeFolder(directory, new Map([...tinyContents()].slice(0, 2)));
    await assertRejects(
      () => loadMNIST({ directory }),
      RangeError,
      `${directory} lacks t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (with or without .gz); it holds ${trainImages}, ` +
        `${trainLabels}, archive/, notes.txt. Put all four files of MNIST there, or leave out directory to download them`,
    );
  });
});

testWith(disk, "a given directory that is empty, missing, or a file is an error", async () => {
  await withTempDir(async (directory) => {
    await assertRejects(() => loadMNIST({ directory }), RangeError, "it holds nothing");
    const none = `${directory}/none`;
    await assertRejects(
      () => loadMNIST({ directory: none }),
      RangeError,
      `${JSON.stringify(none)}: there is no such folder`,
    );
    await Deno.writeTextFile(none, "");
    await assertRejects(() => loadMNIST({ directory: none }), RangeError, "it is a file, not a folder");
  });
});

testWith(disk, "damaged files in a given directory are errors that name the file", async () => {
  const images = tinyContents().get(trainImages)!;
  await refuses(trainImages, images.subarray(0, -5), SyntaxError, `${trainImages} is truncated: 5 bytes are missing`);
  await refuses(trainImages, Uint8Array.of(...images, 0), SyntaxError, `${trainImages} has 1 bytes too many`);
  await refuses(
    trainImages,
    (await gzip(images)).subarray(0, 40),
    SyntaxError,
    `${trainImages} is truncated or corrupt gzip`,
  );
  await refuses(testLabels, new TextEncoder().encode("<html>404</html>"), SyntaxError, "it is a web page");
  await refuses(testLabels, Uint8Array.of(0, 0, 9, 1, 0, 0, 0, 0), SyntaxError, "type byte 09, signed byte");
});

testWith(disk, "the error names the file, and the one that it hides", async () => {
  await withTempDir(async (directory) => {
    const contents = tinyContents();
    await writeFolder(directory, contents, (name) => `${name}.gz`);
    const bad = `${directory}/${testLabels}`;
    await Deno.writeTextFile(bad, "<html>404</html>");
    await assertRejects(
      () => loadMNIST({ directory }),
      SyntaxError,
      `${bad} (which is read instead of ${testLabels}.gz beside it) is not IDX`,
    );
    await Deno.writeFile(bad, (await gzip(contents.get(testLabels)!)).subarray(0, 20));
    await assertRejects(
      () => loadMNIST({ directory }),
      SyntaxError,
      `${bad} (which is read instead of ${testLabels}.gz beside it) is truncated or corrupt gzip`,
    );
    await Deno.remove(bad);
    await Deno.writeFile(`${bad}.gz`, encodeIDX([2], Uint8Array.of(9, 10)));
    await assertRejects(() => loadMNIST({ directory }), RangeError, `${bad}.gz has the label 10 at position 1`);
  });
});

testWith(disk, "a file that would unpack to gigabytes is refused, from a folder and from the cache", async () => {
  await withTempDir(async (directory) => {
    await writeFolder(directory, tinyContents());
    await Deno.remove(`${directory}/${trainImages}`);
    await Deno.writeFile(`${directory}/${trainImages}.gz`, await gzip(new Uint8Array(300e6))); // 300 KB
    await assertRejects(() => loadMNIST({ directory }), RangeError, `${trainImages}.gz takes at most 256000000 bytes`);
    const { kind, notes } = await load({ cache: directory, mirrors: [] });
    assertEquals(kind, "synthetic");
    assert(notes.some((line) => line.includes(`${trainImages}.gz is damaged`)), notes.join());
  });
}, noEnvironment);

/** Makes a link, with another program: Deno would need permission for the whole disk. */
async function link(target: string, path: string): Promise<void> {
  const code = `Deno.symlinkSync(${JSON.stringify(target)}, ${JSON.stringify(path)})`;
  assert((await new Deno.Command(Deno.execPath(), { args: ["eval", code] }).output()).success);
}

testWith(
  { ...disk, run: true },
  "a broken link is not a file: another spelling is used, or the file counts as missing",
  async () => {
    await withTempDir(async (directory) => {
      await writeFolder(directory, tinyContents(), (name) => name === testLabels ? `${name}.gz` : name);
      await Deno.mkdir(`${directory}/sub`);
      await link(`${directory}/gone`, `${directory}/${testLabels}`);
      assertEquals((await load({ directory })).size, 4);
      await Deno.rename(`${directory}/${testLabels}.gz`, `${directory}/sub/labels`);
      await assertRejects(() => loadMNIST({ directory }), RangeError, `${testLabels} (a broken link)`);
      await Deno.remove(`${directory}/${testLabels}`);
      await link(`${directory}/sub/labels`, `${directory}/${testLabels}`);
      assertEquals((await load({ directory })).size, 4);
      await Deno.remove(`${directory}/${testLabels}`);
      await link(`${directory}/sub`, `${directory}/${testLabels}`);
      await assertRejects(() => loadMNIST({ directory }), RangeError, `${directory} lacks ${testLabels}`);
    });
  },
);

testWith(disk, "files that do not belong together are errors that name them", async () => {
  const message = (directory: string): string =>
    `${directory}/${trainImages} has 4 images and ${directory}/${trainLabels} has 3 labels: they are not from the same set`;
  await refuses(trainLabels, encodeIDX([3], new Uint8Array(3)), RangeError, message);
  const labels = encodeIDX([2], Uint8Array.of(9, 10));
  await refuses(testLabels, labels, RangeError, `${testLabels} has the label 10 at position 1: labels are 0..9`);
  const small = encodeIDX([4, 8, 8], new Uint8Array(256));
  await refuses(trainImages, small, SyntaxError, `${trainImages} should hold N × 28 × 28 images and holds 4 × 8 × 8`);
  const swapped = tinyContents().get(trainLabels)!;
  await refuses(trainImages, swapped, SyntaxError, `${trainImages} should hold N × 28 × 28 images and holds 4`);
  await refuses(trainLabels, tinyContents().get(trainImages)!, SyntaxError, "are the files swapped?");
  const none = tinyContents(0, 0);
  await withTempDir(async (directory) => {
    await writeFolder(directory, none);
    await assertRejects(() => loadMNIST({ directory }), RangeError, `/${trainLabels} hold no image`);
  });
  await refuses(testImages, undefined, RangeError, `lacks ${testImages} (`);
});

Deno.test("synthetic digits are drawn on request, without looking for MNIST", async () => {
  const { source, kind, size, notes } = await load({ synthetic: true, seed: 4 });
  assertEquals([source, kind, size, notes], ["synthetic digits, seed 4", "synthetic", 12_000, []]);
});

Deno.test("options that contradict each other or mean nothing are refused", async () => {
  await assertRejects(
    () => loadMNIST({ directory: "x", synthetic: true }),
    TypeError,
    "takes directory or synthetic and got both: leave out one of them",
  );
  await assertRejects(
    () => loadMNIST({ mirrors: ["mnist"] }),
    RangeError,
    'mirrors as URLs, such as https://storage.googleapis.com/cvdf-datasets/mnist/, and got "mnist"',
  );
});

Deno.test({
  name: "without any permission, one line says so and synthetic digits are drawn",
  permissions: "none",
  async fn() {
    const { source, notes } = await load({ cache: "/tmp/none" });
    assertEquals(source, "synthetic digits, seed 1");
    assertEquals(notes, [
      "MNIST is not on this machine and cannot be downloaded (storage.googleapis.com and ossci-datasets.s3.amazonaws.com: the network " +
      "is not permitted without --allow-net): going on with synthetic digits, seed 1. If you have the four files of MNIST, name " +
      "their folder in MNIST_DIR",
    ]);
    await assertRejects(
      () => loadMNIST({ directory: "/tmp" }),
      RangeError,
      "needs permission to read the folder /tmp: run with --allow-read=/tmp",
    );
  },
});

testWith(
  { ...disk, net: true },
  "where no mirror has the right files, one line says so and nothing is kept",
  async () => {
    await withTempDir(async (directory) => {
      await using wrong = goodMirror(tinyContents());
      await using gone = mirror(() => new Response("", { status: 404 }));
      const cache = `${directory}/cache`;
      const { source, notes } = await load({ cache, mirrors: [wrong.url, gone.url.slice(0, -1)], seed: 2 });
      assertEquals(source, "synthetic digits, seed 2");
      assertEquals(notes.length, 1);
      assertMatch(
        notes[0],
        /train-images-idx3-ubyte has a wrong checksum; 127\.0\.0\.1:\d+: it answered 404 Not Found\): going on/,
      );
      assertEquals(await namesIn(cache), []);
    });
  },
  noEnvironment,
);

/** Runs a program with MNIST_DIR set, as a learner would, and returns its two outputs. */
async function runWith(directory: string): Promise<{ out: string; err: string }> {
  const module = new URL("../../data/mod.ts", import.meta.url).href;
  const program =
    `import { loadMNIST } from "${module}"; console.log((await loadMNIST({ mirrors: [], cache: false })).source)`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--no-check",
      "--allow-read",
      "--allow-env=MNIST_DIR",
      `data:text/javascript,${encodeURIComponent(program)}`,
    ],
    env: { MNIST_DIR: directory, NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { out: text(stdout), err: text(stderr) };
}

testWith(
  { ...disk, run: true },
  "MNIST_DIR names a folder; a line tells if it is ignored, and a damaged file is an error",
  async () => {
    await withTempDir(async (directory) => {
      const empty = await runWith(directory);
      assertEquals(empty.out, "synthetic digits, seed 1");
      assertMatch(
        empty.err,
        /^MNIST_DIR is ignored: \S+ lacks train-images-idx3-ubyte, .*; it holds nothing\nMNIST is not on .*$/,
      );
      assertMatch((await runWith(`${directory}/none`)).err, /^MNIST_DIR is ignored: \S+: there is no such folder\n/);
      await writeFolder(directory, tinyContents());
      assertEquals(await runWith(directory), {
        out: `images from ${directory}, not MNIST by their checksums`,
        err: "",
      });
      await Deno.truncate(`${directory}/${testLabels}`, 9);
      assertMatch(
        (await runWith(directory)).err,
        /SyntaxError: \/\S+\/t10k-labels-idx1-ubyte is truncated: 1 bytes are missing/,
      );
    });
  },
);

const directory = granted("env", "MNIST_DIR") ? Deno.env.get("MNIST_DIR") : undefined;
const real = directory !== undefined && directory !== "" && granted("read", directory);
const why = directory ? "MNIST_DIR may not be read" : "MNIST_DIR is not set";

testWhen(real, why, "the real MNIST is read: counts, checksums, first labels", async () => {
  const { train, test, source, kind } = await loadMNIST({ directory });
  assertEquals([train.shape, test.shape], [[60_000, 1, 28, 28], [10_000, 1, 28, 28]]);
  assertEquals([...train.labels.subarray(0, 5), ...test.labels.subarray(0, 3)], [5, 0, 4, 1, 9, 7, 2, 1]);
  assertEquals([source, kind], [`MNIST from ${directory}`, "mnist"]);
  const counts = new Array(10).fill(0);
  for (const label of train.labels) counts[label]++;
  assertEquals(counts, [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
});

testWhen(
  real && missing({ write: true, net: true }).length === 0,
  real ? `needs ${missing({ write: true, net: true }).join(" ")}` : why,
  "the real MNIST is downloaded from a mirror, kept, and found again",
  async () => {
    await withTempDir(async (cache) => {
      await using server = mirror(async (name) => new Response(await Deno.readFile(`${directory}/${name}`)));
      const options = { cache, mirrors: [server.url] };
      assertEquals(await load(options), {
        source: `MNIST downloaded from ${server.host}`,
        kind: "mnist",
        size: 60_000,
        notes: [],
      });
      assertEquals((await load(options)).source, `MNIST from ${cache}`);
      assertEquals(server.asked.length, 4);
    });
  },
  noEnvironment,
);
