/** One column: a field or a transformer, ready to be read as text and as JSON. */
import { builtinFields, type Catalogue } from "../fields/catalogue.ts";
import { type FieldRef, isProblem, resolveField } from "../fields/reference.ts";
import type { DirectWriter, FieldSource, Reader } from "../fields/source.ts";
import type { Operand } from "../filter/ast.ts";
import { OperandBinder } from "../filter/bind-operand.ts";
import type { BoundOperand } from "../filter/bound.ts";
import { Fault } from "../filter/error.ts";
import { jsonValue } from "./json.ts";
import { type Renderer, rendererOf } from "./text.ts";

export interface BoundColumn<E> {
  /** What was written: the column's name. */
  readonly key: string;
  readonly isTransformed: boolean;
  readonly read: Reader<E>;
  readonly render: Renderer;
  /** The same for JSON. */
  readonly readJson: Reader<E>;
  readonly renderJson: Renderer;
  /** Whether both may be read a second time: then a line may be written by the quick way, and again by the other. */
  readonly repeatable: boolean;
  readonly direct: DirectWriter<E> | undefined;
  readonly directJson: DirectWriter<E> | undefined;
}

export class ColumnBinder<E> {
  readonly #text: OperandBinder<E>;
  readonly #jsonBinder: OperandBinder<E>;
  readonly #source: FieldSource<E>;
  readonly #catalogue: Catalogue;

  constructor(source: FieldSource<E>, catalogue: Catalogue = builtinFields) {
    this.#catalogue = catalogue;
    this.#text = new OperandBinder(source, catalogue, "output");
    this.#source = source;
    this.#jsonBinder = new OperandBinder(source, catalogue, "json");
  }

  /** @throws {Fault} */
  bind(operand: Operand): BoundColumn<E> {
    const { key, type, ref, read, stateful } = this.#text.bind(operand);
    if (ref?.field.flags.has("filter-only"))
      throw new Fault("FILTER_ONLY", operand, `${key} can only be used in filters`);
    const render = rendererOf(type, ref?.field.format);
    const asText = ref?.field.format === "hex" || ref?.field.format === "octal";
    return {
      key,
      isTransformed: operand.kind === "transformer",
      read,
      render,
      ...this.#json(operand),
      repeatable: !stateful,
      direct: this.#direct(operand, ref),
      renderJson: asText ? (value) => jsonValue(render(value)) : jsonValue,
    };
  }

  #json(operand: Operand): Pick<BoundColumn<E>, "readJson" | "directJson"> {
    const bound: BoundOperand<E> = this.#jsonBinder.bind(operand);
    const other = bound.ref?.field.json;
    if (!other) return { readJson: bound.read, directJson: this.#direct(operand, bound.ref) };
    const ref = resolveField(this.#catalogue, other);
    if (isProblem(ref)) throw new Error(`the JSON of ${bound.key}: ${ref.message}`);
    return { readJson: this.#jsonBinder.field(ref).read, directJson: this.#direct(operand, ref) };
  }

  /** A transformer's result is not what its field is written as. */
  #direct(operand: Operand, ref: FieldRef | undefined): DirectWriter<E> | undefined {
    return operand.kind === "field" && ref ? this.#source.writer?.(ref) : undefined;
  }
}
