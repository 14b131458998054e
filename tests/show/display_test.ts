import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import xterm from "@xterm/headless";
import { curve, DISPLAY, display, Picture, show } from "../../lib/show/mod.ts";
import { INTERRUPT, shared } from "../../lib/contract/contract.ts";
import { TextOutput } from "../../lib/show/text_output.ts";
import { Tensor } from "../../lib/tensor/mod.ts";
import { testWith } from "../support.ts";
import { hooked, parseSvg, wave } from "./pictures.ts";

Deno.test("show gives the hook one bundle, with all forms", async () => {
  const [{ bundle, options }, ...others] = await hooked(() => show(curve([1, 2, 3])));
  assertEquals(others, []);
  assertEquals(options, {});
  assert(bundle["text/plain"].includes("┤"));
  parseSvg(bundle["image/svg+xml"]);
});

Deno.test("show makes only the forms that the front end lists, and text always", async () => {
  const drawn: string[] = [];
  const draw = (form: string) => () => (drawn.push(form), form);
  const picture = new Picture({ text: draw("text"), svg: draw("svg"), html: draw("html") });
  const [{ bundle }] = await hooked(() => show(picture), () => {}, ["text/html", "image/png"]);
  assertEquals(bundle, { "text/plain": "text", "text/html": "html" });
  assertEquals(drawn, ["text", "html"]);
});

Deno.test("the drawing time of a display does not include what the event loop does afterward", async () => {
  let clock = 0;
  const { now } = performance;
  performance.now = () => clock;
  try {
    await hooked(async () => {
      const live = display();
      assertEquals(live.drawingTime, 0);
      await live.update(new Picture({ text: () => (clock += 3, "") }));
      assertEquals(live.drawingTime, 7);
    }, () => {
      clock += 4;
      queueMicrotask(() => clock += 50);
    }, []);
  } finally {
    performance.now = now;
  }
});

Deno.test("a display says when the front end asks its loop to stop, and that it was asked is counted", async () => {
  const flag = new Int32Array(new SharedArrayBuffer(8));
  shared[INTERRUPT] = flag;
  try {
    await hooked(() => {
      const live = display();
      assertEquals(live.stopping, false);
      Atomics.store(flag, 0, 1);
      assertEquals(live.stopping, true);
      assertEquals(Atomics.load(flag, 1), 2);
      return live.close();
    });
  } finally {
    delete shared[INTERRUPT];
  }
});

Deno.test("show shows tensors, text, errors and any other value", async () => {
  const shown = await hooked(async () => {
    await show(Tensor.from([[1, 2], [3, 4]]));
    await show("plain words");
    await show({ a: [1, { b: 2 }] });
    await show(undefined);
    await show(new RangeError("too far"));
  });
  const texts = shown.map(({ bundle }) => bundle["text/plain"]);
  assertStringIncludes(texts[0], "float32  [2, 2]  min 1  mean 2.5  max 4");
  assertEquals(texts.slice(1, 4), ["plain words", "{ a: [ 1, { b: 2 } ] }", "undefined"]);
  assertStringIncludes(texts[4], "RangeError: too far");
});

Deno.test("show takes anything with Jupyter.display, including promises and bundles without text", async () => {
  const shown = await hooked(async () => {
    await show({ [DISPLAY]: () => Promise.resolve({ "text/plain": "promised" }) });
    await show({ [DISPLAY]: () => ({ "image/png": "AAAA" }) });
  });
  assertEquals(shown[0].bundle, { "text/plain": "promised" });
  assertEquals(shown[1].bundle["text/plain"], "(image/png: no text form)");
});

Deno.test("a picture is also an HTML image of its SVG, for pages that take no SVG elements", async () => {
  const [{ bundle }] = await hooked(() => show(curve([1, 2], { title: `"<é>"` })));
  const [, data, label] =
    /^<img src="data:image\/svg\+xml;base64,([^"]+)" alt="([^"]*)" style="max-width:100%;height:auto">$/
      .exec(bundle["text/html"])!;
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  assertEquals(new TextDecoder().decode(bytes), bundle["image/svg+xml"]);
  assertStringIncludes(label, "&quot;&lt;é&gt;&quot;");
});

Deno.test("every form has the title", async () => {
  const [{ bundle }] = await hooked(() => show(curve([1, 2]), { title: "A & B" }));
  assert(bundle["text/plain"].startsWith("A & B\n"));
  const root = parseSvg(bundle["image/svg+xml"]);
  assertStringIncludes(root.text, "A & B");
});

Deno.test("a display is shown first, then updated, under one id", async () => {
  const shown = await hooked(async () => {
    const live = display();
    await live.update("one");
    await live.update("two");
    await live.close();
  });
  assertEquals(shown.map(({ bundle }) => bundle["text/plain"]), ["one", "two"]);
  assertEquals(shown.map(({ options }) => options.update), [false, true]);
  assertEquals(shown[0].options.displayId, shown[1].options.displayId);
  assertMatch(shown[0].options.displayId!, /^gradually-/);
});

Deno.test("the screen that a front end declares is the screen that pictures fit", async () => {
  const scope = globalThis as unknown as Record<symbol, unknown>;
  const key = Symbol.for("gradually.screen");
  scope[key] = { columns: 40, colors: "24bit" };
  try {
    const [{ bundle }] = await hooked(() =>
      show(new Picture({ text: ({ columns, colors }) => `${columns} ${colors}` }))
    );
    assertEquals(bundle["text/plain"], "40 none");
    assertEquals(bundle["text/x-ansi"], Deno.noColor ? undefined : "40 24bit");
  } finally {
    delete scope[key];
  }
});

