/** batch-norm-backward: one channel's gradients, directly, through the mean and through the deviation. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Result = { dx: number[]; dGamma: number; dBeta: number };
type Inputs = [xHat: number[], sigma: number, gamma: number, dy: number[]];

function batchNormBackward(xHat: number[], sigma: number, gamma: number, dy: number[]): Result {
  const m = dy.length;
  let [dGamma, dBeta] = [0, 0];
  for (let j = 0; j < m; j++) {
    dGamma += dy[j] * xHat[j];
    dBeta += dy[j];
  }
  const dx = dy.map((g, i) => gamma / sigma * (g - dBeta / m - xHat[i] * dGamma / m));
  return { dx, dGamma, dBeta };
}

/** What the gradient of one x is made of. */
interface Of {
  g: number;
  xHat: number;
  sigma: number;
  gamma: number;
  /** The mean of dy, and of dy · x̂. */
  mean: number;
  product: number;
  m: number;
}

/** The right gradients of gamma and beta beside another dx. */
const withDx = (dxOf: (of: Of) => number) => (...[xHat, sigma, gamma, dy]: Inputs): Result => {
  const right = batchNormBackward(xHat, sigma, gamma, dy), m = dy.length;
  const [mean, product] = [right.dBeta / m, right.dGamma / m];
  return { ...right, dx: dy.map((g, i) => dxOf({ g, xHat: xHat[i], sigma, gamma, mean, product, m })) };
};

/** The right dx beside other gradients of gamma and beta. */
const but = (wrong: (right: Result, ...inputs: Inputs) => Partial<Result>) => (...inputs: Inputs): Result => {
  const right = batchNormBackward(...inputs);
  return { ...right, ...wrong(right, ...inputs) };
};

