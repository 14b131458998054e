// Cache and mirrors: the right bytes or a reason, never half a file, never a hang.
import { assert, assertEquals, assertGreater, assertMatch, assertRejects } from "@std/assert";
import { datasetsOf } from "../../data/mnist_files.ts";
import { type Obtained, obtainFiles } from "../../data/obtain.ts";
import type { MirrorOptions } from "../../data/mirrors.ts";
import type { LoadProgress } from "../../data/report.ts";
import { testWith, withTempDir } from "../support.ts";
import { brokenMirror, filesFor, goodMirror, gzip, type Mirror, mirror, namesIn, tinyContents } from "./fixtures.ts";

const needs = { read: true, write: true, net: true } as const;
const contents = tinyContents();
const names = [...contents.keys()];
const packedNames = names.map((name) => `${name}.gz`).sort();

interface Attempt extends Obtained {
  notes: string[];
  progress: LoadProgress[];
}

/** Obtains the tiny files from these mirrors, and gathers what is told on the way. */
async function obtain(mirrors: Mirror[], options: Partial<MirrorOptions> = {}): Promise<Attempt> {
  const notes: string[] = [];
  const progress: LoadProgress[] = [];
  const obtained = await obtainFiles(await filesFor(contents), {
    mirrors: mirrors.map((mirror) => mirror.url),
    connectTimeout: 5_000,
    stallTimeout: 5_000,
    onNote: (line) => notes.push(line),
    onProgress: (report) => progress.push(report),
    ...options,
  });
  return { ...obtained, notes, progress };
}

testWith(needs, "a download returns the files and fills the cache; the next run needs no mirror", async () => {
  await withTempDir(async (directory) => {
    const cache = `${directory}/cache`;
    await using good = goodMirror(contents);
    const first = await obtain([good], { cache });
    assertEquals(first.contents, contents);
    assertEquals([first.source, first.failures, first.notes], [`MNIST downloaded from ${good.host}`, [], []]);
    assertEquals(datasetsOf(first.contents).train.shape, [4, 1, 28, 28]);
    assertEquals(await namesIn(cache), packedNames);

    const second = await obtain([good], { cache });
    assertEquals(second.contents, contents);
    assertEquals([second.source, second.progress, good.asked.length], [`MNIST from ${cache}`, [], 4]);
  });
});

testWith(needs, "progress grows to the total size and ends once", async () => {
  await using good = goodMirror(contents);
  const { progress } = await obtain([good]);
  const last = progress.at(-1)!;
  assertEquals(progress.filter((report) => report.done), [last]);
  assertEquals([last.received, last.from], [last.total, good.host]);
  assertGreater(last.received, 0);
  progress.slice(1).forEach((report, i) => assert(report.received >= progress[i].received));
});

const badMirrors: [string, () => Mirror, RegExp][] = [
  ["answers 403", () => mirror(() => new Response("No", { status: 403 })), /: it answered 403 Forbidden$/],
  ["answers 500", () => mirror(() => new Response("No", { status: 500 })), /: it answered 500/],
  [
    "sends us to a login page",
    () => mirror(() => Response.redirect("http://login.example/", 302)),
    /: it redirects to login\.example; does this network want you to log in first\?$/,
  ],
  ["sends a web page", () => mirror(() => new Response("<html>hello</html>")), /it sent a web page for train-images/],
  [
    "has other images",
    () => goodMirror(tinyContents(3, 2)),
    /its train-images-idx3-ubyte has a wrong checksum$/,
  ],
  [
    "sends half a gzip file",
    () => mirror(async () => new Response((await gzip(contents.get(names[0])!)).subarray(0, 30))),
    /train-images-idx3-ubyte\.gz is truncated or corrupt gzip \(30 bytes\)$/,
  ],
  ["hangs up in the middle", () => brokenMirror({ hangUp: true }), /: the connection broke off after 100 bytes$/],
];

for (const [what, start, reason] of badMirrors) {
  testWith(needs, `a mirror that ${what} is abandoned for the next one`, async () => {
    await withTempDir(async (directory) => {
      const cache = `${directory}/cache`;
      await using bad = start();
      await using good = goodMirror(contents);
      const { contents: got, source } = await obtain([bad, good], { cache });
      assertEquals(got, contents);
      assertEquals([source, bad.asked.length], [`MNIST downloaded from ${good.host}`, 1]);
      assertEquals(await namesIn(cache), packedNames);
    });
  });

  testWith(needs, `if the only mirror ${what}, the reason is reported and the cache stays empty`, async () => {
    await withTempDir(async (directory) => {
      const cache = `${directory}/cache`;
      await using bad = start();
      const { contents: got, failures } = await obtain([bad], { cache });
      assertEquals([got.size, failures.length, await namesIn(cache)], [0, 1, []]);
      assert(failures[0].startsWith(`${bad.host}: `));
      assertMatch(failures[0], reason);
    });
  });
}

testWith(needs, "a mirror that never answers is abandoned after the timeout", async () => {
  const release = Promise.withResolvers<Response>();
  await using silent = mirror(() => release.promise);
  await using good = goodMirror(contents);
  const started = performance.now();
  const alone = await obtain([silent], { connectTimeout: 600 });
  assertEquals(alone.failures, [`${silent.host}: no answer in 0.6 s`]);
  assertEquals((await obtain([silent, good], { connectTimeout: 600 })).contents, contents);
  assert(performance.now() - started < 10_000);
  release.resolve(new Response());
});

