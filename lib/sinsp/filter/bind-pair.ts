/** Comparisons of which both sides come from the event: `proc.name = val(proc.pname)`. */
import type { Scalar } from "../fields/source.ts";
import { RegexError } from "../regex/re2.ts";
import type { Compare } from "./ast.ts";
import type { BoundOperand, Pair, Quantifier } from "./bound.ts";
import { type Comparing, predicateOf } from "./compare.ts";
import { Fault } from "./error.ts";
import type { Predicate } from "./predicate.ts";

/** @throws {Fault} */
export function bindPair<E>(
  node: Compare,
  comparing: Comparing,
  quantifier: Quantifier,
  left: BoundOperand<E>,
  right: BoundOperand<E>,
): Pair<E> {
  for (const { ref } of [left, right])
    if (ref?.field.flags.has("no-rhs") || ref?.field.flags.has("print-only"))
      throw new Fault("NOT_COMPARABLE", node, `${ref.text} cannot be compared with another field`);
  if (left.type !== right.type) {
    const message = `${left.key} (${left.type}) and ${right.key} (${right.type}) are of different types`;
    throw new Fault("TYPE_MISMATCH", node, message);
  }
  const takesMany = comparing.modifier || ["in", "intersects", "pmatch"].includes(comparing.operator);
  if (right.list && !takesMany)
    throw new Fault("TYPE_MISMATCH", node, `${right.key} is a list; ${comparing.operator} takes one value`);
  const predicateFor = remembered(comparing);
  return {
    kind: "pair",
    left,
    right,
    cost: 200,
    test: (value, other) => {
      const predicate = predicateFor(Array.isArray(other) ? other : [other as Scalar]);
      return predicate !== null && satisfies(value, quantifier, predicate);
    },
  };
}

/** Whether the values of an operand satisfy a predicate. */
export function satisfies(
  value: Scalar | readonly Scalar[],
  quantifier: Quantifier,
  predicate: Predicate,
): boolean {
  if (quantifier === "one") return predicate.test(value as Scalar);
  const values = value as readonly Scalar[];
  if (quantifier === "any") return values.some((one) => predicate.test(one));
  return (values.length > 0 || quantifier === "every") && values.every((one) => predicate.test(one));
}

/** The predicate of the last right side is kept: events in a row often have the same. null: a pattern that is none. */
function remembered(comparing: Comparing): (values: readonly Scalar[]) => Predicate | null {
  let last: readonly Scalar[] | undefined;
  let predicate: Predicate | null = null;
  return (values) => {
    if (last && last.length === values.length && values.every((value, at) => value === last![at]))
      return predicate;
    // A buffer may be overwritten by the next event.
    last = values.some((value) => value instanceof Uint8Array) ? undefined : values;
    try {
      predicate = predicateOf(comparing, values);
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      predicate = null;
    }
    return predicate;
  };
}
