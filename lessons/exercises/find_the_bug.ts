/** find-the-bug: a layer whose gradients look right, until they are measured. */
import { exercise } from "../../lib/exercise/mod.ts";
import { gradCheck, Layer, matmul, Parameter, type Random, Tensor, transpose } from "../../mod.ts";

type Result = { y: Tensor; gradX: Tensor; gradW: Tensor; gradB: Tensor };
type Inputs = [x: Tensor, W: Tensor, b: Tensor, g: Tensor];

function suspect(x: Tensor, W: Tensor, b: Tensor, g: Tensor): Result {
  const D = x.shape[1];
  const y = matmul(x, W).map((v, i) => v + b.data[i % D]);
  const [gradX, gradW, gradB] = [x.times(0), W.times(0), b.times(0)];
  for (let n = 0; n < x.shape[0]; n++) {
    for (let j = 0; j < D; j++) {
      for (let i = 0; i < D; i++) {
        gradX.data[n * D + i] += g.at(n, j) * W.at(i, j);
        gradW.data[i * D + j] += x.at(n, i) * g.at(n, j); // it was y.at(n, i)
      }
      gradB.data[j] += g.at(n, j);
    }
  }
  return { y, gradX, gradW, gradB };
}

/** The right results, except for some of them. */
const but = (wrong: (right: Result, ...inputs: Inputs) => Partial<Result>) => (...inputs: Inputs): Result => {
  const right = suspect(...inputs);
  return { ...right, ...wrong(right, ...inputs) };
};

/** Looks like a layer to the gradient check. */
class Measured extends Layer {
  readonly weight: Parameter;
  readonly bias: Parameter;
  readonly #answer: (...inputs: Inputs) => Result;
  #x?: Tensor;

  constructor(answer: (...inputs: Inputs) => Result, W: Tensor, b: Tensor) {
    super({ name: "suspect" });
    this.#answer = answer;
    this.weight = new Parameter("W", W.shape, "float64");
    this.bias = new Parameter("b", b.shape, "float64");
    this.weight.value = W;
    this.bias.value = b;
  }

  forward(x: Tensor): Tensor {
    this.#x = x;
    return this.#answer(x, this.weight.value, this.bias.value, x.times(0)).y;
  }

  backward(gradOut: Tensor): Tensor {
    const { gradX, gradW, gradB } = this.#answer(this.#x!, this.weight.value, this.bias.value, gradOut);
    this.weight.grad = this.weight.grad.plus(gradW);
    this.bias.grad = this.bias.grad.plus(gradB);
    return gradX;
  }

  override parameters(): Parameter[] {
    return [this.weight, this.bias];
  }
}

export default exercise({
  inputs: (random: Random): Inputs => {
    const D = 2 + random.integer(3), N = [2, 3, 4, 5].filter((size) => size !== D)[random.integer(3)];
    return [
      Tensor.randn([N, D], { random, dtype: "float64" }),
      Tensor.randn([D, D], { random, dtype: "float64" }),
      Tensor.randn([D], { random, dtype: "float64" }),
      Tensor.randn([N, D], { random, dtype: "float64" }),
    ];
  },
  planted: but(({ y }, _x, _W, _b, g) => ({ gradW: matmul(transpose(y), g) })),
  evidence: (answer: (...inputs: Inputs) => Result, x, W, b) => String(gradCheck(new Measured(answer, W, b), x)),
  solution: suspect,
  explanation:
    "A weight gets its blame through the input it met: ∂L/∂Wᵢⱼ = Σₙ xₙᵢ gₙⱼ, with x, and not with y. With as many " +
    "outputs as inputs, nothing stops you: the shapes fit. The gradient check cleared x and b at once. For W it " +
    "named no factor, as it does when all elements are off by the same factor: the wrong thing was being added up.",
  mistakes: [
    {
      answer: but(({ y }, _x, W, _b, g) => ({ gradX: matmul(g, W), gradW: matmul(transpose(y), g) })),
      reply: "You changed gradX, but it was not broken. Which of the three gradients does the check complain about?",
    },
    {
      answer: but(({ gradW }, x) => ({ gradW: gradW.times(1 / x.shape[0]) })),
      reply:
        "You found the place. But the 1/N is one too many: if the loss is a mean, g already has it. What factor does the check name now?",
    },
    {
      answer: but(({ gradW }) => ({ gradW: gradW.transpose() })),
      reply: "You found the place, but now the gradient is transposed: its row i belongs to input i",
    },
    {
      answer: but(({ y }, x, _W, _b, g) => ({ gradW: matmul(transpose(y), g).times(1 / x.shape[0]) })),
      reply:
        "A factor does not help: the check named none. The wrong thing is being added up, not the right thing too often",
    },
  ],
  hints: [
    "y and two of the gradients are right. The check names the third, and shows its worst element",
    "Its formula is ∂L/∂Wᵢⱼ = Σₙ xₙᵢ · gₙⱼ. Compare it, letter by letter, with the line that adds to gradW",
    "One letter in that line is wrong: a weight never sees what comes out",
  ],
});
