/**
 * Expected parameter values, as bytes. Written from the event encoding alone: nothing here reads the schema, so a
 * wrong type or width in the schema cannot hide itself.
 *
 * Multi-byte integers are little-endian, as libscap hands events over on every host that Bun runs on.
 */
import type { BytesRef, Ref } from "../program/model.ts";
import type { RunFacts } from "./facts.ts";

/** A number known now, or after the run: a reference into the program's results, or computed from such. */
export type Num = number | bigint | Ref | ((facts: RunFacts) => number | bigint);
/** Text or bytes known now, in memory after the run, or computed. */
type Bytes = string | Uint8Array | BytesRef;

export interface Expected {
  /** The parameter's bytes. */
  encode(facts: RunFacts): Uint8Array;
  /** Set where bytes cannot be predicted exactly: why, and which ones are plausible. */
  readonly loose?: {
    readonly reason: string;
    accepts(got: Uint8Array, facts: RunFacts): boolean;
    /** What would be accepted, for people. */
    describe(facts: RunFacts): string;
  };
}

export function resolve(num: Num, facts: RunFacts): bigint {
  if (typeof num === "function") return BigInt(num(facts));
  return typeof num === "object" ? facts.value(num) : BigInt(num);
}

function integer(size: number) {
  return (num: Num): Expected => ({
    encode(facts) {
      const bytes = new Uint8Array(size);
      let rest = BigInt.asUintN(size * 8, resolve(num, facts));
      for (let i = 0; i < size; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
      return bytes;
    },
  });
}

export const u8 = integer(1);
export const u16 = integer(2);
export const u32 = integer(4);
export const u64 = integer(8);
export const i64 = integer(8);

/** A parameter of length 0: no value. */
export const empty: Expected = { encode: () => new Uint8Array(0) };

const utf8 = new TextEncoder();

function toBytes(value: Bytes, facts: RunFacts): Uint8Array {
  if (typeof value === "string") return utf8.encode(value);
  return value instanceof Uint8Array ? value : facts.bytes(value);
}

/** A charbuf or path; the NUL is part of it. */
export function text(value: Bytes | ((facts: RunFacts) => string)): Expected {
  return {
    encode: (facts) =>
      Buffer.concat([toBytes(typeof value === "function" ? value(facts) : value, facts), new Uint8Array(1)]),
  };
}

/** Strings, each with its NUL: argv, environment, cgroups. An empty list is a parameter of length 0. */
export function strings(value: readonly string[] | ((facts: RunFacts) => readonly string[])): Expected {
  return {
    encode: (facts) =>
      utf8.encode((typeof value === "function" ? value(facts) : value).map((s) => `${s}\0`).join("")),
  };
}

export function bytes(value: Bytes | ((facts: RunFacts) => Uint8Array)): Expected {
  return { encode: (facts) => toBytes(typeof value === "function" ? value(facts) : value, facts) };
}

/** Parts one after another: the encodings of sockaddrs, tuples, fd lists, dynamic parameters. */
export function parts(...list: Expected[]): Expected {
  return { encode: (facts) => Buffer.concat(list.map((part) => part.encode(facts))) };
}

/** A PT_DYN parameter: the variant's tag, then its value. */
export const dyn = (tag: number, value: Expected): Expected => parts(u8(tag), value);

/** PT_FDLIST: u16 count, then (i64 fd, i16 poll events) each. */
export function fdlist(list: readonly (readonly [fd: Num, events: number])[]): Expected {
  return parts(u16(list.length), ...list.flatMap(([fd, events]) => [i64(fd), u16(events)]));
}

/**
 * An integer of `size` bytes between two bounds, for what the kernel counts while nobody can look at the same moment (memory in use,
 * page faults). The reason is listed with the mutations that survive because of it.
 */
export function between(size: 4 | 8, low: Num, high: Num, reason: string): Expected {
  return {
    encode: () => new Uint8Array(size),
    loose: {
      reason,
      accepts(got, facts) {
        if (got.length !== size) return false;
        const value = got.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
        return value >= resolve(low, facts) && value <= resolve(high, facts);
      },
      describe: (facts) => `${resolve(low, facts)} to ${resolve(high, facts)}`,
    },
  };
}
