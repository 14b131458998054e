/** What the compiled module exports. */
export { allFinite } from "./finite";
export { setThread } from "./job";
export { measurePeak } from "./peak";
export { finished, run, runAlone, serve } from "./threads";
