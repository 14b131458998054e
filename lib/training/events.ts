/** What training reports while it runs: one event for each step, one for each epoch, and one if it is stopped. */

/** One training step is done. */
export interface StepEvent {
  /** Tells that this is a step. */
  type: "step";
  /** Which epoch this is, counted from 1. */
  epoch: number;
  /** How many epochs there will be. */
  epochs: number;
  /** Which batch of this epoch, counted from 1. */
  iteration: number;
  /** How many batches an epoch has. */
  iterations: number;
  /** The loss of this batch. */
  loss: number;
  /** How many images of this batch were classified correctly. */
  correct: number;
  /** How many images this batch has. */
  batchSize: number;
  /** The share of this batch that was classified correctly, 0…1. */
  accuracy: number;
  /** The mean loss over the epoch so far. */
  runningLoss: number;
  /** The accuracy over the epoch so far, 0…1. */
  runningAccuracy: number;
  /** How many images training has used so far, over all epochs. */
  imagesSeen: number;
  /** How many images all epochs together will use. */
  imagesTotal: number;
  /** Speed, in images per second. */
  imagesPerSecond: number;
  /** An estimate of the seconds left, over all epochs. */
  secondsLeft: number;
  /** The learning rate of this step. */
  learningRate: number;
}

/** All batches of an epoch are done. */
export interface EpochEvent {
  /** Tells that this is an epoch. */
  type: "epoch";
  /** Which epoch this was, counted from 1. */
  epoch: number;
  /** How many epochs there will be. */
  epochs: number;
  /** The mean loss over the epoch. */
  loss: number;
  /** The accuracy over the epoch, 0…1, measured while training. */
  accuracy: number;
  /** How many images were classified correctly. */
  correct: number;
  /** How many images there were. */
  total: number;
  /** The same on the test data, if there is any. */
  test?: { loss: number; accuracy: number; correct: number; total: number };
  /** How long the epoch took. */
  seconds: number;
  /** Speed over the epoch, in images per second. */
  imagesPerSecond: number;
}

/** Training was stopped after a complete batch, without a final test; the model keeps what it learned. */
export interface StopEvent {
  /** Tells that this is a stop. */
  type: "stop";
  /** The epoch of the last batch, counted from 1. */
  epoch: number;
  /** Which batch of the epoch that was, counted from 1; 0 if there was none. */
  iteration: number;
  /** Why: Ctrl-C, or an abort signal. */
  reason: "interrupted";
}

/** Anything that training reports. */
export type TrainingEvent = StepEvent | EpochEvent | StopEvent;
