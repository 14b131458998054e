/** Fetches one file over the network, without ever hanging: no answer, a pause, or too much of it ends in a reason. */

/** Limits and listeners of {@linkcode download}. */
interface DownloadOptions {
  /** How long a server may take until it answers, in milliseconds. */
  connectTimeout: number;
  /** How long it may pause afterwards, in milliseconds. */
  stallTimeout: number;
  /** The most bytes to take. */
  limit: number;
  /** Stops the download. */
  signal?: AbortSignal;
  /** Is told after each piece how many bytes are there, and how many the server promised. */
  onBytes?: (received: number, promised?: number) => unknown;
}

/** Why a file could not be had, in a few words that continue "host: …". */
export class DownloadError extends Error {
  override name = "DownloadError";
}

/**
 * Fetches the bytes at an address.
 *
 * @throws {DownloadError} If it cannot be had; the message is the reason.
 * @throws The signal's reason, if it was aborted.
 */
export async function download(url: URL, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  await expectPermission(url);
  options.signal?.throwIfAborted();
  const watch = new Watch(options.signal);
  let received = 0;
  try {
    watch.allow(options.connectTimeout, `no answer in ${options.connectTimeout / 1000} s`);
    // A redirect would lead to a host that nobody named, or to a hotel's login page: it counts as a failure
    const response = await fetch(url, { signal: watch.signal, redirect: "manual" });
    if (response.status !== 200 || !response.body) {
      await response.body?.cancel();
      throw new DownloadError(describeStatus(response));
    }
    const promised = Number(response.headers.get("content-length")) || undefined;
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    watch.allow(options.stallTimeout, `no more data for ${options.stallTimeout / 1000} s`);
    for await (const piece of response.body) {
      pieces.push(piece);
      received += piece.length;
      if (received > options.limit) throw new DownloadError("it sent more than the file can have");
      watch.allow(options.stallTimeout, `no more data for ${options.stallTimeout / 1000} s`);
      await options.onBytes?.(received, promised);
    }
    return await new Blob(pieces).bytes();
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof DownloadError) throw error;
    const reason = received > 0 ? `the connection broke off after ${received} bytes` : whyNotConnected(error);
    throw new DownloadError(reason, { cause: error });
  } finally {
    watch.end();
  }
}

/** One timer for each wait, and the caller's signal, in one signal. */
class Watch {
  #controller = new AbortController();
  #timer?: ReturnType<typeof setTimeout>;
  #outer?: AbortSignal;
  #forward = (): void => this.#controller.abort(this.#outer?.reason);

  constructor(outer?: AbortSignal) {
    this.#outer = outer;
    outer?.addEventListener("abort", this.#forward);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The next piece may take so long. */
  allow(milliseconds: number, complaint: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(new DownloadError(complaint)), milliseconds);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#forward);
  }
}

/** Asks whether the host is allowed, so that Deno does not stop a lesson to ask the learner. */
async function expectPermission(url: URL): Promise<void> {
  const port = url.port || (url.protocol === "http:" ? "80" : "443");
  const { state } = await Deno.permissions.query({ name: "net", host: `${url.hostname}:${port}` });
  if (state !== "granted") throw new DownloadError("the network is not permitted without --allow-net");
}

function describeStatus(response: Response): string {
  const to = response.headers.get("location");
  if (to && URL.canParse(to)) {
    return `it sends us on to ${new URL(to).host}; does this network want you to log in first?`;
  }
  return `it answered ${response.status} ${response.statusText}`.trimEnd();
}

function whyNotConnected(error: unknown): string {
  const text = [error, (error as Error).cause].map(String).join(" ");
  if (/dns error|lookup address/i.test(text)) return "name not found, so probably no network";
  if (/certificate|UnknownIssuer|invalid peer/i.test(text)) {
    return "its certificate is not trusted; behind a company's or a school's proxy, set DENO_TLS_CA_STORE=system";
  }
  if (/refused/i.test(text)) return "connection refused";
  if (/unreachable/i.test(text)) return "network unreachable";
  if (/tunnel|proxy/i.test(text)) return "the proxy does not let it through";
  return (error as Error).message ?? String(error);
}
