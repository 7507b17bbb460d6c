/** Data as a line of text: what is not printable ASCII is a dot. */
export const dottedText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString("latin1")
    .replace(/[^\x20-\x7e]/g, ".");
