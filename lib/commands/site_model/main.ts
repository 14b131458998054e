/** The command `deno task site:model`: trains the network that the site ships, and packs digits of its training set. */

import { fileURLToPath } from "node:url";
import { loadMNIST } from "../../../data/mod.ts";
import { packDigits } from "../../fronts/web/draw/make/pack_digits.ts";
import { trainModel } from "../../fronts/web/draw/make/train_model.ts";
import { complain, print } from "../output.ts";

const SHIPPED = fileURLToPath(new URL("../../fronts/web/draw/shipped", import.meta.url));
/** How often the training set is used, unless the command says otherwise. */
const EPOCHS = 5;
/** How many digits of each class the site has. */
const DIGITS = 100;

/** Trains, and writes both files; returns the exit code: 1 without MNIST. */
async function main(epochs: number): Promise<number> {
  const mnist = await loadMNIST();
  if (mnist.kind !== "mnist") {
    complain("The network of the site learns from MNIST, which is not here: name the folder of its files in MNIST_DIR");
    return 1;
  }
  const percent = (part: number): string => `${(100 * part).toFixed(2)} %`;
  const { bytes, accuracy } = await trainModel(
    mnist,
    epochs,
    ({ epoch, test, seconds }) => print(`epoch ${epoch}: ${percent(test?.accuracy ?? 0)}, ${seconds.toFixed(0)} s`),
  );
  const digits = await packDigits(mnist.train, DIGITS);
  Deno.mkdirSync(SHIPPED, { recursive: true });
  Deno.writeFileSync(`${SHIPPED}/model.safetensors`, bytes);
  Deno.writeFileSync(`${SHIPPED}/digits.gz`, digits);
  print(`${percent(accuracy)} of the test images; ${bytes.length} bytes of network, ${digits.length} of digits`);
  return 0;
}

if (import.meta.main) Deno.exit(await main(Number(Deno.args[0] ?? EPOCHS)));
