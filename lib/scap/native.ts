/** What crosses the border to C: strings, error texts, pointers that C fills in. */
import { type Pointer, ptr } from "bun:ffi";
import { ScapError, Status } from "./error.ts";

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** A NUL-terminated string. @throws if it holds a NUL itself: C would see another name. */
export function cString(value: string): Uint8Array {
  if (value.includes("\0")) throw new TypeError(`a file name cannot contain a NUL: ${JSON.stringify(value)}`);
  return utf8.encode(`${value}\0`);
}

/**
 * Memory of which C may keep the address. A typed array made by `new Uint8Array(n)` can move when its buffer is first
 * asked for; one over an ArrayBuffer cannot.
 */
export function fixedBytes(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(size));
}

/** A copy that nobody else can change, detach or resize. */
export function ownCopy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = fixedBytes(bytes.length);
  copy.set(bytes);
  return copy;
}

/** Call a function that fills `struct x **out` and `struct scap_error *err`. @throws {ScapError} */
export function openHandle(open: (out: Pointer, err: Pointer) => number): Pointer {
  const out = fixedBytes(8);
  const err = fixedBytes(1024);
  const status = open(ptr(out), ptr(err));
  if (status !== Status.OK) throw new ScapError(status, text.decode(err.subarray(0, err.indexOf(0))));
  return Number(new DataView(out.buffer).getBigUint64(0, true)) as Pointer;
}
