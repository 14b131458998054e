/** useNetworks: the networks of the learner and of the site, for a view. */

import { useEffect, useState } from "preact/hooks";
import { useKernel } from "../../../kernel/select.ts";
import type { KnownDigits } from "./known_digits.ts";
import { type KnownNetwork, learnedNetworks } from "./known_network.ts";
import { type Shipped, shipped } from "./shipped.ts";

// One image takes the plain loops less time than a message to a Worker and back, and a page may not compile WebAssembly
useKernel({ kernel: "reference" });

/** What a view has to work with. */
interface Networks {
  /** The learner's own first; empty until they are loaded. */
  networks: readonly KnownNetwork[];
  /** Digits of the training set; undefined until they are loaded. */
  known?: KnownDigits;
  /** Why there are none. */
  problem?: string;
}

/**
 * Loads them.
 *
 * @param site The address of the site's folder.
 * @param folder The learner's folder.
 * @param since When it changes, the learner's networks are read again.
 */
export function useNetworks(site: URL, folder: string, since?: number): Networks {
  const [loaded, setLoaded] = useState<Shipped>();
  const [problem, setProblem] = useState<string>();
  const [learned, setLearned] = useState<readonly KnownNetwork[]>([]);
  useEffect(() => {
    shipped(site).then(setLoaded, (error) => setProblem(String(error.message ?? error)));
  }, [site.href]);
  useEffect(() => setLearned(learnedNetworks(folder)), [folder, since]);
  return { networks: loaded ? [...learned, loaded.network] : [], known: loaded?.known, problem };
}
