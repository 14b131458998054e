// The site in Chromium: the course as static files, without a server of its own.
/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Browser } from "playwright-core";
import { builtSite } from "./built_site.ts";
import { launch, openPage, webTest } from "./chromium.ts";
import { LessonPage } from "./lesson_page.ts";
import { serveFolder } from "./static_server.ts";
import { terminalPrints } from "./terminal_prints.ts";

let started: Promise<{ browser: Browser; site: string }> | undefined;

/** The browser and the site, made when the first test needs them. */
function start(): Promise<{ browser: Browser; site: string }> {
  started ??= Promise.all([launch(), builtSite()]).then(([browser, site]) => ({ browser, site }));
  return started;
}

Deno.test.afterAll(async () => {
  if (!started) return;
  const { browser, site } = await started;
  await browser.close();
  await Deno.remove(site, { recursive: true });
});

/** The typing style that a browser adds to what is pasted is refused, and nobody misses it. */
function withoutTyping(faults: readonly string[]): string[] {
  return faults.filter((fault) => !fault.startsWith("Applying inline style"));
}

const RIGHT = `function mseSlopes(w: number, b: number, xs: number[], ys: number[]): [number, number] {
  let [dw, db] = [0, 0];
  xs.forEach((x, n) => {
    const slope = (2 / xs.length) * (w * x + b - ys[n]);
    dw += slope * x;
    db += slope;
  });
  return [dw, db];
}`;
const WRONG = RIGHT.replace("return [dw, db]", "return [0, 0]");

webTest("a lesson from the course to an exercise: open, wrong, right, and all of it again after a reload", async () => {
  const { browser, site } = await start();
  await using server = serveFolder(site, { isolated: true, under: "/below/a/path/" });
  await using opened = await openPage(browser, server.url);
  const { page } = opened;
  const lesson = new LessonPage(page);
  await lesson.open("y = wx + b");
  await lesson.button("Next").click(); // runs the first cell
  await lesson.rest();
  await lesson.button("Next").click();
  await page.locator("#step-2[aria-current=step]").waitFor();
  await lesson.button("Run").click();
  await lesson.step(2).getByRole("img", { name: /40 points/ }).waitFor();
  await lesson.button("Back").click();
  await page.locator("#step-1[aria-current=step]").waitFor();

  await lesson.goTo(7);
  await lesson.step(7).getByRole("button", { name: "Check", exact: true }).click();
  await lesson.step(7).getByText("Replace blank(…) with your code").waitFor();
  await lesson.answer(7, WRONG);
  assertMatch(await lesson.step(7).locator(".verdict.wrong").innerText(), /Your answer is 0 everywhere/);
  await lesson.button("Hint").click();
  await lesson.step(7).getByText(/Hint 1 of/).waitFor();
  await lesson.answer(7, RIGHT);
  await lesson.step(7).locator(".verdict.passed").waitFor();
  await lesson.button("Solution").click();
  await lesson.step(7).locator(".solution").waitFor();
  await lesson.button("Variables").click();
  await page.getByRole("region", { name: "Variables" }).getByRole("row", { name: /hiddenW number/ }).waitFor();

  await page.reload();
  await lesson.ready();
  await lesson.step(7).getByText("✓ solved").waitFor();
  assertMatch(await lesson.step(7).getByRole("textbox").innerText(), /dw \+= slope \* x/);
  assertMatch(await lesson.step(3).locator(".output").innerText(), /w = 0, b = 0: 12\.11/);
  assertEquals(withoutTyping(opened.faults), []);
});

const LOSSES = `{
  const { Conv2D, Flatten, fit, FC, Module, ReLU, MaxPool2D, Adam, Random, Tensor } = await import("../mod.ts");
  const random = new Random(7);
  const data = { images: Tensor.randn([96, 1, 12, 12], { random }), labels: Array.from({ length: 96 }, (_, i) => i % 10) };
  const model = new Module([new Conv2D({ inChannels: 1, outChannels: 6, kernelSize: 5, random }), new ReLU(),
    new MaxPool2D({ kernelSize: 2 }), new Flatten(), new FC({ inFeatures: 96, outFeatures: 10, random })]);
  const losses: number[] = [];
  for await (const event of fit(model, data, { optimizer: new Adam(model.parameters()), epochs: 4, batchSize: 32, random })) {
    if (event.type === "step") losses.push(event.loss);
  }
  console.log("losses", losses.join(" "));
}`;

webTest("training gives the same losses as in the terminal, bit for bit, with shared memory and without", async () => {
  const { browser, site } = await start();
  const expected = /losses .*/.exec(await terminalPrints(LOSSES))![0];
  assert(expected.split(" ").length === 13, expected);
  for (const isolated of [true, false]) {
    await using server = serveFolder(site, { isolated });
    await using opened = await openPage(browser, `${server.url}#/04_linear_regression`);
    const lesson = new LessonPage(opened.page);
    await lesson.ready();
    assertEquals(await opened.page.evaluate(() => crossOriginIsolated), isolated);
    const printed = await lesson.play(LOSSES);
    assertEquals(/losses .*/.exec(printed)?.[0], expected);
  }
});

