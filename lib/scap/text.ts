/**
 * The text of a parameter, without the NUL that ends it. Bytes that are no UTF-8 become U+FFFD: what the kernel saw
 * exactly is in ScapEvent.raw().
 */
export function text(bytes: Uint8Array): string {
  const size = bytes.at(-1) === 0 ? bytes.length - 1 : bytes.length;
  return Buffer.from(bytes.buffer, bytes.byteOffset, size).toString("utf8");
}

/** Strings that each end with a NUL; the last NUL may be missing. */
export function texts(bytes: Uint8Array): string[] {
  return bytes.length === 0 ? [] : text(bytes).split("\0");
}
