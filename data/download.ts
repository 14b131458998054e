/** download: fetches one file over the network, and never hangs: no answer, a stall, or too many bytes are failures. */

/** Limits and listeners of {@linkcode download}. */
interface DownloadOptions {
  /** How long a server may take to answer, in milliseconds. */
  connectTimeout: number;
  /** How long it may pause afterward, in milliseconds. */
  stallTimeout: number;
  /** The maximum number of bytes. */
  limit: number;
  /** Stops the download. */
  signal?: AbortSignal;
  /** Is called after each chunk with the bytes received so far, and the total if the server told it. */
  onBytes?: (received: number, total?: number) => unknown;
}

/** Why a download failed, in a few words that continue "host: …". */
export class DownloadError extends Error {
  override name = "DownloadError";
}

/**
 * Fetches the bytes at an address.
 *
 * @throws {DownloadError} If that fails; the message is the reason.
 * @throws The signal's reason, if it was aborted.
 */
export async function download(url: URL, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  await expectPermission(url);
  options.signal?.throwIfAborted();
  const timeout = new Timeout(options.signal);
  let received = 0;
  try {
    timeout.start(options.connectTimeout, `no answer in ${options.connectTimeout / 1000} s`);
    // A redirect may lead to a host that was not named, or to the login page of a hotel: it counts as a failure
    const response = await fetch(url, { signal: timeout.signal, redirect: "manual" });
    if (response.status !== 200 || !response.body) {
      await response.body?.cancel();
      throw new DownloadError(describeStatus(response));
    }
    const total = Number(response.headers.get("content-length")) || undefined;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    timeout.start(options.stallTimeout, `no more data for ${options.stallTimeout / 1000} s`);
    for await (const chunk of response.body) {
      chunks.push(chunk);
      received += chunk.length;
      if (received > options.limit) throw new DownloadError("it sent more bytes than the file can have");
      timeout.start(options.stallTimeout, `no more data for ${options.stallTimeout / 1000} s`);
      await options.onBytes?.(received, total);
    }
    return await new Blob(chunks).bytes();
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof DownloadError) throw error;
    const reason = received > 0 ? `the connection broke off after ${received} bytes` : whyNotConnected(error);
    throw new DownloadError(reason, { cause: error });
  } finally {
    timeout.end();
  }
}

/** A timeout for each wait, and the caller's signal, combined in one signal. */
class Timeout {
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

  /** Starts the time for the next chunk. */
  start(milliseconds: number, reason: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(new DownloadError(reason)), milliseconds);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#forward);
  }
}

/** Checks the permission for the host, so that Deno does not interrupt a lesson to ask the learner. */
async function expectPermission(url: URL): Promise<void> {
  const port = url.port || (url.protocol === "http:" ? "80" : "443");
  const { state } = await Deno.permissions.query({ name: "net", host: `${url.hostname}:${port}` });
  if (state !== "granted") throw new DownloadError("the network is not permitted without --allow-net");
}

function describeStatus(response: Response): string {
  const to = response.headers.get("location");
  if (to && URL.canParse(to)) {
    return `it redirects to ${new URL(to).host}; does this network want you to log in first?`;
  }
  return `it answered ${response.status} ${response.statusText}`.trimEnd();
}

function whyNotConnected(error: unknown): string {
  const text = [error, (error as Error).cause].map(String).join(" ");
  if (/dns error|lookup address/i.test(text)) return "name not found, so there is probably no network";
  if (/certificate|UnknownIssuer|invalid peer/i.test(text)) {
    return "its certificate is not trusted; behind a company's or a school's proxy, set DENO_TLS_CA_STORE=system";
  }
  if (/refused/i.test(text)) return "connection refused";
  if (/unreachable/i.test(text)) return "network unreachable";
  if (/tunnel|proxy/i.test(text)) return "the proxy does not let it through";
  return (error as Error).message ?? String(error);
}
