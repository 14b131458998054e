/**
 * The arguments of the jobs, by name. This file is read by both compilers, AssemblyScript and TypeScript: a caller sets
 * `machine.int(Matmul.m, m)`, the job reads `int(Matmul.m)`, and nobody writes down a position.
 *
 * Jobs of one kind share a list. A name stands for a word of the argument area; its number is its place in the list.
 * Whole numbers and addresses are in one area, the float32 numbers (lists that end in `Float`) in another.
 */

/** A matrix product: `out[m, n] = a[m, k] · b[k, n]`. */
export enum Matmul {
  a,
  b,
  out,
  /** 0 if there is none. */
  bias,
  m,
  n,
  k,
  /** Flags: `a` is stored as `[k, m]`, `b` as `[n, k]`, and the product is added to `out`. */
  transposeA,
  transposeB,
  accumulate,
  /** The factor that is packed before the product starts. */
  packed,
  scratch,
  scratchSize,
}

/** The sum of each column: `out[columns] += Σ x[rows, columns]`. */
export enum SumRows {
  x,
  out,
  rows,
  columns,
}

/** A convolution, and the gradient of its weights. The gradient of the input is a convolution too: `image` is gradOut. */
export enum Conv {
  image,
  /** Its shape. */
  channels,
  height,
  width,
  weight,
  /** 0 if there is none. */
  bias,
  out,
  /** The shape of `out`, and of `gradOut`. */
  outChannels,
  outHeight,
  outWidth,
  gradOut,
  gradWeight,
  /** 0 if there is none. */
  gradBias,
  batch,
  imagesPerChunk,
  kernelHeight,
  kernelWidth,
  /** How many padded rows lie between the windows of two output rows. */
  rowStride,
  /** A padded plane; see `conv.ts`. */
  paddedHeight,
  paddedWidth,
  phases,
  /** Where the image lies in it: the distance between two pixels, and the place of the first. */
  dilationHeight,
  dilationWidth,
  top,
  left,
  /** Flag: the weights are used with input and output channels exchanged, and each window flipped. */
  flipped,
  /** For each weight of an output channel, where in a padded image its pixels begin. */
  table,
  packedWeight,
  /** Each bias eight times, as a tile starts from it. */
  tileBias,
  /** For each chunk its sums of the gradients. */
  chunkSums,
  scratch,
  scratchSize,
  /** Where in the scratch the wide tiles write their rows; 0 if there are no wide tiles. */
  wideRows,
  /** Where in the scratch the padded gradOut and the running sums begin. */
  paddedGradOut,
  runningSums,
  /** The length of a line of the padded gradOut, how many lines are read, and how many pairs of vectors in each. */
  gradOutLine,
  lines,
  vectorPairs,
}

/** A convolution of 3 × 3 windows by Winograd's products, and the gradient of its weights; see `winograd.ts`. */
export enum Winograd {
  /** The input, or gradOut for the gradient of the input, and its shape. */
  image,
  channels,
  height,
  width,
  weight,
  /** 0 if there is none. */
  bias,
  out,
  /** The shape of `out`, and of `gradOut`. */
  outChannels,
  outHeight,
  outWidth,
  gradOut,
  gradWeight,
  /** 0 if there is none. */
  gradBias,
  batch,
  /** How many images a chunk of the gradient of the weights has; a chunk of the others has four. */
  imagesPerChunk,
  /** Where the first pixel is in the padded image. */
  top,
  left,
  /** Flag: the weights are used with input and output channels exchanged, and each window flipped. */
  flipped,
  /** The transformed weights. */
  packedWeight,
  /** For each chunk, 0 while all that it wrote is finite. */
  notFinite,
  /** For each chunk its sums of the gradients. */
  chunkSums,
  /** It begins with tiles of which one direction is transformed: a row of them. */
  scratch,
  scratchSize,
  /** How many rows of tiles are computed at a time, or how many images for the gradient of the weights. */
  blockSize,
  /** Where in the scratch the other parts begin: four joined planes, transformed tiles, their products, running sums. */
  joined,
  tiles,
  /** The second factor, for the gradient of the weights. */
  products,
  sums,
}

/** A pooling. */
export enum Pool {
  x,
  out,
  gradOut,
  gradX,
  /** Where in its plane the maximum of each window is. */
  indices,
  planes,
  planesPerChunk,
  height,
  width,
  kernelHeight,
  kernelWidth,
  strideHeight,
  strideWidth,
  outHeight,
  outWidth,
}

/** An operation on each element by itself. */
export enum Elementwise {
  a,
  /** Only where there is a second input: the gradient, the other factor. */
  b,
  out,
  /** How many elements there are. */
  count,
}

/** Softmax and cross entropy, row by row. */
export enum Softmax {
  x,
  y,
  out,
  gradOut,
  gradX,
  rows,
  columns,
  rowsPerChunk,
  /** For cross entropy, two numbers for each row: the sum of the exponentials and the largest logit; else 0. */
  rowStatistics,
}

/** The gradient of cross entropy. */
export enum SoftmaxFloat {
  scale,
}

/** Batch normalization. */
export enum BatchNorm {
  x,
  out,
  gradOut,
  gradX,
  batch,
  channels,
  plane,
  mean,
  variance,
  gamma,
  beta,
  gradGamma,
  gradBeta,
  /** Flag: mean and variance count as constants. */
  frozen,
  imagesPerChunk,
  /** Two numbers in double precision for each chunk and channel. */
  partials,
}

/** Batch normalization. */
export enum BatchNormFloat {
  epsilon,
}

/** The step of an optimizer; also setting an array to zero. */
export enum Update {
  value,
  grad,
  /** What an optimizer remembers: the velocity (SGD), the running means of the gradient and of its square. */
  velocity,
  mean,
  square,
  /** How many elements there are. */
  count,
  /** Flags of SGD: there is a velocity, this is the first step, Nesterov's form. */
  hasVelocity,
  firstStep,
  nesterov,
}

/** The constants of an SGD step. */
export enum SGDFloat {
  learningRate,
  momentum,
  weightDecay,
}

/** The constants of an RMSProp step. */
export enum RMSPropFloat {
  learningRate,
  alpha,
  oneMinusAlpha,
  weightDecay,
  epsilon,
}

/** The constants of a step of Adam or AdamW. */
export enum AdamFloat {
  /** The learning rate / (1 - beta1ᵗ). */
  learningRate,
  beta1,
  oneMinusBeta1,
  beta2,
  oneMinusBeta2,
  /** 1 / √(1 - beta2ᵗ). */
  unbias,
  epsilon,
  /** The decay that is added to the gradient (Adam). */
  weightDecay,
  /** The part of the weight that decoupled decay keeps (AdamW). */
  shrink,
}
