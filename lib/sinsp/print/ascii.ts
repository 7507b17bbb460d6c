/**
 * Lines as bytes: made of strings, a line has dozens of pieces that the engine must allocate, join and collect, which takes
 * ten times as long as the characters. Only what is printable ASCII is written; for anything else the methods answer false,
 * and the line is made the other way.
 */

const capacity = 1 << 16;
const quote = 0x22;
const backslash = 0x5c;

/** Digits of 32 bits; 0 has one. */
const hexWidth = (word: number) => (35 - Math.clz32(word | 1)) >> 2;

type Slices = Buffer & { latin1Slice(start: number, end: number): string };

/** In a JSON string; of `</` the slash. */
const needsEscape = (code: number, before: number) =>
  code === quote || code === backslash || (code === 0x2f && before === 0x3c);

export class AsciiWriter {
  readonly #buffer = Buffer.allocUnsafeSlow(capacity) as Slices;
  readonly #bytes: Uint8Array = new Uint8Array(this.#buffer.buffer, 0, capacity);
  #at = 0;
  /** Whether what is written is inside of a JSON string: quotes and backslashes are escaped, and `</` as `<\/`. */
  #escapes = false;

  start(): void {
    this.#at = 0;
    this.#escapes = false;
  }

  /** null: the line was too long. */
  end(): string | null {
    return this.#at <= capacity ? this.#buffer.latin1Slice(0, this.#at) : null;
  }

  /** Beginning or end of a JSON string. */
  toggleString(): void {
    this.#bytes[this.#at++] = quote;
    this.#escapes = !this.#escapes;
  }

  /** A character that needs no escape anywhere. Writing behind the end does nothing; end() notices. */
  plain(code: number): void {
    this.#bytes[this.#at++] = code;
  }

  /** Text that needs no escape and is printable. */
  constant(text: string): void {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
    this.#at = at;
  }

  /** Where the next character goes; to come back to if what was written from here on is no good. */
  get at(): number {
    return this.#at;
  }

  set at(at: number) {
    this.#at = at;
  }

  text(text: string): boolean {
    const own = this.#bytes;
    const escapes = this.#escapes;
    let at = this.#at;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x20 || code > 0x7e) return false;
      if (escapes && needsEscape(code, own[at - 1]!)) own[at++] = backslash;
      own[at++] = code;
    }
    this.#at = at;
    return true;
  }

  /** `length` bytes at `from`. */
  ascii(bytes: Uint8Array, from: number, length: number): boolean {
    const own = this.#bytes;
    const escapes = this.#escapes;
    let at = this.#at;
    for (let i = from; i < from + length; i++) {
      const code = bytes[i]!;
      if (code < 0x20 || code > 0x7e) return false;
      if (escapes && needsEscape(code, own[at - 1]!)) own[at++] = backslash;
      own[at++] = code;
    }
    this.#at = at;
    return true;
  }

  /** The same with dots for what is not printable. */
  dotted(bytes: Uint8Array, from: number, length: number): boolean {
    const own = this.#bytes;
    const escapes = this.#escapes;
    let at = this.#at;
    for (let i = from; i < from + length; i++) {
      const byte = bytes[i]!;
      const code = byte < 0x20 || byte > 0x7e ? 0x2e : byte;
      if (escapes && needsEscape(code, own[at - 1]!)) own[at++] = backslash;
      own[at++] = code;
    }
    this.#at = at;
    return true;
  }

  /** An integer within ±2^53. */
  decimal(value: number): void {
    if (value < 0) {
      this.plain(0x2d);
      this.decimal(-value);
    } else if (value > 0x7fffffff) {
      const high = Math.floor(value / 1e9);
      this.decimal(high);
      this.digits(value - high * 1e9, 9);
    } else {
      let width = 1;
      for (let rest = (value / 10) | 0; rest > 0; rest = (rest / 10) | 0) width++;
      this.digits(value, width);
    }
  }

  /** So many decimal digits of a number below 2^31. */
  digits(value: number, width: number): void {
    const bytes = this.#bytes;
    let rest = value | 0;
    for (let at = this.#at + width - 1; at >= this.#at; at--) {
      const next = (rest / 10) | 0;
      bytes[at] = 0x30 + rest - 10 * next;
      rest = next;
    }
    this.#at += width;
  }

  /** 64 bits in capital letters, without leading zeros. */
  hex(high: number, low: number): void {
    if (high !== 0) this.#hexDigits(high, hexWidth(high));
    this.#hexDigits(low, high === 0 ? hexWidth(low) : 8);
  }

  #hexDigits(word: number, width: number): void {
    const bytes = this.#bytes;
    let rest = word;
    for (let at = this.#at + width - 1; at >= this.#at; at--) {
      const digit = rest & 15;
      bytes[at] = digit < 10 ? 0x30 + digit : 0x37 + digit;
      rest >>>= 4;
    }
    this.#at += width;
  }
}
