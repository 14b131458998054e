/** The service worker of the site: keeps its files, so that the course opens without a network once it was opened with one. */

/** What a service worker is given by the browser, as far as it is used. */
interface Surroundings {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", listen: (event: Lasting) => void): void;
  addEventListener(type: "fetch", listen: (event: Asked) => void): void;
}

/** An event that takes as long as its work. */
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}

interface Asked extends Lasting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** All caches of this site begin with it; other sites may share the origin. */
const NAME = "gradually";
/** Kept when it is asked for, because it is large. */
const LARGE = /\/data\/[^/]+$/;

/**
 * Serves the files of the site. A new version is another script, so the browser installs it, and it takes over once no page of the old
 * one is open: files of two versions are never mixed.
 *
 * @param version Differs whenever a file differs.
 * @param files The addresses of all files but the large ones, from the root of the site.
 */
export function serveOffline(version: string, files: readonly string[]): void {
  const worker = globalThis as unknown as Surroundings;
  const { scope } = worker.registration;
  const mine = `${NAME} ${scope} `;
  const kept = (): Promise<Cache> => caches.open(mine + version);
  worker.addEventListener("install", (event) => {
    event.waitUntil(kept().then((cache) => cache.addAll(files.map((file) => new URL(file, scope).href))));
  });
  worker.addEventListener("activate", (event) => {
    const dropOld = async (): Promise<void> => {
      for (const name of await caches.keys()) {
        if (name.startsWith(mine) && name !== mine + version) await caches.delete(name);
      }
      await worker.clients.claim();
    };
    event.waitUntil(dropOld());
  });
  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method === "GET" && request.url.startsWith(scope)) event.respondWith(answer(request));
  });

  async function answer(request: Request): Promise<Response> {
    const cache = await kept();
    const found = await cache.match(request, { ignoreSearch: true });
    if (found) return found;
    const response = await fetch(request);
    if (response.ok && LARGE.test(new URL(request.url).pathname)) {
      await cache.put(request, response.clone()).catch(() => {}); // without room for it, it is asked for again
    }
    return response;
  }
}
