/** What the compiled module offers. */
export { allFinite } from "./finite";
export { setThread } from "./job";
export { measurePeak } from "./peak";
export { finished, run, runAlone, serve } from "./threads";