/** The screen of an 80 × 24 terminal after this text. */
function onScreen(text: string): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true, convertEol: true });
  return new Promise((resolve) => {
    terminal.write(text, () => {
      const buffer = terminal.buffer.active;
      const lines = Array.from({ length: buffer.length }, (_, i) => buffer.getLine(i)?.translateToString(true) ?? "");
      resolve(lines.join("\n").trimEnd().split("\n"));
    });
  });
}

Deno.test("a terminal redraws a display in place, taller or shorter, and leaves what is above it", async () => {
  let written = "";
  const output = new TextOutput((text) => written += text);
  const live = { displayId: "a" };
  output.print("above", {}, true);
  output.print("1\n2\n3", { ...live, update: false }, true);
  output.print("one\ntwo\nthree\nfour", { ...live, update: true }, true);
  assertEquals(await onScreen(written), ["above", "one", "two", "three", "four"]);
  output.print("last", { ...live, update: true }, true);
  output.print("below", {}, true);
  assertEquals(await onScreen(written), ["above", "last", "below"]);
});

Deno.test("a display that is not the last anymore is drawn again below, not over what came after it", async () => {
  let written = "";
  const output = new TextOutput((text) => written += text);
  output.print("state 1", { displayId: "a", update: false }, true);
  output.print("words between", {}, true);
  output.print("state 2", { displayId: "a", update: true }, true);
  assertEquals(await onScreen(written), ["state 1", "words between", "state 2"]);
});

Deno.test("a display taller than the screen keeps its end in view and overwrites nothing above it", async () => {
  let written = "";
  const output = new TextOutput((text) => written += text);
  output.print("above", {}, true);
  const tall = (name: string) => Array.from({ length: 40 }, (_, i) => `${name} ${i}`).join("\n");
  output.print(tall("a"), { displayId: "x", update: false }, true);
  output.print(tall("b"), { displayId: "x", update: true }, true);
  const lines = await onScreen(written);
  assertEquals(lines[0], "above");
  assertEquals(lines.at(-1), "b 39");
  assertEquals(lines.filter((line) => line === "b 39").length, 1);
});

Deno.test("a pipe gets only the last state of a display, in its turn, without escape codes", () => {
  let written = "";
  const output = new TextOutput((text) => written += text);
  output.print("1", { displayId: "a", update: false }, false);
  output.print("2", { displayId: "a", update: true }, false);
  assertEquals(written, "");
  output.print("next", {}, false);
  assertEquals(written, "2\nnext\n");
  output.print("3", { displayId: "a", update: true }, false);
  output.settle("a");
  output.settle("a");
  assertEquals(written, "2\nnext\n3\n");
});

/** Runs a script in a separate process, without permissions, its output in a pipe. */
async function script(code: string, args: string[] = []): Promise<{ code: number; out: string; err: string }> {
  const module = new URL("../../lib/show/mod.ts", import.meta.url).href;
  const source = `import * as show from ${JSON.stringify(module)};\n${code}`;
  const { code: exit, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--quiet", ...args, `data:application/typescript,${encodeURIComponent(source)}`],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code: exit, out: text(stdout), err: text(stderr) };
}

testWith(
  { run: true },
  "a script with no permissions shows pictures on a pipe, in order, without escape codes",
  async () => {
    const { code, out, err } = await script(`
    const live = show.display();
    await live.update("state 1");
    await live.update("state 2");
    await show.show(show.curve([1, 2, 3]));
    await live.update("state 3");
  `);
    assertEquals([code, err], [0, ""]);
    assert(!out.includes("\x1b"));
    assert(out.startsWith("state 2\n3 ┤"), out.slice(0, 40));
    assert(out.endsWith("state 3\n"), "what is still held is printed at the end");
    assert(!out.includes("state 1"));
  },
);

testWith({ run: true }, "in a notebook a display is broadcast, then updated, without terminal codes", async () => {
  const { code, out, err } = await script(`
    const sent = [];
    const real = Deno;
    const jupyter = { broadcast: async (...message) => sent.push(message) };
    const value = new Proxy({}, { get: (_, key) => key === "jupyter" ? jupyter : real[key] });
    Object.defineProperty(globalThis, "Deno", { value });
    const live = show.display();
    await live.update(show.curve([1, 2, 3]));
    await live.update("done");
    await show.show("alone");
    console.log(JSON.stringify(sent));
  `);
  assertEquals([code, err], [0, ""]);
  const [first, second, third] = JSON.parse(out) as [string, Record<string, Record<string, string>>][];
  assertEquals([first[0], second[0], third[0]], ["display_data", "update_display_data", "display_data"]);
  assertEquals(Object.keys(first[1].data), ["text/plain", "image/svg+xml", "text/html"]);
  assertEquals(first[1].transient.display_id, second[1].transient.display_id);
  assertEquals([second[1].data, third[1].transient], [{ "text/plain": "done" }, {}]);
});

Deno.test("drawing a wave of a hundred thousand numbers takes less than a second", () => {
  const started = performance.now();
  const picture = curve(wave([100_000]));
  picture.text();
  picture.svg();
  assert(performance.now() - started < 1000);
});
