/** Answers the requests of the page on the learner's own machine: gives files, keeps place and answers, and checks types. It runs no lesson. */

import type { CellError } from "../../../cells/engine/protocol.ts";
import { cookieName, decide, type Identity } from "./guard.ts";
import { isAllowed, MOST_BYTES, StateFiles } from "./state_files.ts";

/** What the server is made of. */
interface CourseServerOptions {
  /** The folder of the site. */
  site: string;
  /** The learner's folder. */
  state: string;
  /** The files of MNIST, by name. */
  data: ReadonlyMap<string, string>;
  identity: Identity;
  /** The type errors in the answer to an exercise. */
  checkTypes(lesson: string, exercise: string): Promise<readonly CellError[]>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  txt: "text/plain; charset=utf-8",
};

/** Lets the page share memory with its Workers, and tells everybody else to stay out. */
const HEADERS: Readonly<Record<string, string>> = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
  "x-frame-options": "DENY",
};

/** A function that answers requests. */
export function courseServer(options: CourseServerOptions): (request: Request) => Promise<Response> {
  const { site, data, identity, checkTypes } = options;
  const files = new StateFiles(options.state);

  return async (request) => {
    try {
      const decision = decide(request, identity);
      if (decision && "status" in decision) return say(decision.status, decision.reason);
      const url = new URL(request.url);
      if (decision) return enter(url);
      const path = decodeURIComponent(url.pathname.slice(1)) || "index.html";
      if (path === "state" && request.method === "GET") return json(files.all());
      if (path.startsWith("state/")) {
        return await state(request, path.slice("state/".length), url.searchParams.has("append"));
      }
      if (path === "types" && request.method === "POST") return json(await types(request));
      if (request.method !== "GET" && request.method !== "HEAD") return say(405, "this address is only read");
      return await give(path, request.headers.get("host") ?? identity.host);
    } catch (error) {
      return say(error instanceof URIError || error instanceof SyntaxError ? 400 : 500, (error as Error).message);
    }
  };

  /** The token goes into a cookie that no script reads, and out of the address. */
  function enter(url: URL): Response {
    const cookie = `${cookieName(identity)}=${identity.token}; Path=/; HttpOnly; SameSite=Strict`;
    return new Response(null, { status: 303, headers: { ...HEADERS, location: `/${url.hash}`, "set-cookie": cookie } });
  }

  async function state(request: Request, path: string, append: boolean): Promise<Response> {
    if (!isAllowed(path)) return say(404, "a page has no such file");
    if (request.method === "GET") {
      const text = files.read(path);
      return text === undefined
        ? new Response(null, { status: 204, headers: HEADERS })
        : reply(text, "text/plain; charset=utf-8");
    }
    if (request.method === "DELETE") files.remove(path);
    else if (request.method === "PUT") {
      const text = await bodyOf(request);
      if (text === undefined) return say(413, `a file takes at most ${MOST_BYTES} bytes`);
      files.write(path, text, append);
    } else return say(405, "a file is read, written or removed");
    return new Response(null, { status: 204, headers: HEADERS });
  }

  async function types(request: Request): Promise<readonly CellError[]> {
    const { lesson, exercise } = JSON.parse(await bodyOf(request) ?? "{}") as Record<string, unknown>;
    if (typeof lesson !== "string" || typeof exercise !== "string" || !/^\w+$/.test(lesson)) return [];
    return await checkTypes(lesson, exercise);
  }

  async function give(path: string, host: string): Promise<Response> {
    if (path === "data/names.json") return json([...data.keys()]);
    if (path.startsWith("data/")) {
      const found = data.get(path.slice("data/".length));
      return found === undefined
        ? say(404, "there is no such file")
        : reply(await Deno.readFile(found), "application/octet-stream");
    }
    if (!/^[\w-]+(\/[\w-]+)*\.\w+$/.test(path)) return say(404, "there is no such file");
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = await Deno.readFile(`${site}/${path}`);
    } catch {
      return say(404, "there is no such file");
    }
    if (path === "course.json") return json({ ...JSON.parse(new TextDecoder().decode(bytes)), server: true });
    const policy: Record<string, string> = path.startsWith("cells/")
      ? { "content-security-policy": cellsPolicy(host) }
      : {};
    return reply(bytes, TYPES[path.replace(/^.*\./, "")] ?? "application/octet-stream", policy);
  }

  function reply(body: BodyInit, type: string, more: Readonly<Record<string, string>> = {}): Response {
    return new Response(body, { headers: { ...HEADERS, ...more, "content-type": type } });
  }

  function json(value: unknown): Response {
    return reply(JSON.stringify(value), "application/json");
  }
}

/** The Worker of the cells is the one place that evaluates code, and it reaches the data and its own scripts, not the learner's files. */
function cellsPolicy(host: string): string {
  const scripts = "script-src 'self' blob: 'unsafe-eval'; worker-src 'self' blob:";
  return `default-src 'none'; ${scripts}; connect-src http://${host}/data/`;
}

/** The text of a body; undefined if it is too long, of which no more is read than shows that. */
async function bodyOf(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > MOST_BYTES) return undefined;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return await new Blob(parts as Uint8Array<ArrayBuffer>[]).text();
}

function say(status: number, reason: string): Response {
  const headers = {
    ...HEADERS,
    "content-type": "text/plain; charset=utf-8",
    "content-security-policy": "default-src 'none'",
  };
  return new Response(`${reason}\n`, { status, headers });
}