testWith(needs, "a mirror that stalls in the middle is abandoned after the timeout", async () => {
  await using silent = brokenMirror({ hangUp: false });
  const { failures, progress } = await obtain([silent], { stallTimeout: 150 });
  assertEquals(failures, [`${silent.host}: no more data for 0.15 s`]);
  assertEquals(progress.at(-1)?.done, true);
});

testWith(needs, "if nothing listens, both mirrors are named with one reason", async () => {
  const hosts = [1, 2].map(() => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    return `127.0.0.1:${listener.addr.port}`;
  });
  const { failures } = await obtain([], { mirrors: hosts.map((host) => `http://${host}/`) });
  assertEquals(failures, [`${hosts[0]} and ${hosts[1]}: connection refused`]);
});

testWith(needs, "two mirrors with two files each give all four", async () => {
  const half = (from: number) => new Map([...contents].slice(from, from + 2));
  await using first = goodMirror(half(0));
  await using second = goodMirror(half(2));
  const { contents: got, source } = await obtain([first, second]);
  assertEquals(got, contents);
  assertEquals(source, `MNIST downloaded from ${first.host} and ${second.host}`);
});

testWith(needs, "an interrupted download continues with the missing files next time", async () => {
  await withTempDir(async (cache) => {
    await using first = goodMirror(new Map([...contents].slice(0, 3)));
    assertEquals((await obtain([first], { cache })).failures, [`${first.host}: it answered 404 Not Found`]);
    assertEquals((await namesIn(cache)).length, 3);
    await using second = goodMirror(contents);
    assertEquals((await obtain([second], { cache })).contents, contents);
    assertEquals(second.asked, [`${names[3]}.gz`]);
  });
});

testWith(needs, "a damaged file in the cache is downloaded again, and a note tells so", async () => {
  await withTempDir(async (cache) => {
    await using good = goodMirror(contents);
    await obtain([good], { cache });
    const damaged = `${cache}/${names[2]}.gz`;
    for (const bytes of [new Uint8Array(0), (await Deno.readFile(damaged)).subarray(0, 40), Uint8Array.of(1, 2, 3)]) {
      await Deno.writeFile(damaged, bytes);
      good.asked.length = 0;
      const { contents: got, notes } = await obtain([good], { cache });
      assertEquals(got, contents);
      assertEquals([notes, good.asked], [[`${damaged} is damaged and is downloaded again`], [`${names[2]}.gz`]]);
      assertEquals((await obtain([], { cache })).failures, []);
    }
  });
});

testWith(needs, "a mirror that sends files unpacked is fine, and the cache is read again", async () => {
  await withTempDir(async (cache) => {
    await using plain = mirror((name) =>
      new Response(contents.get(name.replace(".gz", "")) as Uint8Array<ArrayBuffer>)
    );
    assertEquals((await obtain([plain], { cache })).contents, contents);
    assertEquals(await namesIn(cache), [...names].sort());
    assertEquals((await obtain([], { cache })).contents, contents);
  });
});

testWith(needs, "if the cache cannot be written, the download stays in memory, and one note tells so", async () => {
  await withTempDir(async (directory) => {
    await Deno.writeFile(`${directory}/file`, new Uint8Array(1));
    await using good = goodMirror(contents);
    const cache = `${directory}/file/cache`;
    const { contents: got, notes, failures } = await obtain([good], { cache });
    assertEquals([got, failures], [contents, []]);
    assertEquals(notes, [
      `MNIST cannot be kept in ${cache}: a part of its path is a file, not a folder. It stays in memory and is downloaded again ` +
      "next time",
    ]);
  });
});

testWith(needs, "if the cache may not be written, the missing flag is named", async () => {
  await using good = goodMirror(contents);
  const { contents: got, notes } = await obtain([good], { cache: "/tmp/none" });
  assertEquals(got, contents);
  assertEquals(notes.length, 1);
  assertMatch(
    notes[0],
    /^MNIST cannot be kept in \/tmp\/none: not permitted without --allow-write=\/tmp\/none\. It stays/,
  );
}, { permissions: { read: "inherit", write: false, net: "inherit" } });

testWith(needs, "an aborted download rejects with the signal's reason and leaves nothing behind", async () => {
  await withTempDir(async (directory) => {
    const cache = `${directory}/cache`;
    await using silent = brokenMirror({ hangUp: false });
    await using good = goodMirror(contents);
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error("stopped by the learner"));
    const { signal } = stop;
    await assertRejects(() => obtain([silent, good], { cache, signal, onProgress }), Error, "stopped by the learner");
    await assertRejects(() => obtain([good], { cache, signal }), Error, "stopped by the learner");
    assertEquals([await namesIn(cache), good.asked], [[], []]);
  });
});

Deno.test({
  name: "what is not permitted is not tried, and the flag is named",
  permissions: { read: false, write: false, net: false, env: false },
  async fn() {
    const { failures, contents } = await obtain([], { mirrors: ["http://127.0.0.1:9/"], cache: "/tmp/none" });
    assertEquals([contents.size, failures], [0, ["127.0.0.1:9: the network is not permitted without --allow-net"]]);
  },
});
