/**
 * Output format → its parts.
 *
 * ```
 * format = [ "*" ] { text | "%%" | "%" [ "-" ] [ width ] ( field | transformer ) }
 * ```
 * Of a field's name the longest one that exists is taken: `%proc.name_x` is `proc.name` and then `_x`.
 */
import type { Catalogue, Field } from "../fields/catalogue.ts";
import { isProblem, resolveField, takesDotted } from "../fields/reference.ts";
import { type FieldNode, type Operand, transformers } from "../filter/ast.ts";
import { resolveNode } from "../filter/bind-operand.ts";
import { Fault, type FilterErrorCode } from "../filter/error.ts";
import { bracket, Depth, transformer } from "../filter/parse-operand.ts";
import { Scanner } from "../filter/scanner.ts";

export interface Column {
  readonly operand: Operand;
  /** The text is padded or cut to so many characters. */
  readonly width?: number;
}

export interface Template {
  /** Whether absent values are shown as `<NA>`; otherwise there is no line if one is absent. */
  readonly showsAbsent: boolean;
  readonly parts: readonly (string | Column)[];
}

/** Wider columns are slips of the pen that would fill the memory. */
const maxWidth = 65536;

/** @throws {FilterError} */
export function parseFormat(text: string, catalogue: Catalogue): Template {
  try {
    return template(new Scanner(text), catalogue);
  } catch (error) {
    throw error instanceof Fault ? error.in(text, "format") : error;
  }
}

/** One field or transformer, as it stands behind a `%`. @throws {FilterError} */
export function parseColumn(text: string, catalogue: Catalogue): Operand {
  try {
    const input = new Scanner(text);
    const operand = transformer(input, new Depth()) ?? field(input, catalogue);
    if (input.atEnd) return operand;
    throw new Fault("UNKNOWN_FIELD", { start: 0, end: text.length }, `there is no field ${text}`);
  } catch (error) {
    throw error instanceof Fault ? error.in(text, "field") : error;
  }
}

function template(input: Scanner, catalogue: Catalogue): Template {
  const showsAbsent = input.exactly("*");
  const parts: (string | Column)[] = [];
  while (!input.atEnd) {
    const percent = input.text.indexOf("%", input.at);
    const end = percent < 0 ? input.text.length : percent;
    if (end > input.at) parts.push(input.text.slice(input.at, end));
    input.at = end;
    if (input.atEnd) break;
    if (input.exactly("%%")) parts.push("%");
    else parts.push(column(input, catalogue));
  }
  return { showsAbsent, parts };
}

function column(input: Scanner, catalogue: Catalogue): Column {
  const start = input.at;
  input.exactly("%");
  const fault = (code: FilterErrorCode, message: string) =>
    new Fault(code, { start, end: input.at }, message, "write %% for a percent sign");
  const digits = input.digits();
  if (input.atEnd)
    throw digits === ""
      ? fault("DANGLING_PERCENT", "a field must follow '%'")
      : fault("DANGLING_WIDTH", `a field must follow '%${digits}'`);
  const width = Math.abs(Number(digits));
  if (width > maxWidth) throw fault("NUMBER_OUT_OF_RANGE", `a column has at most ${maxWidth} characters`);
  const operand = transformer(input, new Depth()) ?? field(input, catalogue);
  return { operand, ...(width > 0 && { width }) };
}

function field(input: Scanner, catalogue: Catalogue): FieldNode {
  const start = input.at;
  const known = catalogue.longestPrefix(input.text, start);
  if (!known) {
    const { end } = input.peek((scanner) => {
      scanner.fieldName() ?? scanner.identifier();
      return { end: scanner.at };
    });
    const name = input.text.slice(start, end);
    if (name === "")
      throw new Fault(
        "DANGLING_PERCENT",
        { start: start - 1, end: start },
        "a field must follow '%'",
        "write %% for a percent sign",
      );
    const problem = resolveField(catalogue, name);
    const hint = isProblem(problem) ? problem.hint : undefined;
    const called = transformers.some((one) => one === name)
      ? `${name} needs '('`
      : `there is no field ${name}`;
    throw new Fault("UNKNOWN_FIELD", { start, end }, called, hint);
  }
  input.at = start + known.name.length;
  const name = known.name + dottedArgument(input, known, catalogue);
  const argument = bracketArgument(input, known);
  const node: FieldNode = {
    kind: "field",
    name,
    ...(argument !== undefined && { argument }),
    start,
    end: input.at,
  };
  resolveNode(catalogue, node);
  return node;
}

/** `.name` of `evt.arg.name`: the longest one that the field takes, or nothing. */
function dottedArgument(input: Scanner, known: Field, catalogue: Catalogue): string {
  if (!takesDotted(known)) return "";
  const rest = /^\.[a-zA-Z0-9_]+/.exec(input.text.slice(input.at, input.at + 256))?.[0] ?? "";
  for (let length = rest.length; length > 1; length--) {
    const dotted = rest.slice(0, length);
    if (isProblem(resolveField(catalogue, known.name + dotted))) continue;
    input.at += length;
    return dotted;
  }
  const needed = known.argument!.need === "required" && known.argument!.kind !== "path-side";
  if (rest.length > 1 && needed) input.at += rest.length;
  return rest.length > 1 && needed ? rest : "";
}

/** Of a field that takes none, a `[` is plain text. */
function bracketArgument(input: Scanner, { argument }: Field): string | undefined {
  const takes = argument && ["index", "name", "param", "time", "key"].includes(argument.kind);
  return takes ? bracket(input) : undefined;
}
