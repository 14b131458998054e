// `deno task web:check`: every lesson to its end in Chromium, pictures of the page to look at, and what axe-core finds.
/// <reference lib="dom" />
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import type { CourseFile } from "../../lib/fronts/web/page/course_file.ts";
import { builtSite } from "./built_site.ts";
import { launch, openPage } from "./chromium.ts";
import { LessonPage } from "./lesson_page.ts";
import { serveFolder } from "./static_server.ts";
import { lookAtViews } from "./views.ts";

const [pictures] = Deno.args;
const browser = await launch();
const site = await builtSite({ data: Deno.env.get("MNIST_DIR") });
let faults = 0;
try {
  for (const isolated of [true, false]) {
    await using server = serveFolder(site, { isolated });
    faults += await goThroughAll(browser, server.url, isolated);
    if (isolated) {
      faults += await lookAtViews(
        browser,
        server.url,
        pictures ?? fileURLToPath(new URL("../../site", import.meta.url)),
      );
    }
  }
} finally {
  await browser.close();
  await Deno.remove(site, { recursive: true });
}
console.log(faults === 0 ? "no fault" : `${faults} faults`);
Deno.exit(faults === 0 ? 0 : 1);

/** Runs every lesson to its end, and counts what went wrong. */
async function goThroughAll(browser: Browser, url: string, isolated: boolean): Promise<number> {
  const { lessons } = await (await fetch(`${url}course.json`)).json() as CourseFile;
  let count = 0;
  for (const { name } of lessons) {
    const begin = performance.now();
    await using opened = await openPage(browser, `${url}#/${name}`);
    const lesson = new LessonPage(opened.page);
    await lesson.ready();
    await lesson.toTheEnd(300_000).catch((error) => opened.faults.push(String(error)));
    const errors = await opened.page.locator(".error").allInnerTexts();
    const found = [...opened.faults, ...errors];
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    console.log(`${isolated ? "threads" : "one thread"}  ${name}  ${seconds} s  ${found.join(" | ")}`);
    count += found.length;
  }
  return count;
}