export default exercise({
  inputs: (random: Random): Inputs => {
    const m = 5 + random.integer(5), sigma = random.uniform(1.5, 3);
    const x = Array.from({ length: m }, () => random.normal()), mean = x.reduce((a, b) => a + b) / m;
    const deviation = Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / m);
    const xHat = x.map((v) => (v - mean) / deviation);
    const dy = xHat.map((v) => random.normal(0.8) + 0.6 * v); // neither mean is close to 0
    return [xHat, sigma, random.uniform(0.3, 0.8), dy];
  },
  solution: batchNormBackward,
  explanation:
    "Sum over j of dyⱼ · γ · ∂x̂ⱼ/∂xᵢ: the 1 keeps only j = i and gives dyᵢ; the 1/m gives the mean of dy; in the last " +
    "term x̂ᵢ does not depend on j and stands before the sum, which leaves the mean of dyⱼ x̂ⱼ. γ and β were used for " +
    "every number of the channel, so their gradients are sums: dγ of dy · x̂, dβ of dy. Those are m times the two " +
    "means, so one loop serves all.",
  mistakes: [
    {
      answer: withDx(({ g, sigma, gamma }) => gamma / sigma * g),
      reply:
        "dGamma and dBeta are right. In dx only the direct way is there: the mean and σ change, too, when one x moves. Does your dx add up to 0?",
    },
    {
      answer: withDx(({ g, sigma, gamma, mean }) => gamma / sigma * (g - mean)),
      reply: "dGamma and dBeta are right. In dx the third term is missing: the one through σ, with x̂ᵢ x̂ⱼ",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, product }) => gamma / sigma * (g - xHat * product)),
      reply: "dGamma and dBeta are right. In dx the second term is missing: the one through the mean",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, mean, product, m }) =>
        gamma / sigma * (g - m * mean - m * xHat * product)
      ),
      reply: "dGamma and dBeta are right. In dx you subtract the *sums*: the 1/m of both terms is missing",
    },
    {
      answer: withDx(({ g, sigma, xHat, mean, product }) => (g - mean - xHat * product) / sigma),
      reply: "dGamma and dBeta are right. In dx the gamma is missing: y = gamma · x̂ + beta passes dy on times gamma",
    },
    {
      answer: withDx(({ g, gamma, xHat, mean, product }) => gamma * (g - mean - xHat * product)),
      reply: "dGamma and dBeta are right. dx has all three terms, but it is not divided by sigma",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, mean, product }) => gamma / sigma ** 2 * (g - mean - xHat * product)),
      reply: "dGamma and dBeta are right. dx is divided by sigma twice. x̂ has one of them in it already",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, mean, product }) => gamma * sigma * (g - mean - xHat * product)),
      reply: "dGamma and dBeta are right. dx is multiplied by sigma: x̂ = (x − mean) / σ, so its slope has 1/σ",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, mean, product }) => gamma / sigma * g - mean - xHat * product),
      reply:
        "dGamma and dBeta are right. In dx the factor gamma / sigma belongs to all three terms: put them in parentheses",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, mean, product }) => gamma / sigma * (g - mean) - xHat * product),
      reply:
        "dGamma and dBeta are right. In dx the factor gamma / sigma belongs to the third term, too: put it inside the parentheses",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, mean, product, m }) => gamma / sigma * (g - mean - m * xHat * product)),
      reply: "dGamma and dBeta are right. In dx the third term has no 1/m: it needs the mean of dy · x̂, not the sum",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, mean, product, m }) => gamma / sigma * (g - m * mean - xHat * product)),
      reply: "dGamma and dBeta are right. In dx the second term has no 1/m: it needs the mean of dy, not the sum",
    },
    {
      answer: (xHat, sigma, gamma, dy) => {
        const m = dy.length;
        let [dGamma, dBeta] = [0, 0];
        for (let j = 1; j < m; j++) {
          dGamma += dy[j] * xHat[j];
          dBeta += dy[j];
        }
        return { dx: dy.map((g, i) => gamma / sigma * (g - dBeta / m - xHat[i] * dGamma / m)), dGamma, dBeta };
      },
      reply: "The first number of the channel is left out of your sums: j begins at 0",
    },
    {
      answer: (xHat, sigma, gamma, dy) => {
        const m = dy.length;
        let [dGamma, dBeta] = [0, 0];
        for (let j = 0; j < m; j++) {
          dGamma = dy[j] * xHat[j];
          dBeta = dy[j];
        }
        return { dx: dy.map((g, i) => gamma / sigma * (g - dBeta / m - xHat[i] * dGamma / m)), dGamma, dBeta };
      },
      reply: "Your sums hold only the last number of the channel: = instead of +=",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, mean, product }) => gamma / sigma * (g + mean + xHat * product)),
      reply: "dGamma and dBeta are right. In dx both indirect terms have the wrong sign",
    },
    {
      answer: withDx(({ g, sigma, gamma, mean, product }) => gamma / sigma * (g - mean - product)),
      reply:
        "dGamma and dBeta are right. In the third term of dx the x̂ᵢ is missing: it stands before the mean of dy · x̂",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, mean, product }) => gamma / sigma * (g - mean - xHat ** 2 * product)),
      reply:
        "dGamma and dBeta are right. In the third term of dx you use x̂ᵢ twice. The other one belongs to j, inside the mean",
    },
    {
      answer: withDx(({ g, sigma, gamma, xHat, mean }) => gamma / sigma * (g - mean - xHat * mean)),
      reply: "dGamma and dBeta are right. The third term of dx needs the mean of dy · x̂, not the mean of dy",
    },
    {
      answer: but(({ dGamma, dBeta }, _xHat, _sigma, _gamma, dy) => ({
        dGamma: dGamma / dy.length,
        dBeta: dBeta / dy.length,
      })),
      reply: "dx is right. dGamma and dBeta are means in your answer: both were used for every number, so add up",
    },
    {
      answer: but(({ dBeta }) => ({ dGamma: dBeta })),
      reply: "dx and dBeta are right. For dGamma: by what was gamma multiplied in y = gamma · x̂ + beta?",
    },
    {
      answer: but(({ dGamma, dBeta }) => ({ dGamma: dBeta, dBeta: dGamma })),
      reply: "dx is right. dGamma and dBeta are swapped",
    },
    {
      answer: but(({ dGamma }, _xHat, _sigma, gamma) => ({ dGamma: dGamma * gamma })),
      reply: "dx and dBeta are right. dGamma has a gamma too many: y = gamma · x̂ + beta has the slope x̂ in gamma",
    },
    {
      answer: but(({ dx }, _xHat, sigma, gamma) => ({ dx: dx.map((g) => g * sigma / gamma) })),
      reply: "dGamma and dBeta are right, and dx has all three terms. The factor gamma / sigma is missing",
    },
  ],
  hints: [
    "∂L/∂xᵢ = Σⱼ dyⱼ · γ · ∂x̂ⱼ/∂xᵢ. Put in the three terms of ∂x̂ⱼ/∂xᵢ, and take each sum by itself",
    "The first leaves dyᵢ, the second the mean of dy, the third x̂ᵢ times the mean of dy · x̂. Do not forget γ/σ",
    "dBeta = Σ dy and dGamma = Σ dy · x̂. The two means are these sums divided by m = dy.length",
  ],
});
