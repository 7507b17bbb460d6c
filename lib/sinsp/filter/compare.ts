/** An operator with its right side → a predicate of the left side's value. */
import type { Scalar } from "../fields/source.ts";
import { Regex } from "../regex/re2.ts";
import type { Modifier, Operator } from "./ast.ts";
import { Glob } from "./glob.ts";
import type { Kind } from "./kinds.ts";
import { Network } from "./network.ts";
import { PathPrefixes } from "./path-prefix.ts";
import {
  among,
  any,
  equals,
  every,
  exactlyOne,
  lowerAscii,
  not,
  ofBytes,
  ofText,
  ordered,
  orderedText,
  type Predicate,
  textMethod,
} from "./predicate.ts";

export interface Comparing {
  readonly operator: Operator;
  readonly modifier?: Modifier;
  readonly kind: Kind;
}

const combine = { oneof: exactlyOne, anyof: any, allof: every };

/** @throws {RegexError} */
export function predicateOf({ operator, modifier, kind }: Comparing, values: readonly Scalar[]): Predicate {
  // Of no values, not even "all of them" holds.
  if (modifier && values.length === 0) return any([]);
  if (modifier) return combine[modifier](values.map((value) => single(operator, kind, value)));
  switch (operator) {
    case "in":
    case "intersects":
      return kind === "network" ? any(values.map((value) => single("=", kind, value))) : among(values);
    case "pmatch": {
      const prefixes = new PathPrefixes(values as string[]);
      return ofText(100, (text) => prefixes.matches(text));
    }
    default:
      return single(operator, kind, values[0]!);
  }
}

function single(operator: Operator, kind: Kind, value: Scalar): Predicate {
  switch (operator) {
    case "=":
    case "==":
      return kind === "network" ? inNetwork(value as string) : equals(value);
    case "!=":
      return not(single("=", kind, value));
    case "<":
    case "<=":
    case ">":
    case ">=":
      return kind === "text"
        ? orderedText(operator, value as string)
        : ordered(operator, value as number | bigint);
    default:
      return kind === "bytes"
        ? bytesPart(operator, value as Uint8Array)
        : textPart(operator, value as string);
  }
}

function inNetwork(text: string): Predicate {
  const network = Network.parse(text);
  return { cost: 40, test: (address) => network?.has(address as string) ?? false };
}

function textPart(operator: Operator, value: string): Predicate {
  switch (operator) {
    case "contains":
      return textMethod("includes", value);
    case "startswith":
      return textMethod("startsWith", value);
    case "endswith":
      return textMethod("endsWith", value);
    case "icontains": {
      const folded = lowerAscii(value);
      return ofText(60, (text) => lowerAscii(text).includes(folded));
    }
    case "glob":
    case "iglob": {
      const glob = new Glob(value, { fold: operator === "iglob" });
      return ofText(100, (text) => glob.matches(text));
    }
    case "regex": {
      const regex = new Regex(value);
      return ofText(300, (text) => regex.matches(text));
    }
    default:
      throw new Error(`${operator} compares no text`);
  }
}

function bytesPart(operator: Operator, value: Uint8Array): Predicate {
  switch (operator) {
    case "contains":
    case "bcontains":
      return ofBytes(30, (bytes) => bytes.includes(value));
    case "startswith":
    case "bstartswith":
      return ofBytes(
        20,
        (bytes) =>
          bytes.length >= value.length && Buffer.compare(bytes.subarray(0, value.length), value) === 0,
      );
    case "endswith":
      return ofBytes(
        20,
        (bytes) =>
          bytes.length >= value.length &&
          Buffer.compare(bytes.subarray(bytes.length - value.length), value) === 0,
      );
    default:
      throw new Error(`${operator} compares no bytes`);
  }
}
