// The words that this project does not use, and what to write instead: plain American English.

/** A word or a turn of phrase: what to look for, what to write instead, and a text that contains it. */
export type Word = readonly [pattern: string, instead: string, example: string];

/** British spellings, anywhere in a word, so that names in code are found, too. */
const SPELLINGS: readonly Word[] = Object.entries({
  colour: "color",
  favour: "favor",
  flavour: "flavor",
  honour: "honor",
  labour: "labor",
  behaviour: "behavior",
  neighbour: "neighbor",
  grey: "gray",
  artefact: "artifact",
  catalogue: "catalog",
  aluminium: "aluminum",
  sceptic: "skeptic",
  judgement: "judgment",
  acknowledgement: "acknowledgment",
  cancelled: "canceled",
  cancelling: "canceling",
  labelling: "labeling",
  modelled: "modeled",
  modelling: "modeling",
  travelled: "traveled",
  travelling: "traveling",
  signalled: "signaled",
  signalling: "signaling",
  totalled: "totaled",
  levelled: "leveled",
  channelled: "channeled",
  fulfils: "fulfills",
  skilful: "skillful",
  defence: "defense",
  offence: "offense",
  manoeuvre: "maneuver",
}).map(([british, american]) => [british, american, `de${british}s`]);

/** Verbs that a British writer may end in -ise. */
const STEMS = `
  apologis capitalis categoris centralis characteris criticis customis discretis emphasis equalis factoris finalis
  formalis generalis initialis itemis linearis localis materialis maximis memoris minimis modernis normalis optimis
  organis parallelis parametris penalis prioritis quantis randomis realis recognis regularis scrutinis serialis
  specialis stabilis standardis summaris symbolis synchronis synthesis tokenis utilis vectoris visualis
`.trim().split(/\s+/);

const VERBS: readonly Word[] = STEMS.map((stem) => [
  `${stem}(?:e|ing|able|ation)`,
  `${stem.replace(/s$/, "z")}…`,
  `un${stem}ed`,
]);

/** Whole words. */
const WORDS: readonly Word[] = [
  ["labelled(?!by)", "labeled", "labelled points"], // aria-labelledby is HTML's own
  [String.raw`\bcentr(?:e[ds]?|ing)\b`, "center", "the centre of the image"],
  [String.raw`\b(?:milli|centi|kilo)?metres?\b`, "meter", "ten metres"],
  [String.raw`\bfibres?\b`, "fiber", "a fibre"],
  [String.raw`\banalys(?:e|ed|er|ing)\b`, "analyze", "to analyse"],
  [String.raw`\bprogrammes?\b`, "program", "a programme"],
  [String.raw`\bpractis(?:e|ed|ing)\b`, "practice", "to practise"],
  [String.raw`\blearnt\b`, "learned", "what it has learnt"],
  [String.raw`\bspelt\b`, "spelled", "it is spelt so"],
  [String.raw`\bwhilst\b`, "while", "whilst it trains"],
  [String.raw`\bamongst\b`, "among", "amongst others"],
  [String.raw`\btowards\b`, "toward", "towards zero"],
  [String.raw`\bafterwards\b`, "afterward", "put back afterwards"],
  [String.raw`\bmaths\b`, "math", "the maths"],
  [String.raw`\bfull stop\b`, "period", "no full stop at the end"],
  [String.raw`\bshall\b`, "will or should", "it shall stop"],
  [String.raw`\bmend(?:s|ed|ing)?\b`, "fix", "find the line and mend it"],
  [String.raw`\b(?:anew|afresh)\b`, "again", "drawn anew"],
  [
    String.raw`\b(?:thrice|whence|thereof|whereof|whereupon|hereby|herein|therein|forthwith|nought)\b`,
    "a plain word",
    "thereof",
  ],
  [String.raw`\b(?:informations|softwares|evidences|feedbacks)\b`, "the singular", "two evidences"],
  [String.raw`\bcommonest\b(?!-)`, "most common", "the commonest digit"],
  [String.raw`\bcommoner\b`, "more common", "it is commoner"],
  [String.raw`\bresp\.`, "respectively, or both sentences", "rows resp. columns"],
];

