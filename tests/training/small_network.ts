// A small network and data to train it on, for the tests of `fit`.
import {
  Adam,
  BatchNorm,
  type Data,
  Dropout,
  type DType,
  FC,
  fit,
  type FitOptions,
  Module,
  Random,
  ReLU,
  type StepEvent,
  Tensor,
  type TrainingEvent,
} from "../../mod.ts";

/** A network with everything that training may disturb: weights, running statistics, chance. */
export function network(dtype: DType = "float32", seed = 1): Module {
  const random = new Random(seed);
  return new Module([
    new FC({ inFeatures: 2, outFeatures: 6, random, dtype }),
    new BatchNorm({ features: 6, dtype }),
    new ReLU(),
    new Dropout({ rate: 0.2, random }),
    new FC({ inFeatures: 6, outFeatures: 2, random, dtype }),
  ]);
}

/** Points of the plane: is the first number larger than the second? */
export function points(size: number, dtype: DType = "float32"): { images: Tensor; labels: number[] } {
  const images = Tensor.randn([size, 2], { random: new Random(9), dtype });
  return { images, labels: Array.from({ length: size }, (_, i) => images.at(i, 0) > images.at(i, 1) ? 1 : 0) };
}

/** Trains it on so many points, or on other data, and gives what `fit` told. */
export async function run(
  options: Partial<FitOptions> & {
    model?: Module;
    size?: number;
    data?: Data;
    onEvent?: (event: TrainingEvent) => void;
  } = {},
): Promise<{ events: TrainingEvent[]; steps: StepEvent[]; model: Module }> {
  const { model = network(), size = 50, data = points(size), onEvent, ...rest } = options;
  const optimizer = rest.optimizer ?? new Adam(model.parameters(), { learningRate: 0.05 });
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, data, { batchSize: 8, random: new Random(3), ...rest, optimizer })) {
    events.push(event);
    onEvent?.(event);
  }
  return { events, steps: events.filter((event) => event.type === "step"), model };
}
