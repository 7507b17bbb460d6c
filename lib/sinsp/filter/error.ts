import type { FieldProblemCode } from "../fields/reference.ts";

/** Everything that can be wrong with a filter or an output format. */
export type FilterErrorCode =
  | FieldProblemCode
  // the text
  | "EMPTY"
  | "UNEXPECTED_TOKEN"
  | "EXPECTED_CHECK"
  | "EXPECTED_OPERATOR"
  | "EXPECTED_BLANK"
  | "EXPECTED_VALUE"
  | "EXPECTED_NUMBER"
  | "EXPECTED_LIST"
  | "EXPECTED_FIELD"
  | "EXPECTED_CLOSE"
  | "UNTERMINATED_STRING"
  | "BAD_ESCAPE"
  | "NUL_IN_VALUE"
  | "TOO_DEEP"
  // names
  | "UNKNOWN_MACRO"
  | "RECURSIVE_MACRO"
  | "UNKNOWN_EVENT"
  // fields and operators
  | "PRINT_ONLY"
  | "FILTER_ONLY"
  | "OPERATOR_REFUSED"
  | "MODIFIER_REFUSED"
  | "TYPE_MISMATCH"
  | "NOT_COMPARABLE"
  | "TRANSFORMER_REFUSED"
  | "TRANSFORMER_ARGUMENTS"
  // values
  | "BAD_NUMBER"
  | "NUMBER_OUT_OF_RANGE"
  | "BAD_BOOLEAN"
  | "BAD_ADDRESS"
  | "BAD_NETWORK"
  | "BAD_PORT"
  | "BAD_HEX"
  | "BAD_REGEX"
  // output formats
  | "DANGLING_PERCENT"
  | "DANGLING_WIDTH";

export interface Position {
  /** 1-based; \r and \n each start a line. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

export function positionOf(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset; at++)
    if (text[at] === "\n" || text[at] === "\r") {
      line++;
      start = at + 1;
    }
  return { line, column: offset - start + 1 };
}

/** What is wrong before it is known in which text: thrown inside a stage, turned into a FilterError at its end. */
export class Fault extends Error {
  readonly code: FilterErrorCode;
  readonly start: number;
  readonly end: number;
  readonly hint: string | undefined;

  constructor(code: FilterErrorCode, at: { start: number; end: number }, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.start = at.start;
    this.end = at.end;
    this.hint = hint;
  }

  /** As an error of that text, which `name` names if it is not the filter itself. */
  in(text: string, name = "filter"): FilterError {
    return new FilterError(this, text, name);
  }
}

/**
 * A filter or an output format that cannot be used.
 * @example
 * try { parse("fd.name startwith /etc") } catch (error) { console.error(pretty(error as FilterError)) }
 */
export class FilterError extends Error implements Position {
  override readonly name = "FilterError";
  readonly code: FilterErrorCode;
  /** 0-based, in UTF-16 units. */
  readonly offset: number;
  /** Length of what is wrong; 0 for something missing. */
  readonly length: number;
  readonly line: number;
  readonly column: number;
  /** What may have been meant. */
  readonly hint: string | undefined;
  /** The text that offset counts in: the filter, or the macro that `where` names. */
  readonly text: string;
  readonly where: string;
  /** The message without the position. */
  readonly reason: string;

  constructor(fault: Fault, text: string, where: string) {
    const { line, column } = positionOf(text, fault.start);
    super(`${where} error at index ${fault.start}, line ${line}, column ${column}: ${fault.message}`);
    this.reason = fault.message;
    this.code = fault.code;
    this.offset = fault.start;
    this.length = fault.end - fault.start;
    this.line = line;
    this.column = column;
    this.hint = fault.hint;
    this.text = text;
    this.where = where;
  }
}
