/** Handles of memory areas: what a case passes to calls, and reads after the run. */
import { type AddressRef, type BytesRef, isRef, type LoadRef, type Ref, type Value } from "./model.ts";
import type { StructArray, StructName, StructScalar } from "./structs.ts";

/** A range of program memory. */
export class Memory {
  constructor(
    readonly area: number,
    readonly offset: number,
    /** Bytes. */
    readonly size: number,
  ) {}

  at(offset = 0): AddressRef {
    return { kind: "address", area: this.area, offset: this.offset + offset };
  }
  /** A part of this range. */
  slice(offset: number, size = this.size - offset): Memory {
    return new Memory(this.area, this.offset + this.inside(offset, size), size);
  }
  u8 = (offset = 0) => this.load(offset, 1, false);
  u16 = (offset = 0) => this.load(offset, 2, false);
  u32 = (offset = 0) => this.load(offset, 4, false);
  u64 = (offset = 0) => this.load(offset, 8, false);
  i32 = (offset = 0) => this.load(offset, 4, true);
  i64 = (offset = 0) => this.load(offset, 8, true);

  load(offset: number, size: LoadRef["size"], signed: boolean, network = false): LoadRef {
    const start = this.offset + this.inside(offset, size);
    return { kind: "load", area: this.area, offset: start, size, signed, network };
  }
  /** The bytes after the run. */
  bytes(offset = 0, length = this.size - offset): BytesRef {
    return this.range(offset, length, false);
  }
  /** The bytes after the run up to the first NUL. */
  text(offset = 0, length = this.size - offset): BytesRef {
    return this.range(offset, length, true);
  }

  private range(offset: number, length: number, text: boolean): BytesRef {
    return {
      kind: "bytes",
      area: this.area,
      offset: this.offset + this.inside(offset, length),
      length,
      text,
    };
  }
  private inside(offset: number, size: number): number {
    if (offset < 0 || offset + size > this.size)
      throw new RangeError(`bytes ${offset}…${offset + size} are outside of memory of ${this.size} bytes`);
    return offset;
  }
}

/** A struct in memory: its scalar fields as refs, its arrays as byte ranges. */
export type View<N extends StructName> = { readonly memory: Memory } & {
  readonly [K in StructScalar<N>]: LoadRef;
} & { readonly [K in StructArray<N>]: BytesRef };

/** What a call takes as an argument, and a struct as a field. Strings become NUL-terminated memory. */
export type Arg = number | bigint | Ref | Memory | { readonly memory: Memory } | string | Uint8Array | null;

export function isView(value: unknown): value is { memory: Memory } {
  return typeof value === "object" && value !== null && "memory" in value && value.memory instanceof Memory;
}

/** An argument that needs no new memory. */
export function plainValue(arg: Exclude<Arg, string | Uint8Array>): Value {
  if (arg === null) return 0n;
  if (typeof arg === "bigint") return BigInt.asIntN(64, arg);
  if (typeof arg === "number") return wholeNumber(arg);
  if (arg instanceof Memory) return arg.at();
  if (isView(arg)) return arg.memory.at();
  if (isRef(arg) && (arg as { kind: string }).kind !== "bytes") return arg;
  throw new TypeError(`${JSON.stringify(arg)} is no argument of a call`);
}

function wholeNumber(value: number): bigint {
  if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is no whole number; pass a bigint`);
  return BigInt(value);
}
