#!/bin/sh
# Deno's node:zlib and the memory of a synchronous call that throws.
#
# Guess, written down first: gunzipSync is synchronous, so what it needs is garbage once it has thrown; a loop over 20,000
# truncated files of a few bytes stays below 150 MB, whether or not the loop ever lets the event loop turn.
# Found (deno 2.9.6): each call that throws keeps its memory until the event loop turns. Without a turn the loop takes over
# 400 MB, with one every 500 calls less than 200 MB. Calls that succeed take no more in either case.
# Why the guess is a good one: nothing of the call is left for later, awaiting a resolved promise looks like a turn, and the
# calls that succeed behave as guessed.
# What it means: a program that tries many damaged files in a row needs a timer now and then.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > grow.mjs <<'JS'
import { gunzipSync, gzipSync } from "node:zlib";
const whole = gzipSync(new Uint8Array(5000)), cut = whole.subarray(0, 20);
const [bytes, turns] = [process.argv[2] === "cut" ? cut : whole, process.argv[3] === "turns"];
const before = process.memoryUsage().rss;
for (let i = 0; i < 20000; i++) {
  try {
    gunzipSync(bytes);
  } catch {
    // truncated
  }
  if (i % 500 === 0) await (turns ? new Promise((resolve) => setTimeout(resolve)) : Promise.resolve());
}
console.log(Math.round((process.memoryUsage().rss - before) / 1e6));
JS
export DENO_NO_UPDATE_CHECK=1 NO_COLOR=1
run() { npx -y deno@2.9.6 run --quiet --allow-sys --allow-read --allow-env grow.mjs "$@"; }
failing=$(run cut no) turning=$(run cut turns) fine=$(run whole no)
echo "MB: $failing that fail, $turning that fail with turns, $fine that succeed"
[ "$failing" -gt 400 ] && [ "$turning" -lt 200 ] && [ "$fine" -lt 200 ] || { echo "changed"; exit 1; }
echo "as described"
