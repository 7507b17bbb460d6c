/** Syntax tree → bound tree. Whatever is wrong with a filter besides its syntax is found here. */
import type { Catalogue } from "../fields/catalogue.ts";
import { resolveField } from "../fields/reference.ts";
import type { FieldSource, Scalar } from "../fields/source.ts";
import { RegexError } from "../regex/re2.ts";
import type { Compare, Exists, Expression, List, ListName, Literal, Macro } from "./ast.ts";
import { OperandBinder } from "./bind-operand.ts";
import { bindPair } from "./bind-pair.ts";
import type { Bound, BoundOperand, Quantifier, Test } from "./bound.ts";
import { type Comparing, predicateOf } from "./compare.ts";
import { Fault } from "./error.ts";
import { checkEventName } from "./event-names.ts";
import { kindOfType, listOperatorsOf, operatorsOf } from "./kinds.ts";
import { parse } from "./parse.ts";
import { every, ofType, ordered, type Predicate } from "./predicate.ts";
import { exact, literalValue } from "./values.ts";

export interface Names {
  /** Filters that can be used by name in others. */
  readonly macros?: Readonly<Record<string, string>>;
  /** Lists of values; a list's name within a list stands for its values. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
  /** Names that events of plugins can have, besides those of the event table. */
  readonly eventNames?: Iterable<string>;
}

/** Macros within macros; more than any filter has, less than a stack. */
const maxMacroDepth = 50;

export class Binder<E> {
  readonly #operands: OperandBinder<E>;
  readonly #catalogue: Catalogue;
  readonly #names: Names;
  readonly #eventNames: ReadonlySet<string>;
  readonly #open: string[] = [];

  constructor(source: FieldSource<E>, catalogue: Catalogue, names: Names) {
    this.#catalogue = catalogue;
    this.#names = names;
    this.#eventNames = new Set(names.eventNames);
    this.#operands = new OperandBinder(source, catalogue, "filter");
  }

  /** @throws {Fault | FilterError} */
  bind(tree: Expression): Bound<E> {
    switch (tree.kind) {
      case "and":
      case "or":
        return { kind: tree.kind, children: tree.children.map((child) => this.bind(child)) };
      case "not":
        return { kind: "not", child: this.bind(tree.child) };
      case "macro":
        return this.#macro(tree);
      case "exists":
        return this.#exists(tree);
      case "compare":
        return this.#compare(tree);
    }
  }

  #macro(node: Macro): Bound<E> {
    const { macros = {} } = this.#names;
    const { name } = node;
    if (!Object.hasOwn(macros, name))
      throw new Fault("UNKNOWN_MACRO", node, `there is no macro ${name}`, "a field name has a dot");
    if (this.#open.includes(name) || this.#open.length === maxMacroDepth)
      throw new Fault(
        "RECURSIVE_MACRO",
        node,
        `macro ${name} contains itself: ${[...this.#open, name].join(" → ")}`,
      );
    const text = macros[name]!;
    this.#open.push(name);
    try {
      return this.bind(parse(text, `macro ${name}`));
    } catch (error) {
      throw error instanceof Fault ? error.in(text, `macro ${name}`) : error;
    } finally {
      this.#open.pop();
    }
  }

