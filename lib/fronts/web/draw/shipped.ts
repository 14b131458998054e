/** shipped: what the site brings for the pad, fetched once. */

import { gunzip } from "../../../../data/gunzip.ts";
import { KnownDigits } from "./known_digits.ts";
import { type KnownNetwork, shippedNetwork } from "./known_network.ts";

/** The names of the files, in the folder `draw` of the site. */
const SHIPPED = { model: "model.safetensors", digits: "digits.gz" } as const;

/** A network, and digits to compare with. */
export interface Shipped {
  readonly network: KnownNetwork;
  readonly known: KnownDigits;
}

let fetched: Promise<Shipped> | undefined;

/**
 * The network and the digits of the site.
 *
 * @param site The address of the site's folder.
 * @throws {Error} If the site lacks one of the files, or does not answer.
 */
export function shipped(site: URL): Promise<Shipped> {
  return fetched ??= fetchShipped(site).catch((error) => {
    fetched = undefined; // the next view tries again
    throw error;
  });
}

async function fetchShipped(site: URL): Promise<Shipped> {
  const get = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const response = await fetch(new URL(`draw/${name}`, site));
    if (!response.ok) throw new Error(`draw/${name} answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const [model, digits] = await Promise.all([get(SHIPPED.model), get(SHIPPED.digits)]);
  // A server may already have unpacked it for the browser
  const bytes = digits[0] === 0x1f && digits[1] === 0x8b ? await gunzip(digits) : digits;
  return { network: shippedNetwork(model), known: new KnownDigits(bytes) };
}
