// Serves a folder as any static host would: without headers of its own, or with those that let a page share memory.

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  json: "application/json",
  txt: "text/plain; charset=utf-8",
  woff2: "font/woff2",
};

/** Headers under which a page may share memory with its Workers. */
const ISOLATION = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** A server on a free port of this machine. */
export interface StaticServer extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts it.
 *
 * @param isolated Whether pages may share memory.
 * @param under The path below which the site is.
 */
export function serveFolder(folder: string, { isolated = false, under = "/" } = {}): StaticServer {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(under)) return new Response("not here", { status: 404 });
    const path = pathname.slice(under.length) || "index.html";
    try {
      const bytes = await Deno.readFile(`${folder}/${decodeURIComponent(path)}`);
      const type = TYPES[path.replace(/^.*\./, "")] ?? "application/octet-stream";
      return new Response(bytes, { headers: { "content-type": type, ...(isolated ? ISOLATION : {}) } });
    } catch {
      return new Response("not found", { status: 404 });
    }
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}${under}`,
    [Symbol.asyncDispose]: async () => await server.shutdown(),
  };
}
