/** One column: a field or a transformer, ready to be read as text and as JSON. */
import { builtinFields, type Catalogue } from "../fields/catalogue.ts";
import { isProblem, resolveField } from "../fields/reference.ts";
import type { FieldSource, Reader } from "../fields/source.ts";
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
}

export class ColumnBinder<E> {
  readonly #text: OperandBinder<E>;
  readonly #json: OperandBinder<E>;
  readonly #catalogue: Catalogue;

  constructor(source: FieldSource<E>, catalogue: Catalogue = builtinFields) {
    this.#catalogue = catalogue;
    this.#text = new OperandBinder(source, catalogue, "output");
    this.#json = new OperandBinder(source, catalogue, "json");
  }

  /** @throws {Fault} */
  bind(operand: Operand): BoundColumn<E> {
    const { key, type, ref, read } = this.#text.bind(operand);
    if (ref?.field.flags.has("filter-only"))
      throw new Fault("FILTER_ONLY", operand, `${key} can only be used in filters`);
    const render = rendererOf(type, ref?.field.format);
    const asText = ref?.field.format === "hex" || ref?.field.format === "octal";
    return {
      key,
      isTransformed: operand.kind === "transformer",
      read,
      render,
      readJson: this.#jsonReader(operand),
      renderJson: asText ? (value) => jsonValue(render(value)) : jsonValue,
    };
  }

  #jsonReader(operand: Operand): Reader<E> {
    const bound: BoundOperand<E> = this.#json.bind(operand);
    const other = bound.ref?.field.json;
    if (!other) return bound.read;
    const ref = resolveField(this.#catalogue, other);
    if (isProblem(ref)) throw new Error(`the JSON of ${bound.key}: ${ref.message}`);
    return this.#json.field(ref).read;
  }
}
