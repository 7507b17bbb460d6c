/** Reads tokens from the text of a filter, one kind at a time: which kinds may come next is the parser's business. */
import { Fault } from "./error.ts";
import { readEscape } from "./literal.ts";

// [\b] is a backspace, which counts as a blank here.
const blank = /[ \t\b\r\n]*/y;
const identifier = /[a-zA-Z]+[a-zA-Z0-9_]*/y;
const fieldName = /[a-zA-Z]+[a-zA-Z0-9_]*(?:\.[a-zA-Z]+[a-zA-Z0-9_]*)+/y;
const fieldArgument = /[^ \t\b\r\n\v\f[\]"']+/y;
const number = /0[xX][0-9a-fA-F]+|[+-]?[0-9]+[.]?[0-9]*(?:[eE][+-]?[0-9]+)?/y;
const digits = /-?[0-9]*/y;
const bare = /[^()"' \t\b\r\n\v\f=,]+/y;
const word = /[^\s(),[\]=]+|./suy;

/** A value that needs no quotes. */
export const isBareValue = (text: string) => isWhole(bare, text);
export const isBareArgument = (text: string) => isWhole(fieldArgument, text);

function isWhole(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.exec(text)?.[0].length === text.length && text.isWellFormed();
}

export class Scanner {
  readonly text: string;
  at = 0;

  /** @throws {Fault} */
  constructor(text: string) {
    this.text = text;
    const nul = text.indexOf("\0");
    if (nul >= 0) throw nulInValue(nul, 1);
  }

  get atEnd(): boolean {
    return this.at === this.text.length;
  }

  /** @returns whether there was any */
  blanks(): boolean {
    return this.#take(blank) !== "";
  }

  identifier = () => this.#take(identifier);
  fieldName = () => this.#take(fieldName);
  number = () => this.#take(number);
  /** Digits, possibly behind a minus sign; "" if there are none. */
  digits = () => this.#take(digits) ?? "";
  bare = () => this.#take(bare);
  bareArgument = () => this.#take(fieldArgument);

  /** A fixed text; nothing is read if another one stands here. */
  exactly(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** The first of these texts that stands here. */
  oneOf<T extends string>(texts: readonly T[]): T | undefined {
    return texts.find((text) => this.exactly(text));
  }

  /** What a reader would read here, without reading it. */
  peek<T>(read: (scanner: this) => T): T {
    const { at } = this;
    const found = read(this);
    this.at = at;
    return found;
  }

  /** A string in quotes; undefined if none stands here. @throws {Fault} */
  quoted(): string | undefined {
    const start = this.at;
    const quote = this.text[start];
    if (quote !== '"' && quote !== "'") return undefined;
    let value = "";
    let at = start + 1;
    for (;;) {
      const character = this.text[at];
      if (character === undefined)
        throw new Fault("UNTERMINATED_STRING", { start, end: at }, `this string has no closing ${quote}`);
      if (character === quote) break;
      if (character !== "\\") {
        value += character;
        at++;
        continue;
      }
      const read = readEscape(this.text, at, quote);
      if (read === "NUL_IN_VALUE") throw nulInValue(at, 4);
      if (read === "BAD_ESCAPE") throw badEscape(this.text, at);
      value += read.text;
      at += read.length;
    }
    this.at = at + 1;
    return value;
  }

  /** An error about the word that stands here. */
  unexpected(code: Fault["code"], message: string, hint?: string): Fault {
    const found = this.peek(() => this.#take(word)) ?? "";
    return new Fault(code, { start: this.at, end: this.at + found.length }, message, hint);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}

const nulInValue = (start: number, length: number) =>
  new Fault("NUL_IN_VALUE", { start, end: start + length }, "a value cannot contain a NUL");

const badEscape = (text: string, start: number) =>
  new Fault(
    "BAD_ESCAPE",
    { start, end: Math.min(start + 2, text.length) },
    `${text.slice(start, start + 2)} is no escape`,
    "escapes are \\b \\f \\n \\r \\t \\\\ \\/ \\xHH and the string's own quote",
  );
