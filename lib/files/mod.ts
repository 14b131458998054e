/** Files: networks saved, loaded, and for other tools. */
export type { LayerMakers } from "./architecture.ts";
export { loadModel, type LoadModelOptions, saveModel, type SaveModelOptions } from "./model.ts";
export { exportONNX } from "./onnx/export_onnx.ts";
export { loadWeights, type LoadWeightsOptions, saveWeights, type SaveWeightsOptions } from "./weights.ts";
