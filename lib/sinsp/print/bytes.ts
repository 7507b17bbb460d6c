/** Data as text. */

/**
 * dots: one line, a dot for what is not printable ASCII. hex, hexascii: rows of 16 bytes, the latter with their characters
 * beside them. base64. ascii: printable characters and line ends only, on lines of their own; ascii-compact: without the
 * line end in front.
 */
export type BufferFormat = "dots" | "hex" | "hexascii" | "base64" | "ascii" | "ascii-compact";

export function bufferText(bytes: Uint8Array, format: BufferFormat = "dots"): string {
  if (bytes.length === 0) return "";
  switch (format) {
    case "dots":
      return dottedText(bytes);
    case "hex":
      return hexRows(bytes, false);
    case "hexascii":
      return hexRows(bytes, true);
    case "base64":
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
    case "ascii":
      return `\n${lines(bytes)}`;
    case "ascii-compact":
      return lines(bytes);
  }
}

const latin1 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");

export const dottedText = (bytes: Uint8Array): string => latin1(bytes).replace(/[^\x20-\x7e]/g, ".");

const rowBytes = 16;

function hexRows(bytes: Uint8Array, withCharacters: boolean): string {
  let result = "";
  for (let at = 0; at < bytes.length; at += rowBytes) {
    const row = bytes.subarray(at, at + rowBytes);
    result += `\n\t0x${at.toString(16).padStart(4, "0")}:${pairs(row)}`;
    if (!withCharacters) continue;
    const missing = rowBytes / 2 - Math.ceil(row.length / 2);
    result += `${" ".repeat(5 * missing + 2)}${dottedText(row)}`;
  }
  return `${result}\n`;
}

const pairs = (row: Uint8Array) =>
  Buffer.from(row)
    .toString("hex")
    .replace(/.{1,4}/g, " $&");

/** A carriage return ends a line, too; both together end one. */
const lines = (bytes: Uint8Array) =>
  latin1(bytes)
    .replace(/^\n/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\x20-\x7e\n]/g, "");
