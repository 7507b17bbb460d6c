/**
 * The text of literals. `\xHH` can make bytes that are no UTF-8; a JavaScript string keeps such a byte as the lone
 * surrogate U+DC00 + byte, which no well-formed text contains.
 */
const escapeBase = 0xdc00;
const utf8 = new TextEncoder();

/** The character that stands for a byte written as `\xHH`. */
export const byteCharacter = (byte: number) =>
  byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(escapeBase + byte);

const isByte = (unit: number) => unit >= escapeBase + 0x80 && unit <= escapeBase + 0xff;

/** Whether text[at] stands for a byte: a lone surrogate, not the second half of a pair. */
export function byteAt(text: string, at: number): number | undefined {
  const unit = text.charCodeAt(at);
  const before = at > 0 ? text.charCodeAt(at - 1) : 0;
  return isByte(unit) && !(before >= 0xd800 && before < 0xdc00) ? unit - escapeBase : undefined;
}

/** The bytes that a literal means. */
export function literalBytes(text: string): Uint8Array {
  if (!hasBytes(text)) return utf8.encode(text);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = byteAt(text, at);
    if (byte === undefined) continue;
    parts.push(utf8.encode(text.slice(from, at)), Uint8Array.of(byte));
    from = at + 1;
  }
  parts.push(utf8.encode(text.slice(from)));
  return Buffer.concat(parts);
}

/** The text that a literal means, read like text of events: bytes that are no UTF-8 become U+FFFD. */
export function literalText(text: string): string {
  return hasBytes(text) ? Buffer.from(literalBytes(text)).toString("utf8") : text;
}

const hasBytes = (text: string) => /[\udc80-\udcff]/.test(text);

const named: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  "\\": "\\",
  "/": "/",
  // People write regular expressions with a backslash before a blank; it has always meant a backslash.
  " ": "\\",
};

export type Escape = { readonly text: string; readonly length: number } | "BAD_ESCAPE" | "NUL_IN_VALUE";

/** The escape whose backslash is source[at], in a string that `quote` delimits. */
export function readEscape(source: string, at: number, quote: string): Escape {
  const letter = source[at + 1] ?? "";
  if (letter === quote) return { text: quote, length: 2 };
  const character = named[letter];
  if (character !== undefined) return { text: character, length: 2 };
  const hex = /^x([0-9a-fA-F]{2})/.exec(source.slice(at + 1, at + 4));
  if (!hex) return "BAD_ESCAPE";
  const byte = Number.parseInt(hex[1]!, 16);
  return byte === 0 ? "NUL_IN_VALUE" : { text: byteCharacter(byte), length: 4 };
}

const escapes: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
  '"': '\\"',
};

/** A quoted string that means this text. */
export function quote(text: string): string {
  let quoted = '"';
  for (let at = 0; at < text.length; at++) {
    const byte = byteAt(text, at);
    const unit = text.charCodeAt(at);
    if (byte !== undefined) quoted += `\\x${byte.toString(16)}`;
    else if (unit < 0x20 && !escapes[text[at]!]) quoted += `\\x${unit.toString(16).padStart(2, "0")}`;
    else quoted += escapes[text[at]!] ?? text[at];
  }
  return `${quoted}"`;
}
