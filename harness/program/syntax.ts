/** Positions, tokens and errors of the text form. */

export type SyntaxCode =
  | "bad-character"
  | "unexpected"
  | "unknown-arch"
  | "unknown-syscall"
  | "unknown-errno"
  | "unknown-memory"
  | "unknown-result"
  | "out-of-range"
  | "duplicate";

/** A defect of a program's text: `line` and `column` count from 1. The message shows the line and a caret. */
export class ProgramSyntaxError extends Error {
  override readonly name = "ProgramSyntaxError";
  constructor(
    readonly code: SyntaxCode,
    readonly detail: string,
    readonly line: number,
    readonly column: number,
    source: string,
  ) {
    super(`line ${line}, column ${column}: ${detail}\n  ${source}\n  ${" ".repeat(column - 1)}^`);
  }
}

export interface Token {
  readonly kind: "word" | "int" | "string" | "mark" | "end";
  readonly text: string;
  readonly column: number;
}

const lexer = /\s*(?:(-?0x[0-9a-f]+|-?\d+)|([A-Za-z_]\w*)|"((?:[^"\\]|\\.)*)"|(->|==|[=(),[\]{}&@+:-])|$)/y;

/** Walks the tokens of one line. */
export class Line {
  readonly #tokens: Token[] = [];
  #next = 0;

  constructor(
    readonly source: string,
    readonly number: number,
  ) {
    for (lexer.lastIndex = 0; this.#tokens.at(-1)?.kind !== "end"; ) {
      const from = lexer.lastIndex;
      const match = lexer.exec(source);
      if (!match) throw this.error("bad-character", "this character starts nothing known", from + 1);
      this.#tokens.push(tokenOf(match, lexer.lastIndex));
    }
  }

  get peek(): Token {
    return this.#tokens[this.#next]!;
  }
  take(): Token {
    const token = this.peek;
    if (token.kind !== "end") this.#next++;
    return token;
  }
  /** Take the next token if it is this one. */
  accept(text: string): boolean {
    const found = this.peek.kind !== "string" && this.peek.text === text && this.peek.kind !== "end";
    if (found) this.#next++;
    return found;
  }
  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(`"${text}"`);
  }
  word(what: string): Token {
    if (this.peek.kind !== "word") throw this.unexpected(what);
    return this.take();
  }
  int(what: string): bigint {
    if (this.peek.kind !== "int") throw this.unexpected(what);
    return intOf(this.take().text);
  }
  /** A whole number within bounds. */
  whole(what: string, max: number, min = 0): number {
    const { column } = this.peek;
    const value = this.int(what);
    if (value < BigInt(min) || value > BigInt(max))
      throw this.error("out-of-range", `${what} must be in ${min}…${max}`, column);
    return Number(value);
  }
  end(): void {
    if (this.peek.kind !== "end") throw this.unexpected("the end of the line");
  }
  unexpected(wanted: string): ProgramSyntaxError {
    const found = this.peek.kind === "end" ? "the line ends" : `this is "${this.peek.text}"`;
    return this.error("unexpected", `expected ${wanted}, but ${found}`, this.peek.column);
  }
  error(code: SyntaxCode, detail: string, column: number): ProgramSyntaxError {
    return new ProgramSyntaxError(code, detail, this.number, column, this.source);
  }
}

function tokenOf(match: RegExpExecArray, end: number): Token {
  const [whole, int, word, string, mark] = match;
  const column = end - whole.trimStart().length + 1;
  if (int !== undefined) return { kind: "int", text: int, column };
  if (word !== undefined) return { kind: "word", text: word, column };
  if (string !== undefined) return { kind: "string", text: string, column };
  return mark === undefined ? { kind: "end", text: "", column } : { kind: "mark", text: mark, column };
}

function intOf(text: string): bigint {
  return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
}

/** The inside of a quoted string. `null` for an unknown escape. */
export function unquote(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char !== "\\") {
      bytes.push(...new TextEncoder().encode(char));
      continue;
    }
    const hex = /^x([0-9a-f]{2})/i.exec(text.slice(i + 1));
    const plain = text[i + 1];
    if (hex) bytes.push(Number.parseInt(hex[1]!, 16));
    else if (plain === '"' || plain === "\\") bytes.push(plain.charCodeAt(0));
    else return null;
    i += hex ? 3 : 1;
  }
  return Uint8Array.from(bytes);
}
