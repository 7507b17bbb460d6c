/** Structures of scap.h, field by field. */
import { type Pointer, ptr } from "bun:ffi";
import { cString, fixedBytes } from "./native.ts";

/** A structure that begins with its own size. What its pointers point at lives as long as it does. */
export class CStruct {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  readonly #lent: Uint8Array[] = [];

  constructor(size: number) {
    this.bytes = fixedBytes(size);
    this.#view = new DataView(this.bytes.buffer);
    this.u32(0, size);
  }

  get pointer(): Pointer {
    return ptr(this.bytes);
  }

  u32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  u64(at: number, value: number | bigint): void {
    this.#view.setBigUint64(at, BigInt(value), true);
  }

  /** A pointer to these bytes; NULL if there are none. */
  lend(at: number, bytes: Uint8Array | undefined): void {
    if (!bytes) return;
    this.#lent.push(bytes);
    this.u64(at, Number(ptr(bytes)));
  }

  text(at: number, value: string | undefined): void {
    this.lend(at, value === undefined ? undefined : cString(value));
  }
}

/** The text in a `char[]`, up to its NUL. */
export function textIn(bytes: Uint8Array, at: number, size: number): string {
  const part = bytes.subarray(at, at + size);
  const end = part.indexOf(0);
  return Buffer.from(end < 0 ? part : part.subarray(0, end)).toString();
}
