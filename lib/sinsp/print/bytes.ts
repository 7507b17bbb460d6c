/** Data as a line of text: what is not printable ASCII is a dot. */
export function dottedText(bytes: Uint8Array): string {
  let result = "";
  for (const byte of bytes) result += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".";
  return result;
}
