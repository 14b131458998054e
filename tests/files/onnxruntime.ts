// Runs ONNX files with onnxruntime: deno run --no-lock --allow-read --allow-write --allow-env --allow-sys --allow-ffi
// onnxruntime.ts FOLDER. In the folder, jobs.json lists { model, input, shape }; the outputs are written beside them.

/** What the tests were made with. */
export const VERSION = "1.30.0";

if (import.meta.main) {
  // Named here, as only these tests need it: 290 MB.
  // deno-lint-ignore no-explicit-any
  const ort: any = await import("npm:onnxruntime-node" + `@${VERSION}`);
  const [folder] = Deno.args;
  const floats = (bytes: Uint8Array) => new Float32Array(bytes.slice().buffer);
  for (const { model, input, shape } of JSON.parse(Deno.readTextFileSync(`${folder}/jobs.json`))) {
    const session = await ort.InferenceSession.create(Deno.readFileSync(`${folder}/${model}`));
    const x = new ort.Tensor("float32", floats(Deno.readFileSync(`${folder}/${input}`)), shape);
    const { output } = await session.run({ input: x });
    Deno.writeFileSync(`${folder}/${model}.output`, new Uint8Array(Float32Array.from(output.data).buffer));
    await session.release();
  }
  console.log(ort.env.versions.node);
  Deno.exit(0); // its threads would keep the process alive
}