  #operand(node: Compare["left"]): BoundOperand<E> {
    const operand = this.#operands.bind(node);
    if (operand.ref?.field.flags.has("print-only"))
      throw new Fault("PRINT_ONLY", node, `${operand.key} can only be printed`);
    return operand;
  }

  #exists(node: Exists): Test<E> {
    const operand = this.#operand(node.left);
    return { kind: "test", operand, quantifier: "one", predicate: null };
  }

  #compare(node: Compare): Bound<E> {
    const { right } = node;
    const operand = this.#operand(node.left);
    this.#checkOperator(node, operand);
    if (operand.ref?.field.argument?.kind === "time") return this.#around(node, operand);
    const kind = kindOfType(operand.type);
    const comparing: Comparing = {
      operator: node.operator,
      kind,
      ...(node.modifier && { modifier: node.modifier }),
    };
    const quantifier = quantifierOf(operand, comparing);
    if (right.kind === "field" || right.kind === "transformer")
      return bindPair(node, comparing, quantifier, operand, this.#operands.bind(right));
    const literals = this.#literals(right);
    const values = literals.map((literal) => this.#value(literal, operand, node));
    const predicate = attempt(literals[0] ?? right, () => predicateOf(comparing, values));
    return { kind: "test", operand, quantifier, predicate: guarded(operand, predicate) };
  }

  #checkOperator({ operator, modifier, left, start, end }: Compare, operand: BoundOperand<E>): void {
    const kind = kindOfType(operand.type);
    const allowed = operand.list && kind !== "opaque" ? listOperatorsOf : operatorsOf[kind];
    if (!allowed.includes(operator)) {
      const what = operand.list ? "a list" : operand.type;
      const hint = `with it: ${["exists", ...allowed].join(" ")}`;
      const at = { start, end: Math.max(left.end, end) };
      throw new Fault(
        "OPERATOR_REFUSED",
        at,
        `${operand.key} (${what}) cannot be compared with ${operator}`,
        hint,
      );
    }
    if (modifier && operand.ref?.field.argument?.kind === "time")
      throw new Fault("MODIFIER_REFUSED", left, `${operand.key} takes no ${modifier}`);
  }

  #literals(right: Literal | List | ListName): Literal[] {
    const { lists = {} } = this.#names;
    const expand = (literal: Literal): Literal[] =>
      Object.hasOwn(lists, literal.text)
        ? lists[literal.text]!.map((text) => ({ ...literal, text }))
        : [literal];
    if (right.kind === "list") return right.items.flatMap(expand);
    // A name that is no list's is a list of one value.
    return right.kind === "list-name" ? expand({ ...right, kind: "literal", text: right.name }) : [right];
  }

  #value(literal: Literal, { type, ref }: BoundOperand<E>, { operator }: Compare): Scalar {
    const value = literalValue(literal, type, operator);
    const compared = ["=", "==", "!=", "in", "intersects"].includes(operator);
    if (compared && ref?.field.flags.has("event-name")) checkEventName(literal, this.#eventNames);
    return value;
  }

  /** `evt.around[T] = D`: at most D milliseconds before or after T. */
  #around(node: Compare, operand: BoundOperand<E>): Bound<E> {
    const { right } = node;
    if ((node.operator !== "=" && node.operator !== "==") || right.kind !== "literal")
      throw new Fault("OPERATOR_REFUSED", node, `${operand.key} can only be compared by = with milliseconds`);
    const distance = BigInt(literalValue(right, "UINT64", "=") as number | bigint) * 1_000_000n;
    const time = BigInt(operand.ref!.argument as string);
    const ts = resolveField(this.#catalogue, "evt.rawtime");
    if (!("field" in ts)) throw new Error("the catalogue has no evt.rawtime");
    const near = every([ordered(">=", exact(time - distance)), ordered("<=", exact(time + distance))]);
    return { kind: "test", operand: this.#operands.field(ts), quantifier: "one", predicate: near };
  }
}

function quantifierOf<E>({ ref, list }: BoundOperand<E>, { operator }: Comparing): Quantifier {
  if (list) return operator === "in" ? "every" : "any";
  if (!ref?.field.match || ref.argument !== null) return "one";
  return ref.field.match === "either" && operator === "!=" ? "all" : "any";
}

/** A raw argument has another type in some events. */
function guarded<E>({ ref }: BoundOperand<E>, predicate: Predicate): Predicate {
  if (ref?.field.type !== "DYN") return predicate;
  const kind = kindOfType(ref.type);
  const types: Partial<Record<typeof kind, string>> = { text: "string", address: "string", double: "number" };
  return ofType(types[kind] ?? kind, predicate);
}

function attempt<T>(at: { start: number; end: number }, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RegexError) throw new Fault("BAD_REGEX", at, error.message);
    throw error;
  }
}
