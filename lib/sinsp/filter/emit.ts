/**
 * Bound tree → JavaScript function.
 *
 * Generated text rather than nested closures: a filter becomes one function in which the engine can inline readers and
 * comparisons, where closures would meet at call sites that are shared by all filters. The text consists of operators
 * and of names made here; values, patterns and readers are passed in as constants, so no character of a filter is code.
 */
import type { Reader } from "../fields/source.ts";
import { satisfies } from "./bind-pair.ts";
import type { Bound, BoundOperand, Pair, Test } from "./bound.ts";

export type Matcher<E> = (event: E) => boolean;

export function emit<E>(tree: Bound<E>): Matcher<E> {
  return new Emitter<E>().function(tree);
}

class Emitter<E> {
  readonly #constants: unknown[] = [];
  readonly #values = new Map<Reader<E>, string>();

  function(tree: Bound<E>): Matcher<E> {
    const body = this.#expression(tree);
    const constants = this.#constants.map((_, index) => `k${index} = k[${index}]`);
    const values = [...this.#values.values()];
    const text = [
      '"use strict";',
      constants.length > 0 ? `const ${constants.join(", ")};` : "",
      "return function filter(event) {",
      values.length > 0 ? `let ${values.join(", ")};` : "",
      `return ${body};`,
      "};",
    ].join("\n");
    return new Function("k", text)(this.#constants) as Matcher<E>;
  }

  readonly #constant = (value: unknown): string => `k${this.#constants.push(value) - 1}`;

  #expression(tree: Bound<E>): string {
    switch (tree.kind) {
      case "constant":
        return `${tree.value}`;
      case "not":
        return `!(${this.#expression(tree.child)})`;
      case "and":
      case "or": {
        const parts = tree.children.map((child) => this.#expression(child));
        return balanced(parts, tree.kind === "and" ? " && " : " || ");
      }
      case "test":
        return this.#test(tree);
      case "pair":
        return this.#pair(tree);
    }
  }

  #test({ operand, quantifier, predicate }: Test<E>): string {
    const { name, read } = this.#value(operand);
    if (predicate === null) return `(${read} !== null)`;
    const holds =
      quantifier === "one"
        ? (predicate.source?.(name, this.#constant) ?? `${this.#constant(predicate.test)}(${name})`)
        : `${this.#constant((values: never) => satisfies(values, quantifier, predicate))}(${name})`;
    return `(${read} !== null && ${holds})`;
  }

  #pair({ left, right, test }: Pair<E>): string {
    const [a, b] = [this.#value(left), this.#value(right)];
    return `(${a.read} !== null && ${b.read} !== null && ${this.#constant(test)}(${a.name}, ${b.name}))`;
  }

  /** A value is read when it is first asked for, and kept while the event is. */
  #value(operand: BoundOperand<E>): { name: string; read: string } {
    let name = this.#values.get(operand.read);
    if (!name) {
      name = `v${this.#values.size}`;
      this.#values.set(operand.read, name);
    }
    const read = `${name} = ${this.#constant(operand.read)}(event)`;
    return { name, read: operand.stateful ? `(${read})` : `(${name} === undefined ? (${read}) : ${name})` };
  }
}

/** A tree of parentheses: a chain of a hundred thousand links would be as many levels for JavaScript's parser. */
function balanced(parts: readonly string[], operator: string): string {
  if (parts.length <= 2) return `(${parts.join(operator)})`;
  const half = parts.length >> 1;
  return `(${balanced(parts.slice(0, half), operator)}${operator}${balanced(parts.slice(half), operator)})`;
}