/** Turns of phrase. A space stands for any gap between two words, including a line break in a comment. */
const PHRASES: readonly Word[] = [
  [String.raw`\b(?<!\bthere )is no (?!longer\b|more\b|less\b)`, "is not a …", "What you found is no mistake"],
  [
    String.raw`\b(?<!\bthere )are no (?!longer\b|more\b|less\b)`,
    "are not …",
    "784 bytes are no whole number of images",
  ],
  [String.raw`\b(?<!\bthere )(?:was|were) no (?!longer\b|more\b|less\b)`, "was not a …", "it was no tensor"],
  [String.raw`\b(?:that|which|what) (?:is|are) none\b`, "is not one", "a mistake that is none"],
  [
    String.raw`\b(?:what|where|why|when) ha(?:s|ve) (?:it|they|he) to\b`,
    "what should it …",
    "what has it to depend on?",
  ],
  [
    String.raw`\bhow (?:many|much)(?: \w+)? ha(?:s|ve) (?:it|they|the|a|this)\b(?! been)`,
    "how many … does it have",
    "how many numbers has it",
  ],
  [String.raw`\bone['’]s own\b`, "your own", "a loop of one's own"],
  [String.raw`\bin (?:the )?place of\b`, "instead of", "a web page in the place of the file"],
  [String.raw`\bin (?:its|their|his) stead\b`, "instead", "links others in their stead"],
  [String.raw`\b(?:inside|outside) of\b`, "inside or outside, without of", "inside of the image"],
  [String.raw`\basked for (?:is|was|are|were)\b`, "return …, or find …", "Asked for is the accuracy"],
  [String.raw`\baside of\b`, "next to", "checked aside of it"],
  [String.raw`\ba little aside\b`, "at a nearby point", "repeated a little aside"],
  [String.raw`\bbelong(?:s|ed|ing)? into\b`, "belongs in", "heavy loops belong into a kernel"],
  [String.raw`\bnobody needs to\b`, "you do not need to", "what nobody needs to hear"],
  [String.raw`\bthe usual(?: ones)?(?! \w)`, "the default, or the common ones", "quick (this is the usual)"],
  [String.raw`\bno more(?! \w)`, "no longer", "it is read no more:"],
  [String.raw`\bany more(?! \w)`, "anymore, or no longer", "It does not change any more."],
  [
    String.raw`\b(?<!there )(?:is|was|are|be) another(?: one)?(?! \w)`,
    "is different",
    "only what is summed is another.",
  ],
  [String.raw`\banother (?:\w+ )?than\b`, "a different … from", "another mistake than that"],
  [String.raw`\bmultipl(?:y|ies|ied|ying) with\b`, "multiply by", "multiplied with the slope"],
  [String.raw`\bdivid(?:e|es|ed|ing) through\b`, "divide by", "divided through N"],
  [String.raw`\bhow (?:\w+ ){0,4}(?:is|are|was|were) called\b`, "what … is called", "How the inputs are called"],
  [String.raw`\bhow (?:\w+ ){1,4}looks? like\b`, "what … looks like", "how it looks like"],
  [String.raw`\bbut for (?=its|one|some|rounding|the|a|that)`, "except for", "right but for its sign"],
  [String.raw`\bthe other way round\b`, "the other way around", "The other way round: you stop it"],
  [
    String.raw`\b(?:allow|permit|enable)s? to (?:\w+e|do|run|read|set|get|go)\b`,
    "allows you to, or lets",
    "it allows to run cells",
  ],
  [String.raw`\bconsists? (?:out|in) of?\b`, "consists of", "it consists out of cells"],
  [String.raw`\bdepend(?:s|ed|ing)? from\b`, "depends on", "it depends from the seed"],
  [String.raw`\bthe both\b`, "both", "the both of them"],
  [String.raw`\bbelow each other\b`, "one below the other", "written below each other"],
  [String.raw`\btells (?:what|how|why|where|when|its)\b`, "says, or explains", "the README tells what can be set"],
  [String.raw`\b(?:gives?|gave|giving) back\b`, "return", "gives back the error"],
  [String.raw`\bbut got\b`, "takes … and got …", "expected 3 but got 4"],
  [
    String
      .raw`\b(?<!takes[^.:;\n]{0,100})(?:is|are|shows|draws|needs?|must be|should be|expects?|expected|wants?) (?:(?!takes)[^.:;\n]){1,80}?\band got\b`,
    "takes … and got …",
    'the mode is "quick" or "full", and got "slow"',
  ],
];

/** All of them. */
export const LIST: readonly Word[] = [...SPELLINGS, ...VERBS, ...WORDS, ...PHRASES];

/** Good English that looks like some of the words above. */
export const FINE: readonly string[] = [
  "There is no tensor, and there are no images. It is no longer there.",
  "Three numbers are no more than two. Does it take any more images?",
  "The usual cause is a learning rate that is too large.",
  "There is another. The optimist's realism has no emphasis; two analyses of a program.",
  'aria-labelledby="title"',
  "Update the display in place. Of its own it has two.",
  "It has it all, and it is different from another one.",
  "Square takes [N, 3] and got [3, 1]: transpose it",
  "What is needed: FC takes [N, in] and got [2]",
  "fc1 takes a learning rate that is a finite number and got NaN",
  "see https://example.com/colour",
];
