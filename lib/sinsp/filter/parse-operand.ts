/** The parts of a check: fields, transformers, values, lists. */
import {
  type Argument,
  type FieldNode,
  type List,
  type ListName,
  type Literal,
  type Operand,
  type Transformer,
  type Tuple,
  transformers,
} from "./ast.ts";
import { Fault } from "./error.ts";
import type { Scanner } from "./scanner.ts";

/** How deep `(`, `not` and transformers may be nested. */
export const maxDepth = 100;

export class Depth {
  #levels = 0;

  within<T>(start: number, parse: () => T): T {
    if (++this.#levels > maxDepth)
      throw new Fault("TOO_DEEP", { start, end: start + 1 }, `nested more than ${maxDepth} deep`);
    const parsed = parse();
    this.#levels--;
    return parsed;
  }
}

/** A field or a transformer, if one stands here. */
export function operand(input: Scanner, depth: Depth): Operand | undefined {
  return transformer(input, depth) ?? field(input);
}

function field(input: Scanner): FieldNode | undefined {
  const start = input.at;
  const name = input.fieldName();
  if (name === undefined) return undefined;
  const argument = bracket(input);
  return { kind: "field", name, ...(argument !== undefined && { argument }), start, end: input.at };
}

export function bracket(input: Scanner): string | undefined {
  const start = input.at;
  if (!input.exactly("[")) return undefined;
  const argument = input.quoted() ?? input.bareArgument();
  if (argument === undefined) throw input.unexpected("EXPECTED_VALUE", "expected an argument behind '['");
  if (!input.exactly("]"))
    throw input.unexpected("EXPECTED_CLOSE", `expected ']' for the '[' at index ${start}`);
  return argument;
}

export function transformer(input: Scanner, depth: Depth): Transformer | undefined {
  const start = input.at;
  const name = transformers.find((known) => input.exactly(known));
  if (!name) return undefined;
  input.blanks();
  if (!input.exactly("(")) {
    input.at = start;
    return undefined;
  }
  const args = depth.within(start, () => sequence(input, start, () => transformerArgument(input, depth)));
  if (args.length === 0)
    throw input.unexpected("TRANSFORMER_ARGUMENTS", `${name}() needs something to work on`);
  const argument = bracket(input);
  return {
    kind: "transformer",
    name,
    args,
    ...(argument !== undefined && { argument }),
    start,
    end: input.at,
  };
}

function transformerArgument(input: Scanner, depth: Depth): Argument {
  const start = input.at;
  if (!input.exactly("(")) return tupleItem(input, depth);
  const items = depth.within(start, () => sequence(input, start, () => tupleItem(input, depth)));
  return { kind: "tuple", items, start, end: input.at } satisfies Tuple;
}

function tupleItem(input: Scanner, depth: Depth): Operand | Literal {
  const found = operand(input, depth);
  if (found) return found;
  const start = input.at;
  const quoted = input.quoted();
  if (quoted !== undefined) return { kind: "literal", text: quoted, quoted: true, start, end: input.at };
  const number = input.number();
  if (number !== undefined) return { kind: "literal", text: number, start, end: input.at };
  throw input.unexpected("EXPECTED_FIELD", "expected a field, a transformer, a string in quotes or a number");
}

/** `item { "," item } ")"`, or `")"` at once. */
function sequence<T>(input: Scanner, open: number, item: () => T): T[] {
  const items: T[] = [];
  input.blanks();
  if (input.exactly(")")) return items;
  for (;;) {
    input.blanks();
    items.push(item());
    input.blanks();
    if (input.exactly(")")) return items;
    if (!input.exactly(","))
      throw input.unexpected("EXPECTED_CLOSE", `expected ',' or ')' for the '(' at index ${open}`);
  }
}

/** `val(field)` or a transformer: the right side is computed from the event too. */
function computed(input: Scanner, depth: Depth): FieldNode | Transformer | undefined {
  const start = input.at;
  if (!input.exactly("val(")) return transformer(input, depth);
  input.blanks();
  const found = field(input);
  if (!found) throw input.unexpected("EXPECTED_FIELD", "expected a field name in val()");
  input.blanks();
  if (!input.exactly(")"))
    throw input.unexpected("EXPECTED_CLOSE", `expected ')' for the '(' at index ${start + 3}`);
  return found;
}

export function value(
  input: Scanner,
  depth: Depth,
  kind: "number" | "string",
): Literal | FieldNode | Transformer {
  const found = computed(input, depth);
  if (found) return found;
  const start = input.at;
  const text = kind === "number" ? input.number() : (input.quoted() ?? input.bare());
  if (text !== undefined) return { kind: "literal", text, start, end: input.at };
  if (kind === "number")
    throw input.unexpected("EXPECTED_NUMBER", "expected a number, val() or a transformer");
  throw input.unexpected("EXPECTED_VALUE", "expected a value, val() or a transformer");
}

export function list(input: Scanner, depth: Depth): List | ListName | FieldNode | Transformer {
  const found = computed(input, depth);
  if (found) return found;
  const start = input.at;
  if (input.exactly("(")) {
    const items = sequence(input, start, () => literal(input));
    return { kind: "list", items, start, end: input.at };
  }
  const name = input.identifier();
  if (name === undefined)
    throw input.unexpected(
      "EXPECTED_LIST",
      "expected a list in parentheses, the name of a list, val() or a transformer",
    );
  return { kind: "list-name", name, start, end: input.at };
}

function literal(input: Scanner): Literal {
  const start = input.at;
  const text = input.quoted() ?? input.bare();
  if (text === undefined) throw input.unexpected("EXPECTED_VALUE", "expected a value");
  return { kind: "literal", text, start, end: input.at };
}
