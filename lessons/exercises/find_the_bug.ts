/** find-the-bug: a layer whose gradients look right, until they are measured. */
import { exercise } from "../../lib/exercise/mod.ts";
import { gradCheck, Layer, matmul, Parameter, type Random, Tensor, transpose } from "../../mod.ts";

type Result = { y: Tensor; gradX: Tensor; gradW: Tensor; gradB: Tensor };
type Inputs = [x: Tensor, W: Tensor, b: Tensor, g: Tensor];

function suspect(x: Tensor, W: Tensor, b: Tensor, g: Tensor): Result {
  const [[N, D], y, gradX] = [x.shape, x.times(0), x.times(0)];
  const [gradW, gradB] = [W.times(0), b.times(0)];
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < D; j++) {
      let sum = b.at(j);
      for (let i = 0; i < D; i++) sum += x.at(n, i) * W.at(i, j);
      y.data[n * D + j] = sum;
    }
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

/** The right results, but for some. */
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
  inputs: (random: Random): Inputs => [
    Tensor.randn([3, 4], { random, dtype: "float64" }),
    Tensor.randn([4, 4], { random, dtype: "float64" }),
    Tensor.randn([4], { random, dtype: "float64" }),
    Tensor.randn([3, 4], { random, dtype: "float64" }),
  ],
  planted: but(({ y }, _x, _W, _b, g) => ({ gradW: matmul(transpose(y), g) })),
  evidence: (answer: (...inputs: Inputs) => Result, x, W, b) => String(gradCheck(new Measured(answer, W, b), x)),
  solution: suspect,
  explanation:
    "A weight is to blame through the input that it met: ∂L/∂Wᵢⱼ = Σₙ xₙᵢ gₙⱼ, with x, and not with y. As many " +
    "outputs as inputs, and nothing stops you: the shapes fit. The gradient check cleared x and b at once, and for W it " +
    "named no factor, as it does where all elements are off by the same: something else was added up.",
  mistakes: [
    {
      answer: but(({ y }, _x, W, _b, g) => ({ gradX: matmul(g, W), gradW: matmul(transpose(y), g) })),
      reply: "You mended gradX, and it was not broken. Which of the three gradients does the check complain about?",
    },
    {
      answer: but(({ gradW }, x) => ({ gradW: gradW.times(1 / x.shape[0]) })),
      reply:
        "You found the place. But the 1/N is one too many: where the loss is a mean, g has it already. What factor does the check name now?",
    },
    {
      answer: but(({ gradW }) => ({ gradW: gradW.transpose() })),
      reply: "You found the place, but now the gradient lies on its side: its row i belongs to input i",
    },
    {
      answer: but(({ y }, x, _W, _b, g) => ({ gradW: matmul(transpose(y), g).times(1 / x.shape[0]) })),
      reply: "A factor does not help: the check named none. Something wrong is added up, not too often the right thing",
    },
  ],
  hints: [
    "y and two of the gradients are right. The check names the third, and shows its worst element",
    "Its formula is ∂L/∂Wᵢⱼ = Σₙ xₙᵢ · gₙⱼ. Hold the line that adds to gradW against it, letter by letter",
    "One letter of that line is wrong: a weight never sees what comes out",
  ],
});
