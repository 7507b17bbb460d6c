/** A filter of which everything is known: fields looked up, values parsed, operators checked against types. */
import type { FieldRef } from "../fields/reference.ts";
import type { FieldValue, Reader } from "../fields/source.ts";
import type { Predicate } from "./predicate.ts";
import type { Shape } from "./transform.ts";

/**
 * How the values of an operand meet a predicate. one: it has one value. any: one of its values must satisfy it.
 * all: all must, and there must be some (the "!=" of a field that matches either of its values).
 * every: all must (the "in" of a list).
 */
export type Quantifier = "one" | "any" | "all" | "every";

export interface BoundOperand<E> extends Shape {
  /** Operands of equal keys have equal values. */
  readonly key: string;
  /** If it is a field as it is. */
  readonly ref?: FieldRef;
  readonly stateful: boolean;
  /** Roughly nanoseconds. */
  readonly cost: number;
  readonly read: Reader<E>;
}

export interface Test<E> {
  readonly kind: "test";
  readonly operand: BoundOperand<E>;
  readonly quantifier: Quantifier;
  /** null: it only has to be there. */
  readonly predicate: Predicate | null;
}

/** Both sides come from the event. */
export interface Pair<E> {
  readonly kind: "pair";
  readonly left: BoundOperand<E>;
  readonly right: BoundOperand<E>;
  readonly test: (left: NonNullable<FieldValue>, right: NonNullable<FieldValue>) => boolean;
  readonly cost: number;
}

export type Bound<E> =
  | { readonly kind: "and" | "or"; readonly children: readonly Bound<E>[] }
  | { readonly kind: "not"; readonly child: Bound<E> }
  | { readonly kind: "constant"; readonly value: boolean }
  | Test<E>
  | Pair<E>;

/** The leaves, each once. */
export function* leaves<E>(tree: Bound<E>): Generator<Test<E> | Pair<E>> {
  switch (tree.kind) {
    case "and":
    case "or":
      for (const child of tree.children) yield* leaves(child);
      break;
    case "not":
      yield* leaves(tree.child);
      break;
    case "test":
    case "pair":
      yield tree;
  }
}

export const operandsOf = <E>(leaf: Test<E> | Pair<E>) =>
  leaf.kind === "test" ? [leaf.operand] : [leaf.left, leaf.right];
