/**
 * fnmatch(3) without flags: `*`, `?`, `[a-z]`, `[!a]`, `[[:alpha:]]`, and `\` before a character that means itself.
 * `/` and a leading `.` are nothing special. A character is a code point.
 *
 * Linear in the text: of several `*` only the last one met is ever reconsidered, because an earlier one could take no
 * text that the last one could not.
 */
type Character = { readonly kind: "character"; readonly code: number };
type Class = {
  readonly kind: "class";
  readonly negated: boolean;
  readonly ranges: readonly (readonly [from: number, to: number])[];
};
type Part = Character | Class | { readonly kind: "any" } | { readonly kind: "star" };

const classes: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  alpha: [
    ["a", "z"],
    ["A", "Z"],
  ],
  digit: [["0", "9"]],
  alnum: [
    ["a", "z"],
    ["A", "Z"],
    ["0", "9"],
  ],
  upper: [["A", "Z"]],
  lower: [["a", "z"]],
  space: [
    ["\t", "\r"],
    [" ", " "],
  ],
  blank: [
    ["\t", "\t"],
    [" ", " "],
  ],
  punct: [
    ["!", "/"],
    [":", "@"],
    ["[", "`"],
    ["{", "~"],
  ],
  print: [[" ", "~"]],
  graph: [["!", "~"]],
  cntrl: [
    ["\0", "\x1f"],
    ["\x7f", "\x7f"],
  ],
  xdigit: [
    ["0", "9"],
    ["a", "f"],
    ["A", "F"],
  ],
};

const lower = (code: number) => (code >= 65 && code <= 90 ? code + 32 : code);
const upper = (code: number) => (code >= 97 && code <= 122 ? code - 32 : code);

export class Glob {
  readonly #parts: readonly Part[];
  readonly #fold: boolean;

  /** @param fold ASCII letters match in either case */
  constructor(pattern: string, { fold = false } = {}) {
    this.#parts = compile(Array.from(pattern, (character) => character.codePointAt(0)!));
    this.#fold = fold;
  }

  matches(text: string): boolean {
    const parts = this.#parts;
    let at = 0;
    let part = 0;
    let star = -1;
    let resume = 0;
    while (at < text.length) {
      const next = parts[part];
      if (next?.kind === "star") {
        star = part++;
        resume = at;
        continue;
      }
      const code = text.codePointAt(at)!;
      if (next && this.#accepts(next, code)) {
        part++;
        at += width(code);
      } else if (star >= 0) {
        part = star + 1;
        resume += width(text.codePointAt(resume)!);
        at = resume;
      } else return false;
    }
    while (parts[part]?.kind === "star") part++;
    return part === parts.length;
  }

  #accepts(part: Part, code: number): boolean {
    if (part.kind === "any") return true;
    if (part.kind === "character")
      return part.code === code || (this.#fold && lower(part.code) === lower(code));
    if (part.kind === "star") return false;
    const hit = (wanted: number) => part.ranges.some(([from, to]) => wanted >= from && wanted <= to);
    return (hit(code) || (this.#fold && (hit(lower(code)) || hit(upper(code))))) !== part.negated;
  }
}

const width = (code: number) => (code > 0xffff ? 2 : 1);
const code = (character: string) => character.charCodeAt(0);
const [BACKSLASH, BANG, CARET, CLOSE, COLON, DASH, DOT, EQUALS, OPEN, QUESTION, STAR] = Array.from(
  "\\!^]:-.=[?*",
  code,
) as [number, number, number, number, number, number, number, number, number, number, number];

function compile(pattern: readonly number[]): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const next = pattern[at]!;
    if (next === STAR) {
      if (parts.at(-1)?.kind !== "star") parts.push({ kind: "star" });
    } else if (next === QUESTION) parts.push({ kind: "any" });
    else if (next === BACKSLASH) {
      // A backslash with nothing behind it matches nothing, as in fnmatch(3).
      if (at + 1 === pattern.length) parts.push({ kind: "class", negated: false, ranges: [] });
      else parts.push({ kind: "character", code: pattern[++at]! });
    } else if (next === OPEN) {
      const found = bracket(pattern, at + 1);
      if (found) {
        parts.push(found.part);
        at = found.end;
      } else parts.push({ kind: "character", code: next }); // never closed: just a '['
    } else parts.push({ kind: "character", code: next });
  }
  return parts;
}

/** @param from behind the "[" @returns the class, and where its "]" is */
function bracket(pattern: readonly number[], from: number): { part: Class; end: number } | undefined {
  let at = from;
  const negated = pattern[at] === BANG || pattern[at] === CARET;
  if (negated) at++;
  const ranges: (readonly [number, number])[] = [];
  for (let first = true; ; first = false) {
    if (at >= pattern.length) return undefined;
    if (pattern[at] === CLOSE && !first) return { part: { kind: "class", negated, ranges }, end: at };
    const named = namedClass(pattern, at);
    if (named) {
      ranges.push(...named.ranges);
      at = named.end;
      continue;
    }
    const low = element(pattern, at);
    if (!low) return undefined;
    at = low.end;
    const isRange = pattern[at] === DASH && at + 1 < pattern.length && pattern[at + 1] !== CLOSE;
    const high = isRange ? element(pattern, at + 1) : low;
    if (!high) return undefined;
    ranges.push([low.code, high.code]);
    at = high.end;
  }
}

/** `[:alpha:]` */
function namedClass(pattern: readonly number[], at: number) {
  const name = enclosed(pattern, at, COLON);
  if (!name) return undefined;
  const ranges = (classes[name.text] ?? []).map(([from, to]) => [code(from), code(to)] as const);
  return { ranges, end: name.end };
}

/** One character: itself, escaped, `[.x.]` or `[=x=]`. */
function element(pattern: readonly number[], at: number): { code: number; end: number } | undefined {
  const symbol = enclosed(pattern, at, DOT) ?? enclosed(pattern, at, EQUALS);
  if (symbol && symbol.text.length > 0) return { code: symbol.text.codePointAt(0)!, end: symbol.end };
  if (pattern[at] !== BACKSLASH) return { code: pattern[at]!, end: at + 1 };
  return at + 1 < pattern.length ? { code: pattern[at + 1]!, end: at + 2 } : undefined;
}

/** The text between `[c` and `c]`, and what is behind it. */
function enclosed(pattern: readonly number[], at: number, mark: number) {
  if (pattern[at] !== OPEN || pattern[at + 1] !== mark) return undefined;
  for (let end = at + 2; end + 1 < pattern.length; end++)
    if (pattern[end] === mark && pattern[end + 1] === CLOSE)
      return { text: String.fromCodePoint(...pattern.slice(at + 2, end)), end: end + 2 };
  return undefined;
}
