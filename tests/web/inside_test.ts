// An opened network in Chromium: pictures of its layers, of which every number can be asked where it came from.
/// <reference lib="dom" />
import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type Axe from "axe-core";
import type { Browser } from "playwright-core";
import { builtSite } from "./built_site.ts";
import { launch, openPage, webTest } from "./chromium.ts";
import { PadPage } from "./pad_page.ts";
import { serveFolder, type StaticServer } from "./static_server.ts";

let started: Promise<{ browser: Browser; site: string; server: StaticServer }> | undefined;

/** The browser and the site, made when the first test needs them. */
function start(): NonNullable<typeof started> {
  return started ??= Promise.all([launch(), builtSite()]).then(([browser, site]) => {
    return { browser, site, server: serveFolder(site) };
  });
}

Deno.test.afterAll(async () => {
  if (!started) return;
  const { browser, site, server } = await started;
  await browser.close();
  await server[Symbol.asyncDispose]();
  await Deno.remove(site, { recursive: true });
});

webTest("from the pad into the network: a drawn digit layer by layer, a click, and the arrow keys", async () => {
  const { browser, server } = await start();
  await using opened = await openPage(browser, `${server.url}#/draw`);
  const { page, faults } = opened;
  const pad = new PadPage(page);
  await pad.draw([[[0.5, 0.2], [0.5, 0.8]]]);
  await pad.reads();
  await page.getByRole("link", { name: "Look inside the network" }).click();
  await page.getByText("your drawing", { exact: true }).waitFor();
  assertEquals(await page.getByRole("button", { name: /^1 / }).getAttribute("aria-pressed"), "true");

  const explained = page.locator(".layers").first().getByRole("region", { name: "How this number came about" });
  const conv = page.getByLabel("The output of conv1", { exact: true });
  await conv.click({ position: { x: 5, y: 5 } });
  const [, first] = /conv1\[0, (\d+, \d+)\] = .*window · kernel/.exec(await explained.textContent() ?? "")!;
  assertEquals(await explained.locator(".grid").count(), 2);
  await conv.press("ArrowRight");
  assertNotEquals(/conv1\[0, (\d+, \d+)\]/.exec(await explained.textContent() ?? "")![1], first);
  await page.getByLabel("The output of fc2", { exact: true }).press("ArrowRight");
  assertMatch(await explained.textContent() ?? "", /fc2\[0\] = .* = the sum of 64 inputs · weights \+ bias/);
  assertEquals(faults, []);
});

webTest("a batch goes a layer at a time forward, and then back with its gradients", async () => {
  const { browser, server } = await start();
  await using opened = await openPage(browser, `${server.url}#/inside`);
  const batch = opened.page.getByRole("region", { name: "One batch, forward and backward" });
  const [step, layers] = [batch.getByRole("button", { name: "Step", exact: true }), batch.locator(".passed > li")];
  await step.click();
  await step.click();
  assertEquals(await layers.count(), 2);
  assertEquals(await batch.getByRole("status").textContent(), "forward, 2 of 12: batchNorm1");
  for (let taken = 2; taken < 14; taken++) await step.click();
  assertEquals(await batch.getByRole("status").textContent(), "backward, 1 of 12: fc2");
  assertEquals(await batch.getByText("gradient of the loss").count(), 1);
  assertMatch(await layers.last().textContent() ?? "", /∂loss \/ ∂fc2.weight/);
});

webTest("neither view has a serious fault for those who do not see it, in light and in dark", async () => {
  const { browser, server } = await start();
  const { default: axe } = await import("axe-core"); // it reads the environment, which the browser's start has replaced
  for (const colorScheme of ["light", "dark"] as const) {
    for (const view of ["draw", "inside"]) {
      await using opened = await openPage(browser, `${server.url}#/${view}`, { colorScheme });
      const { page } = opened;
      await page.locator("main canvas").first().waitFor();
      if (view === "draw") await new PadPage(page).draw([[[0.5, 0.2], [0.5, 0.8]]]);
      else await page.getByRole("button", { name: "To the end" }).click();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof Axe }).axe.run());
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      assertEquals(serious.map(({ id, nodes }) => [view, colorScheme, id, nodes[0].html]), []);
    }
  }
});
