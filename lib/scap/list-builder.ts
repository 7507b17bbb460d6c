/** Structures of scap.h from objects: the counterpart of {@link ListView}. */
import { ptr } from "bun:ffi";
import type { Endpoint } from "./address.ts";
import { addressBytes } from "./address-text.ts";
import type { Int } from "./int.ts";
import { fixedBytes } from "./native.ts";

/** All texts of a set of lists, one behind the other, each with a NUL behind it. */
export class TextPool {
  #bytes = Buffer.alloc(4096);
  #size = 0;

  /** @returns offset and size, as in `struct scap_text` */
  add(text: string): readonly [number, number] {
    const size = Buffer.byteLength(text);
    while (this.#size + size + 1 > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    const at = this.#size;
    this.#bytes.write(text, at);
    this.#size += size + 1;
    return [at, size];
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const out = fixedBytes(Math.max(this.#size, 1));
    out.set(this.#bytes.subarray(0, this.#size));
    return out;
  }
}

/** One structure that is being filled; offsets as in scap.h. */
export class Item {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #at: number;
  readonly #pool: TextPool;

  constructor(bytes: Uint8Array, at: number, pool: TextPool) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#bytes = bytes;
    this.#at = at;
    this.#pool = pool;
  }

  u8(at: number, value: number | boolean): void {
    this.#view.setUint8(this.#at + at, Number(value));
  }

  u16(at: number, value: number): void {
    this.#view.setUint16(this.#at + at, value, true);
  }

  u32(at: number, ...values: number[]): void {
    for (const [i, value] of values.entries()) this.#view.setUint32(this.#at + at + 4 * i, value, true);
  }

  /** Signed or unsigned: the same 64 bits. */
  u64(at: number, ...values: Int[]): void {
    for (const [i, value] of values.entries())
      this.#view.setBigUint64(this.#at + at + 8 * i, BigInt.asUintN(64, BigInt(value)), true);
  }

  text(at: number, value: string): void {
    this.u32(at, ...this.#pool.add(value));
  }

  /** Strings that each end with a NUL. */
  texts(at: number, values: readonly string[]): void {
    this.text(at, values.map((value) => `${value}\0`).join(""));
  }

  address(at: number, text: string, version: 4 | 6): void {
    this.#bytes.set(addressBytes(text, version), this.#at + at);
  }

  /** Address and port of one end of a socket. */
  endpoint(addressAt: number, portAt: number, { address, port }: Endpoint, version: 4 | 6): void {
    this.address(addressAt, address, version);
    this.u16(portAt, port);
  }
}

/** An array of `size` bytes a structure. */
export function pack<T>(
  items: readonly T[],
  size: number,
  pool: TextPool,
  fill: (to: Item, item: T) => void,
): Uint8Array<ArrayBuffer> {
  const bytes = fixedBytes(Math.max(items.length, 1) * size);
  for (const [i, item] of items.entries()) fill(new Item(bytes, i * size, pool), item);
  return bytes;
}

/** `struct scap_lists` over these arrays, which must stay alive while C uses it. */
export function listsStruct(
  arrays: readonly Uint8Array[],
  counts: readonly number[],
): Uint8Array<ArrayBuffer> {
  const bytes = fixedBytes(listsSize);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, listsSize, true);
  for (const [i, array] of arrays.entries()) view.setBigUint64(8 + 8 * i, BigInt(ptr(array)), true);
  for (const [i, count] of counts.entries())
    view.setBigUint64(8 + 8 * (arrays.length + i), BigInt(count), true);
  return bytes;
}

export const listsSize = 8 + 6 * 8 + 6 * 8;
