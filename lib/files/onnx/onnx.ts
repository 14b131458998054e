/** The messages of ONNX: nodes, tensors, a graph, a model. The numbers are those of the fields in onnx.proto. */
import { sizeOf } from "../../tensor/shape.ts";
import { Message } from "./protobuf.ts";

/** The version of the format; with the operators of {@linkcode OPSET}, onnxruntime of today runs it on every platform. */
const IR_VERSION = 8;
/** The version of the operators: Softmax takes its axis as it means it from 13 on. */
const OPSET = 13;

const FLOAT = 1; //                         TensorProto.DataType
const ATTRIBUTE_INT = 2, ATTRIBUTE_INTS = 7; // AttributeProto.AttributeType

/** The size of an axis, or the name of one that may have any size. */
export type Dimension = number | string;

/** A computation: its inputs and outputs by name, and constants such as a stride. */
export function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number | readonly number[]>> = {},
): Message {
  const message = new Message();
  for (const input of inputs) message.text(1, input);
  message.text(2, output).text(3, `${output}/${operator}`).text(4, operator);
  for (const [name, value] of Object.entries(attributes)) {
    const attribute = new Message().text(1, name);
    if (typeof value === "number") attribute.int(3, value).int(20, ATTRIBUTE_INT);
    else attribute.ints(8, value).int(20, ATTRIBUTE_INTS);
    message.message(5, attribute);
  }
  return message;
}

/**
 * Numbers that are part of the model, as float32.
 * @throws {RangeError} If the shape does not hold so many numbers.
 */
export function constant(name: string, shape: readonly number[], values: ArrayLike<number>): Message {
  if (sizeOf(shape) !== values.length) throw new RangeError(`${name} takes ${shape} and got ${values.length} numbers`);
  const floats = Float32Array.from(values);
  return new Message().ints(1, shape).int(2, FLOAT).text(8, name).bytes(9, new Uint8Array(floats.buffer));
}

/** An input or output of the graph: float32 numbers of this shape. */
export function value(name: string, shape: readonly Dimension[]): Message {
  const dimensions = new Message();
  for (const axis of shape) {
    dimensions.message(1, typeof axis === "number" ? new Message().int(1, axis) : new Message().text(2, axis));
  }
  const tensor = new Message().int(1, FLOAT).message(2, dimensions);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}

/** The whole file. */
export function model(
  name: string,
  parts: {
    nodes: readonly Message[];
    constants: readonly Message[];
    input: Message;
    output: Message;
  },
): Uint8Array<ArrayBuffer> {
  const graph = new Message();
  for (const each of parts.nodes) graph.message(1, each);
  graph.text(2, name);
  for (const each of parts.constants) graph.message(5, each);
  graph.message(11, parts.input).message(12, parts.output);
  return new Message()
    .int(1, IR_VERSION)
    .text(2, "gradually")
    .message(7, graph)
    .message(8, new Message().text(1, "").int(2, OPSET))
    .encode();
}
