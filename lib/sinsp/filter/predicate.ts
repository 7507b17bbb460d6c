/**
 * Predicates: what a filter asks of one value. Each is a function, and, where that is worth it, also the JavaScript
 * expression that does the same, for code generation. Constants never stand in that text: `constant()` hands out a
 * name for a value, so nothing that a user wrote is ever part of generated code.
 */
import type { Scalar } from "../fields/source.ts";

export type Constant = (value: unknown) => string;

export interface Predicate {
  /** Roughly nanoseconds. */
  readonly cost: number;
  test(value: Scalar): boolean;
  source?(value: string, constant: Constant): string;
}

/** Integers are numbers where exact, else bigints, on both sides: === compares them exactly. */
export function equals(value: Scalar): Predicate {
  if (value instanceof Uint8Array) return { cost: 20, test: (other) => sameBytes(other, value) };
  return {
    cost: typeof value === "string" ? 4 : 1,
    test: (other) => other === value,
    source: (name, constant) => `${name} === ${constant(value)}`,
  };
}

const sameBytes = (a: Scalar, b: Uint8Array) => a instanceof Uint8Array && Buffer.compare(a, b) === 0;

export type Ordering = "<" | "<=" | ">" | ">=";

/** JavaScript orders numbers and bigints among each other by their exact values. */
export function ordered(operator: Ordering, value: number | bigint): Predicate {
  type Num = number | bigint;
  const test = {
    "<": (other: Scalar) => (other as Num) < value,
    "<=": (other: Scalar) => (other as Num) <= value,
    ">": (other: Scalar) => (other as Num) > value,
    ">=": (other: Scalar) => (other as Num) >= value,
  }[operator];
  return { cost: 1, test, source: (name, constant) => `${name} ${operator} ${constant(value)}` };
}

/** Texts in the order of their UTF-8 bytes, like strcmp: by code point, which UTF-16 units are not in order of. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x === y) continue;
    const [highX, highY] = [isSurrogate(x), isSurrogate(y)];
    return highX === highY ? x - y : highX ? 1 : -1;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xe000;

export function orderedText(operator: Ordering, value: string): Predicate {
  const test = {
    "<": (other: Scalar) => compareText(other as string, value) < 0,
    "<=": (other: Scalar) => compareText(other as string, value) <= 0,
    ">": (other: Scalar) => compareText(other as string, value) > 0,
    ">=": (other: Scalar) => compareText(other as string, value) >= 0,
  }[operator];
  return { cost: 15, test };
}

export function among(values: readonly Scalar[]): Predicate {
  if (values.length === 1) return equals(values[0]!);
  if (values.some((value) => value instanceof Uint8Array)) return any(values.map(equals));
  const set = new Set(values);
  return {
    cost: 8,
    test: (other) => set.has(other),
    source: (name, constant) => `${constant(set)}.has(${name})`,
  };
}

/** A method of strings that takes a string and answers with yes or no. */
export function textMethod(method: "includes" | "startsWith" | "endsWith", value: string): Predicate {
  return {
    cost: method === "includes" ? 20 : 6,
    test: (other) => (other as string)[method](value),
    source: (name, constant) => `${name}.${method}(${constant(value)})`,
  };
}

export const lowerAscii = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
export const upperAscii = (text: string) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

export function ofText(cost: number, test: (text: string) => boolean): Predicate {
  return { cost, test: (value) => test(value as string) };
}

export function ofBytes(cost: number, test: (bytes: Buffer) => boolean): Predicate {
  return {
    cost,
    test: (value) => {
      const { buffer, byteOffset, length } = value as Uint8Array;
      return test(Buffer.from(buffer as ArrayBuffer, byteOffset, length));
    },
  };
}

export function not(inner: Predicate): Predicate {
  const { source } = inner;
  return {
    cost: inner.cost,
    test: (value) => !inner.test(value),
    ...(source && { source: (name: string, constant: Constant) => `!(${source(name, constant)})` }),
  };
}

const total = (all: readonly Predicate[]) => all.reduce((sum, { cost }) => sum + cost, 0);

export const any = (all: readonly Predicate[]): Predicate => ({
  cost: total(all),
  test: (value) => all.some((one) => one.test(value)),
});

export const every = (all: readonly Predicate[]): Predicate => ({
  cost: total(all),
  test: (value) => all.every((one) => one.test(value)),
});

export const exactlyOne = (all: readonly Predicate[]): Predicate => ({
  cost: total(all),
  test: (value) => all.filter((one) => one.test(value)).length === 1,
});

/** For values whose type is only known when they are there: another type's value satisfies nothing. */
export const ofType = (type: string, inner: Predicate): Predicate => ({
  cost: inner.cost + 1,
  test: (value) => kindOf(value) === type && inner.test(value),
});

export const kindOf = (value: Scalar) =>
  value instanceof Uint8Array ? "bytes" : typeof value === "bigint" ? "number" : typeof value;
