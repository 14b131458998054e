// Asks onnxruntime what a network computes, in a process of its own that may load native code.
import type { Module, Tensor } from "../../mod.ts";
import { exportONNX } from "../../mod.ts";
import { missing, withTempDir } from "../support.ts";
import { VERSION } from "./onnxruntime.ts";

/** A network and a batch for it. */
export interface Job {
  readonly model: Module;
  readonly x: Tensor;
}

const RUNNER = new URL("./onnxruntime.ts", import.meta.url).pathname;

async function start(folder: string): Promise<{ success: boolean; text: string }> {
  const permissions = ["--allow-read", `--allow-write=${folder}`, "--allow-env", "--allow-sys", "--allow-ffi"];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--no-lock", "--no-check", ...permissions, RUNNER, folder],
    signal: AbortSignal.timeout(300_000),
  }).output();
  return { success, text: new TextDecoder().decode(success ? stdout : stderr) };
}

/** Why onnxruntime cannot be asked; undefined if it can. */
export async function whyNot(): Promise<string | undefined> {
  const flags = missing({ read: true, write: true, run: true });
  if (flags.length > 0) return `needs ${flags.join(" ")}`;
  return await withTempDir(async (folder) => {
    Deno.writeTextFileSync(`${folder}/jobs.json`, "[]");
    const { success, text } = await start(folder);
    return success && text.trim() === VERSION ? undefined : `onnxruntime-node ${VERSION} cannot be loaded from npm`;
  });
}

/** What onnxruntime computes for each job. */
export async function runONNX(jobs: readonly Job[]): Promise<Float32Array[]> {
  return await withTempDir(async (folder) => {
    const list = jobs.map(({ model, x }, i) => {
      Deno.writeFileSync(`${folder}/${i}.onnx`, exportONNX(model, x.shape.slice(1)));
      Deno.writeFileSync(`${folder}/${i}.input`, new Uint8Array(Float32Array.from(x.data).buffer));
      return { model: `${i}.onnx`, input: `${i}.input`, shape: x.shape };
    });
    Deno.writeTextFileSync(`${folder}/jobs.json`, JSON.stringify(list));
    const { success, text } = await start(folder);
    if (!success) throw new Error(text);
    return list.map(({ model }) => new Float32Array(Deno.readFileSync(`${folder}/${model}.output`).slice().buffer));
  });
}
