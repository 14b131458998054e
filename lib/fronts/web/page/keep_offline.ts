/** Lets the site open without a network after it was opened once. */

/// <reference lib="dom" />

/** Starts the service worker, where a browser has one and allows it. Without it, everything works, with a network. */
export async function keepOffline(site: URL): Promise<void> {
  try {
    await navigator.serviceWorker?.register(new URL("offline.js", site));
  } catch {
    // Storage may be refused, and a service worker takes https or this machine.
  }
}
