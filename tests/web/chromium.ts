// Drives the Chromium of the system with Playwright, under the permissions that tests have.
import { tmpdir } from "node:os";
import fs from "node:fs";
import process from "node:process";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { missing, testWhen } from "../support.ts";

/** Where Debian, and `.ci/run`, put it. */
export const CHROMIUM = "/usr/bin/chromium";

/** Registers a test that needs Chromium; without it, the test is ignored, and its name says why. */
export function webTest(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  const flags = missing({ read: true, write: true, net: true, run: true, sys: true });
  const reason = flags.length > 0 ? `needs ${flags.join(" ")}` : isThere() ? "needs --allow-run" : "no Chromium";
  const options = { sanitizeOps: false, sanitizeResources: false };
  testWhen(flags.length === 0 && isThere() && mayRun(), reason, name, fn, options);
}

function isThere(): boolean {
  try {
    return Deno.statSync(CHROMIUM).isFile;
  } catch {
    return false;
  }
}

function mayRun(): boolean {
  return Deno.permissions.querySync({ name: "run", command: CHROMIUM }).state === "granted";
}

/** Starts the browser. The kernel's own fence around it needs rights that a container and root do not have. */
export async function launch(): Promise<Browser> {
  // Playwright reads dozens of environment variables, and looks for files that Deno gives to nobody: it finds neither.
  const env = { HOME: tmpdir(), PATH: "/usr/bin:/bin" };
  Object.defineProperty(process, "env", { value: env, configurable: true });
  const { existsSync } = fs;
  fs.existsSync = (path) => {
    try {
      return existsSync(path);
    } catch {
      return false;
    }
  };
  const { chromium } = await import("playwright-core");
  return await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"], env });
}

/** A page of its own, with nothing kept, and what went wrong in it. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors that nobody caught, refused scripts and styles, and requests that failed or left the origin. */
  readonly faults: string[];
}

/** Opens an address. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ serviceWorkers: "block", ...options }); // what a test built before must not answer
  const page = await context.newPage();
  const faults: string[] = [];
  const { origin } = new URL(url);
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin) faults.push(request.url());
  });
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  return { page, context, faults, [Symbol.asyncDispose]: async () => await context.close() };
}
