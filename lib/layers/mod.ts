/** The layers of a network. */
export { AvgPool2D } from "./avg_pool2d.ts";
export { BatchNorm, type BatchNormOptions } from "./batch_norm.ts";
export { Conv2D, type Conv2DOptions } from "./conv2d.ts";
export { Dropout, type DropoutOptions } from "./dropout.ts";
export { FC, type FCOptions } from "./fc.ts";
export { Flatten } from "./flatten.ts";
export type { Fans, Init, Initializer } from "./initialize.ts";
export { Layer, type LayerOptions, type Pair, type WeightedLayerOptions } from "./layer.ts";
export { MaxPool2D } from "./max_pool2d.ts";
export { Module } from "./module.ts";
export { Parameter } from "./parameter.ts";
export { ReLU } from "./relu.ts";
export { Sigmoid } from "./sigmoid.ts";
export { Softmax } from "./softmax.ts";
export { Tanh } from "./tanh.ts";
export { PoolLayer, type PoolOptions } from "./window.ts";
