/** LazyView: a view whose code is loaded when it is first shown. */

import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Loads the view once, and shows it with these properties. */
export function LazyView<P extends object>(
  { load, props }: { load: () => Promise<ComponentType<P>>; props: P },
): VNode | null {
  const [View, setView] = useState<ComponentType<P>>();
  const [problem, setProblem] = useState("");
  useEffect(() => {
    load().then((loaded) => setView(() => loaded), (error) => setProblem(String(error)));
  }, []);
  if (problem) return <p class="notice" role="alert">This view did not load: {problem}. Reload the page</p>;
  return View ? <View {...props} /> : null;
}
