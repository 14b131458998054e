/** What training reports while it runs: one event a step, one an epoch, and one when it is stopped. */

/** One batch has been learned from. */
export interface StepEvent {
  /** Says that this is a step. */
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
  /** How many images of this batch were recognised. */
  correct: number;
  /** How many images this batch has. */
  batchSize: number;
  /** The share of this batch that was recognised, 0…1. */
  accuracy: number;
  /** The mean loss over the epoch so far. */
  runningLoss: number;
  /** The accuracy over the epoch so far, 0…1. */
  runningAccuracy: number;
  /** Images learned from since training began. */
  imagesSeen: number;
  /** Images that all epochs together will show. */
  imagesTotal: number;
  /** Speed, in images a second. */
  imagesPerSecond: number;
  /** An estimate of the seconds left, over all epochs. */
  secondsLeft: number;
  /** The learning rate of this step. */
  learningRate: number;
}

/** All batches of an epoch are done. */
export interface EpochEvent {
  /** Says that this is an epoch. */
  type: "epoch";
  /** Which epoch this was, counted from 1. */
  epoch: number;
  /** How many epochs there will be. */
  epochs: number;
  /** The mean loss over the epoch. */
  loss: number;
  /** The accuracy over the epoch, 0…1, as seen while learning. */
  accuracy: number;
  /** How many images were recognised. */
  correct: number;
  /** How many images there were. */
  total: number;
  /** The same on data that was not learned from, where such data was given. */
  test?: { loss: number; accuracy: number; correct: number; total: number };
  /** How long the epoch took. */
  seconds: number;
  /** Speed over the epoch, in images a second. */
  imagesPerSecond: number;
}

/** Training was stopped after a whole batch, with no test any more; the model keeps what it learned. */
export interface StopEvent {
  /** Says that this is a stop. */
  type: "stop";
  /** The epoch of the last batch that was learned from, counted from 1. */
  epoch: number;
  /** Which batch of it that was, counted from 1; 0 where there was none. */
  iteration: number;
  /** Why: Ctrl-C, or an abort signal. */
  reason: "interrupted";
}

/** Anything that training reports. */
export type TrainingEvent = StepEvent | EpochEvent | StopEvent;
