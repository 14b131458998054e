/** set-training: a switch that must reach every layer, however deep. */
import { exercise, type Value } from "../../lib/exercise/mod.ts";
import { Random } from "../../mod.ts";

type Part = { training: boolean; layers?: Part[] };
type Answer = (part: Part, training: boolean) => void;

function setTraining(part: Part, training: boolean): void {
  part.training = training;
  for (const inner of part.layers ?? []) setTraining(inner, training);
}

/** Sets the parts down to a depth, or those that a test selects. */
const where =
  (holds: (part: Part, depth: number, at: number) => boolean, set = (_old: boolean, training: boolean) => training) =>
  (part: Part, training: boolean): void => {
    const visit = (part: Part, depth: number, at: number): void => {
      if (holds(part, depth, at)) part.training = set(part.training, training);
      part.layers?.forEach((inner, i) => visit(inner, depth + 1, i));
    };
    visit(part, 0, 0);
  };

/** A network with modules inside, three deep; a part that is to be switched is not always in the other position. */
function networkOf(random: Random): Part {
  const leaf = (): Part => ({ training: random.integer(2) === 1 });
  const module = (depth: number): Part => ({
    training: random.integer(2) === 1,
    layers: Array.from(
      { length: 2 + random.integer(2) },
      (_, i) => depth < 3 && i !== 0 ? module(depth + 1) : leaf(),
    ),
  });
  return module(1);
}

/** The positions of all parts at a depth. */
function positions(part: Part, depth: number): string[] {
  if (depth === 0) return [part.training === true ? "on" : part.training === false ? "off" : "neither"];
  return (part.layers ?? []).flatMap((inner) => positions(inner, depth - 1));
}

export default exercise({
  inputs: (random: Random): [number] => [random.integer(1e6)],
  // Both positions of the switch, on two networks that are built alike.
  use: (answer: Answer, seed: number): Value => {
    const found = [false, true].flatMap((training) => {
      const network = networkOf(new Random(seed));
      answer(network, training);
      return ["switch of the network itself", "switches inside it", "switches two deep", "switches three deep"].map(
        (name, depth) => ({ name: `${name}, set to ${training ? "on" : "off"}`, at: positions(network, depth) }),
      );
    });
    return {
      ...Object.fromEntries(found.map(({ name, at }) => [name, at.join(" ")])),
      // Which are right and which are not tells a mistake.
      "list of all switches": found.flatMap(({ at }) => at.map((position) => ["off", "on"].indexOf(position))),
    };
  },
  solution: setTraining,
  explanation:
    "A part sets its own switch, and then asks each part inside it to do the same. That part does the same in turn, so " +
    "the switch reaches every depth. A layer without parts has no `layers`; `?? []` makes that an empty list.",
  mistakes: [
    {
      answer: where(() => false),
      reply: "No switch has changed: set part.training itself. What you return is not looked at",
    },
    {
      answer: where((_part, depth) => depth === 0),
      reply: "Only the network itself is switched. What about the parts inside it?",
    },
    {
      answer: where((_part, depth) => depth === 1),
      reply:
        "Only the parts directly inside are switched. The network itself has a switch, too, and so do deeper parts",
    },
    {
      answer: where((_part, depth) => depth <= 1),
      reply:
        "The network and the parts directly inside it are switched. But a part can have parts inside it: call setTraining for each",
    },
    {
      answer: where((_part, depth) => depth <= 2),
      reply: "You reach two levels down. There can be any number: let setTraining call itself",
    },
    {
      answer: where((part) => !part.layers),
      reply: "Only parts without parts inside are switched. A module has a switch of its own",
    },
    {
      answer: where((_part, depth) => depth > 0),
      reply: "Everything inside is switched, but not the network itself",
    },
    {
      answer: where((part) => part.layers !== undefined),
      reply: "Only the modules are switched. The layers without parts inside need it most",
    },
    {
      answer: where(() => true, (old) => !old),
      reply: "You turn each switch over. It must end in the position that was given, whatever it was before",
    },
    {
      answer: where(() => true, () => false),
      reply: "Everything is reached, but always switched off. Use the position that was given",
    },
    {
      answer: where(() => true, () => true),
      reply: "Everything is reached, but always switched on. Use the position that was given",
    },
    {
      answer: where((_part, _depth, at) => at === 0),
      reply: "You follow only the first part at each level. Every part inside needs the switch",
    },
  ],
  hints: [
    "Do the part itself first: one line. Then its layers, if it has any",
    "What must happen to each part inside is exactly what setTraining does",
    "for (const inner of part.layers ?? []) setTraining(inner, training)",
  ],
});
