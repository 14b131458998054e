/** The networks that can read a drawing: the learner's own, and the one that the site ships. */

import type { Module } from "../../../layers/mod.ts";
import { checkpointMetadata, loadCheckpoint } from "../../../training/mod.ts";
import { digitNetwork, firstNetwork } from "./network.ts";

/** A network, ready to read. */
export interface KnownNetwork {
  readonly model: Module;
  /** What it is: `Your network of lesson 16`. */
  readonly title: string;
  /** How good it is, and what it has seen. */
  readonly about: string;
}

/** What a learner may have trained: the lesson, the name under which it was kept, and the network. */
const LEARNED = [
  { lesson: "18_inside_the_network", name: "better", title: "Your network of lesson 18", build: digitNetwork },
  { lesson: "16_cnn", name: "better", title: "Your network of lesson 16", build: digitNetwork },
  { lesson: "16_cnn", name: "original", title: "Your first network of lesson 16", build: firstNetwork },
] as const;

/**
 * The learner's own networks, those of later lessons first. One that cannot be read is left out.
 *
 * @param folder The learner's folder: `.gradually`.
 */
export function learnedNetworks(folder: string): KnownNetwork[] {
  return LEARNED.flatMap(({ lesson, name, title, build }) => {
    try {
      const bytes = newest(`${folder}/checkpoints/${lesson}`, name);
      if (!bytes) return [];
      const data = checkpointMetadata(bytes).data;
      return [{ model: loaded(build(), bytes), title, about: data === "mnist" ? "" : "trained on synthetic digits" }];
    } catch {
      return []; // never trained, damaged, or of another version
    }
  });
}

/**
 * The network that the site ships, with its accuracy.
 *
 * @throws {SyntaxError} If the bytes are not a checkpoint.
 * @throws {RangeError} If they are one of another network.
 */
export function shippedNetwork(bytes: Uint8Array): KnownNetwork {
  const { accuracy, measured } = checkpointMetadata(bytes);
  const about = `${(100 * Number(accuracy)).toFixed(2)} % right ${measured}`;
  return { model: loaded(digitNetwork(), bytes), title: "The course's network", about };
}

function loaded(model: Module, bytes: Uint8Array): Module {
  loadCheckpoint(model, bytes);
  model.eval();
  return model;
}

/** The bytes of the checkpoint of this name that was written last. */
function newest(folder: string, name: string): Uint8Array | undefined {
  const files = [...Deno.readDirSync(folder)]
    .filter(({ name: file }) => file.startsWith(`${name}-`) && file.endsWith(".safetensors"))
    .map(({ name: file }) => ({ path: `${folder}/${file}`, time: Number(Deno.statSync(`${folder}/${file}`).mtime) }))
    .sort((a, b) => b.time - a.time);
  return files.length > 0 ? Deno.readFileSync(files[0].path) : undefined;
}
