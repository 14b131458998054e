import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { mathematics } from "../../../lib/fronts/text/mathematics.ts";

Deno.test("mathematics: Greek, superscripts and subscripts, fractions, roots, accents, and parts without a Unicode form", () => {
  const cases: [string, string][] = [
    ["\\hat{y} = \\sigma(W x + b)", "ŷ = σ(W x + b)"],
    ["\\frac{1}{N} \\sum_{n=1}^{N} (y_n - t_n)^2", "1/N ∑ₙ₌₁ᴺ (yₙ − tₙ)²"],
    ["\\frac{a + b}{2}", "(a + b)/2"],
    ["e^{-x}", "e⁻ˣ"],
    ["x \\in \\mathbb{R}^{N \\times C}", "x ∈ ℝ^(N × C)"],
    ["\\sqrt{v} + \\epsilon", "√v + ε"],
    ["W^\\top", "Wᵀ"],
    ["\\text{loss} \\approx \\ln 10", "loss ≈ ln 10"],
    ["p_{k}", "pₖ"],
    ["\\unknown{x}", "unknownx"],
    ["x^", "x"],
    ["{{", ""],
  ];
  for (const [latex, expected] of cases) assertEquals(mathematics(latex).normalize("NFC"), expected, latex);
});

Deno.test("mathematics: any text is accepted without an error", () => {
  fc.assert(fc.property(fc.string(), (text) => typeof mathematics(text) === "string"));
});
