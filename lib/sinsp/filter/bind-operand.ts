/** Fields and transformers of the syntax tree → operands that can be read. */
import type { Catalogue } from "../fields/catalogue.ts";
import { type FieldRef, isProblem, resolveField } from "../fields/reference.ts";
import type { FieldSource, FieldValue, Purpose, Reader } from "../fields/source.ts";
import type { Argument, FieldNode, Operand, Transformer } from "./ast.ts";
import type { BoundOperand } from "./bound.ts";
import { Fault } from "./error.ts";
import { kindOfType } from "./kinds.ts";
import { literalText } from "./literal.ts";
import { printOperand } from "./print.ts";
import { TransformProblem, transformOf } from "./transform.ts";

/** @throws {Fault} */
export function resolveNode(catalogue: Catalogue, node: FieldNode): FieldRef {
  const argument = node.argument === undefined ? undefined : literalText(node.argument);
  const found = resolveField(catalogue, node.name, argument);
  if (isProblem(found)) throw new Fault(found.code, node, found.message, found.hint);
  return found;
}

/** One per filter or format, so that equal operands are one. */
export class OperandBinder<E> {
  readonly #source: FieldSource<E>;
  readonly #catalogue: Catalogue;
  readonly #purpose: Purpose;
  readonly #known = new Map<string, BoundOperand<E>>();

  constructor(source: FieldSource<E>, catalogue: Catalogue, purpose: Purpose) {
    this.#source = source;
    this.#catalogue = catalogue;
    this.#purpose = purpose;
  }

  /** @throws {Fault} */
  bind(node: Operand): BoundOperand<E> {
    const key = printOperand(node);
    const known = this.#known.get(key);
    if (known && !known.stateful) return known;
    const bound =
      node.kind === "field" ? this.field(resolveNode(this.#catalogue, node)) : this.#transformer(node);
    const operand = { ...bound, key };
    this.#known.set(key, operand);
    return operand;
  }

  field(ref: FieldRef): BoundOperand<E> {
    const { flags, match } = ref.field;
    const many = match !== undefined && ref.argument === null && this.#purpose === "filter";
    return {
      key: ref.text,
      ref,
      type: ref.type,
      list: flags.has("list"),
      stateful: flags.has("stateful"),
      cost:
        many || flags.has("list")
          ? 100
          : (costs[ref.field.name] ?? (kindOfType(ref.type) === "text" ? 20 : 5)),
      read: this.#source.reader(ref, this.#purpose),
    };
  }

  #transformer(node: Transformer): BoundOperand<E> {
    const args = node.args.map((argument) => this.#argument(argument));
    for (const [index, { ref }] of args.entries())
      if (ref?.field.flags.has("no-transformer"))
        throw new Fault("TRANSFORMER_REFUSED", node.args[index]!, `${ref.text} cannot be transformed`);
    try {
      const {
        result: { type, list },
        apply,
      } = transformOf(node.name, args, node.argument);
      const readers = args.map(({ read }) => read);
      return {
        key: "",
        type,
        list,
        stateful: args.some(({ stateful }) => stateful),
        cost: args.reduce((sum, { cost }) => sum + cost, 50),
        read: (event) => {
          const values = readAll(readers, event);
          return values && apply(values);
        },
      };
    } catch (error) {
      if (error instanceof TransformProblem) throw new Fault("TRANSFORMER_ARGUMENTS", node, error.message);
      throw error;
    }
  }

  #argument(node: Argument): BoundOperand<E> {
    if (node.kind === "literal") {
      const text = literalText(node.text);
      return { key: "", type: "CHARBUF", list: false, stateful: false, cost: 0, read: () => text };
    }
    if (node.kind !== "tuple") return this.bind(node);
    const items = node.items.map((item) => this.#argument(item));
    const type = items[0]?.type ?? "CHARBUF";
    const odd = items.findIndex((item) => item.type !== type || item.list);
    if (odd >= 0)
      throw new Fault(
        "TRANSFORMER_ARGUMENTS",
        node.items[odd]!,
        "the values of a list must be single ones of one type",
      );
    const readers = items.map(({ read }) => read);
    return {
      key: "",
      type,
      list: true,
      stateful: items.some(({ stateful }) => stateful),
      cost: items.reduce((sum, { cost }) => sum + cost, 10),
      read: (event) => readAll(readers, event) as FieldValue,
    };
  }
}

/** null if one of them is absent. */
function readAll<E>(readers: readonly Reader<E>[], event: E): NonNullable<FieldValue>[] | null {
  const values: NonNullable<FieldValue>[] = [];
  for (const read of readers) {
    const value = read(event);
    if (value === null) return null;
    values.push(value);
  }
  return values;
}

/** Fields that are put together from much else. */
const costs: Readonly<Record<string, number>> = {
  "evt.args": 1000,
  "evt.info": 1000,
  "evt.arg": 300,
  "evt.res": 300,
  "evt.abspath": 300,
  "evt.plugininfo": 1000,
  "evt.time": 500,
  "evt.time.s": 500,
  "evt.time.iso8601": 500,
  "evt.datetime": 500,
  "evt.datetime.s": 500,
  "proc.env": 500,
  "proc.aargs": 500,
  "thread.cgroups": 300,
};
