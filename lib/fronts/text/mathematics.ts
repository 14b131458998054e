/** Writes the LaTeX that lessons use as Unicode: `\sum_i w_i x^2` becomes ∑ᵢ wᵢ x². */

const SYMBOLS: Record<string, string> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  varepsilon: "ε",
  zeta: "ζ",
  eta: "η",
  theta: "θ",
  kappa: "κ",
  lambda: "λ",
  mu: "μ",
  nu: "ν",
  xi: "ξ",
  pi: "π",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  phi: "φ",
  varphi: "φ",
  chi: "χ",
  psi: "ψ",
  omega: "ω",
  Gamma: "Γ",
  Delta: "Δ",
  Theta: "Θ",
  Lambda: "Λ",
  Pi: "Π",
  Sigma: "Σ",
  Phi: "Φ",
  Psi: "Ψ",
  Omega: "Ω",
  partial: "∂",
  nabla: "∇",
  infty: "∞",
  sum: "∑",
  prod: "∏",
  int: "∫",
  times: "×",
  cdot: "·",
  odot: "⊙",
  otimes: "⊗",
  star: "⋆",
  ast: "∗",
  div: "÷",
  pm: "±",
  le: "≤",
  leq: "≤",
  ge: "≥",
  geq: "≥",
  ne: "≠",
  neq: "≠",
  approx: "≈",
  sim: "∼",
  equiv: "≡",
  propto: "∝",
  in: "∈",
  notin: "∉",
  subset: "⊂",
  cup: "∪",
  cap: "∩",
  forall: "∀",
  exists: "∃",
  to: "→",
  rightarrow: "→",
  leftarrow: "←",
  mapsto: "↦",
  Rightarrow: "⇒",
  ldots: "…",
  dots: "…",
  cdots: "⋯",
  vdots: "⋮",
  langle: "⟨",
  rangle: "⟩",
  lfloor: "⌊",
  rfloor: "⌋",
  lceil: "⌈",
  rceil: "⌉",
  top: "ᵀ",
  mid: "|",
  quad: "  ",
  qquad: "    ",
  ell: "ℓ",
  ll: "≪",
  gg: "≫",
  circ: "∘",
  prime: "′",
  dagger: "†",
};
const NAMED = /^(exp|log|ln|max|min|sin|cos|tanh|arg|lim|det)$/;
const SUPER = pairs(
  "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWᵀ′∘",
  "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀ′°",
);
const SUB = pairs("0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ");
const ACCENTS: Record<string, string> = { hat: "\u0302", bar: "\u0304", tilde: "\u0303", vec: "\u20d7", dot: "\u0307" };

function pairs(from: string, to: string): Map<string, string> {
  const target = [...to];
  return new Map([...from].map((char, i) => [char, target[i]]));
}

/**
 * A formula in Unicode. Parts that Unicode cannot express stay readable: `x^{a/b}` becomes x^(a/b).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mathematics("y_n = \\sum_{i} w_{i}^2 x_i + b"), "yₙ = ∑ᵢ wᵢ² xᵢ + b");
 * assertEquals(mathematics("\\frac{\\partial L}{\\partial x}"), "∂L/∂x");
 * ```
 */
export function mathematics(latex: string): string {
  return new Reader(latex).all().replace(/ {2,}(?=\S)/g, (gap) => gap.length > 3 ? gap : " ").trim();
}

class Reader {
  #at = 0;
  constructor(readonly source: string) {}

  all(end = ""): string {
    let result = "";
    while (this.#at < this.source.length && this.source[this.#at] !== end) result += this.#piece();
    this.#at += end.length;
    return result;
  }

  #piece(): string {
    const char = this.source[this.#at++];
    if (char === "{") return this.all("}");
    if (char === "^" || char === "_") return script(char, this.#argument());
    if (char !== "\\") return char === "~" ? " " : char === "-" ? "−" : char;
    const name = /^[A-Za-z]+/.exec(this.source.slice(this.#at))?.[0];
    if (!name) return this.#escaped();
    this.#at += name.length;
    const symbol = SYMBOLS[name];
    if (symbol !== undefined) {
      // LaTeX drops the space that ends a command; after a symbol such as ∂ it would only split the term.
      if (/^[∂∇Δ]$/.test(symbol)) { while (this.source[this.#at] === " ") this.#at++; }
      return symbol;
    }
    if (NAMED.test(name)) return name;
    if (/^[dt]?frac$/.test(name)) return `${grouped(this.#argument())}/${grouped(this.#argument())}`;
    if (name === "sqrt") return `√${grouped(this.#argument())}`;
    if (name in ACCENTS) return this.#argument() + ACCENTS[name];
    if (/^(left|right|big|Big|bigl|bigr|displaystyle|limits|,)$/.test(name)) return "";
    if (/^(text|mathrm|mathbf|mathit|mathcal|mathbb|boldsymbol|operatorname|textbf)$/.test(name)) {
      const content = this.#argument();
      return name === "mathbb" && content === "R" ? "ℝ" : content;
    }
    return name;
  }

  #escaped(): string {
    const char = this.source[this.#at++] ?? "";
    if (char === "\\") return "\n";
    return ",;:! ".includes(char) ? (char === "!" ? "" : " ") : char;
  }

  #argument(): string {
    while (this.source[this.#at] === " ") this.#at++;
    return this.#at < this.source.length ? this.#piece() : "";
  }
}

/** Superscript or subscript, if Unicode has every letter; otherwise ^(…) or _(…). */
function script(mark: string, content: string): string {
  const table = mark === "^" ? SUPER : SUB;
  const letters = [...content.replaceAll("−", "-").replaceAll(" ", "")];
  if (letters.every((letter) => table.has(letter))) return letters.map((letter) => table.get(letter)).join("");
  return mark + (letters.length > 1 ? `(${content})` : content);
}

function grouped(content: string): string {
  return /[\s+−=]/.test(content.trim()) ? `(${content.trim()})` : content.trim();
}