webTest("Stop ends an endless loop, and the cells before it run again when they are needed", async () => {
  const { browser, site } = await start();
  for (const isolated of [true, false]) {
    await using server = serveFolder(site, { isolated });
    await using opened = await openPage(browser, `${server.url}#/04_linear_regression`);
    const lesson = new LessonPage(opened.page);
    await lesson.ready();
    await lesson.goTo(3);
    await lesson.button("Play").click();
    await opened.page.getByRole("region", { name: "Play" }).getByRole("textbox").click();
    await opened.page.keyboard.insertText("while (true) {}");
    await lesson.button("Run my code").click();
    await opened.page.waitForTimeout(300);
    await lesson.button("Stop").click();
    await opened.page.getByText("Stopped. The earlier code will be run again, silently, when it is needed").waitFor();
    await lesson.button("Back to the lesson").click();
    await lesson.button("Run").click();
    await lesson.step(3).getByText("w = 0, b = 0: 12.114517161895293").waitFor();
  }
});

webTest(
  "a cell is changed in place and runs; the change outlives a reload, and can be taken back; so does an answer that is being written",
  async () => {
    const { browser, site } = await start();
    await using server = serveFolder(site, { isolated: true });
    await using opened = await openPage(browser, `${server.url}#/04_linear_regression`);
    const { page } = opened;
    const lesson = new LessonPage(page);
    await lesson.ready();
    await lesson.goTo(3);
    await lesson.button("Run").click();
    await lesson.step(3).getByText("w = 0, b = 0: 12.11").waitFor();
    await lesson.step(3).getByRole("button", { name: "Edit", exact: true }).click();
    await lesson.step(3).getByRole("textbox").click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.insertText('\nconsole.log("mine", lossOf(2, -1) < 1);');
    await lesson.step(3).getByRole("button", { name: "Run this cell" }).click();
    await lesson.step(3).getByText("mine true").waitFor();
    await lesson.step(7).getByRole("textbox").click();
    await page.keyboard.insertText("// not yet ");

    await page.reload();
    await lesson.ready();
    assertMatch(await lesson.step(7).getByRole("textbox").innerText(), /not yet/);
    assertMatch(await lesson.step(3).locator("pre.code").last().innerText(), /"mine"/);
    await lesson.step(3).getByRole("button", { name: "As it was" }).click();
    await lesson.rest();
    assertEquals((await lesson.step(3).locator("pre.code").last().innerText()).includes("mine"), false);
  },
);

webTest("what a cell puts out is shown, and nothing of it runs in the page", async () => {
  const { browser, site } = await start();
  await using server = serveFolder(site, { isolated: true });
  await using opened = await openPage(browser, `${server.url}#/04_linear_regression`);
  const lesson = new LessonPage(opened.page);
  await lesson.ready();
  const printed = await lesson.play(`{
    const display = globalThis[Symbol.for("gradually.display")] as (bundle: Record<string, string>) => void;
    console.log("<img src=x onerror=\\"document.title = 'broken'\\">");
    const svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='parent.document.title = 1'><script>document.title = 2</script><rect width='9' height='9'/></svg>";
    display({ "text/plain": "a picture", "image/svg+xml": svg, "text/html": "<script>document.title = 3</script>" });
    console.error("end");
  }`);
  assertMatch(printed, /<img src=x onerror=/);
  await opened.page.waitForTimeout(200);
  assertEquals(await opened.page.title(), "Gradually");
  assertEquals(await opened.page.locator("main img[src=x], main script, main svg").count(), 0);
  assertEquals(withoutTyping(opened.faults), []);
});

webTest("what was opened once opens without a network, with its lessons", async () => {
  const { browser, site } = await start();
  const server = serveFolder(site, { isolated: true, under: "/below/" });
  await using opened = await openPage(browser, server.url, { serviceWorkers: "allow" });
  const { page } = opened;
  await page.getByRole("link", { name: "y = wx + b" }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await server[Symbol.asyncDispose](); // from here on nobody answers
  await page.goto(`${server.url}#/04_linear_regression`);
  await page.reload();
  const lesson = new LessonPage(page);
  await lesson.ready();
  assertEquals(await page.evaluate(() => crossOriginIsolated), true);
  await lesson.goTo(3);
  await lesson.button("Run").click();
  await lesson.step(3).getByText("w = 0, b = 0: 12.11").waitFor();
  await page.getByRole("link", { name: "Gradually" }).click();
  await lesson.open("The tour");
});

webTest("a lesson can be read without JavaScript", async () => {
  const { browser, site } = await start();
  await using server = serveFolder(site);
  await using opened = await openPage(browser, server.url, { javaScriptEnabled: false });
  await opened.page.getByRole("link", { name: "Convolution" }).first().click();
  const text = await opened.page.locator("main").innerText();
  assertMatch(text, /await check\("/);
  assertEquals(await opened.page.locator("script").count(), 0);
  assertEquals(opened.faults, []);
});
