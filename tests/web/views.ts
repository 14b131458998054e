// Makes pictures of the page's views, light and dark, wide and narrow, and has axe-core look at them.
/// <reference lib="dom" />
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { LessonPage } from "./lesson_page.ts";

/** What axe-core says, as far as it is used. */
interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/**
 * Opens every view, saves its picture, and prints what is wrong with it.
 *
 * @returns How many serious faults there are.
 */
export async function lookAtViews(browser: Browser, url: string, folder: string): Promise<number> {
  Deno.mkdirSync(folder, { recursive: true });
  let faults = 0;
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1280, 390]) {
      // The policy would refuse axe-core, which is put into the page from outside.
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
      const page = await context.newPage();
      await eachView(page, url, async (name) => {
        await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png` });
        for (const fault of await faultsIn(page)) {
          console.log(`${name}, ${colorScheme}, ${width}: ${fault}`);
          faults++;
        }
      });
      await context.close();
    }
  }
  return faults;
}

/** Every view, in the state in which most of it can be seen. */
async function eachView(page: Page, url: string, look: (name: string) => Promise<void>): Promise<void> {
  const lesson = new LessonPage(page);
  await page.goto(url);
  await page.getByRole("link", { name: "y = wx + b" }).waitFor();
  await look("course");
  await page.goto(`${url}#/04_linear_regression`);
  await lesson.ready();
  await lesson.goTo(7);
  await lesson.step(7).getByRole("button", { name: "Check", exact: true }).click();
  await lesson.step(7).locator(".verdict").waitFor();
  await lesson.button("Hint").click();
  await lesson.step(7).locator(".hint").waitFor();
  await look("exercise");
  await lesson.button("Variables").click();
  await page.getByRole("region", { name: "Variables" }).getByRole("row", { name: /hiddenW/ }).waitFor();
  await look("variables");
  await lesson.button("Close").click();
  await lesson.step(5).scrollIntoViewIfNeeded();
  await lesson.step(5).getByRole("button", { name: "Edit", exact: true }).click();
  await look("picture");
  await page.goto(`${url}#/13_convolution`);
  await lesson.ready();
  await lesson.goTo(8);
  await look("convolution");
}

/** What axe-core finds that is serious, and whether the page is wider than the screen. */
async function faultsIn(page: Page): Promise<string[]> {
  const axe = createRequire(import.meta.url).resolve("axe-core");
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate("axe.run()") as { violations: Violation[] };
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const found = serious.map(({ id, nodes }) => `${id}: ${nodes[0].target.join(" ")} (${nodes.length})`);
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
  return isWide ? [...found, "it is wider than the screen"] : found;
}
