/** What is wrong with a YAML file, and where. */

export type YamlCode =
  /** The file cannot be read. */
  | "unreadable"
  /** Not YAML. */
  | "syntax"
  /** A key occurs twice in one map. */
  | "duplicate-key"
  /** A key that must be there is not. */
  | "missing-key"
  /** A key that means nothing here. */
  | "unknown-key"
  /** A word that is none of those possible here. */
  | "unknown-name"
  /** A list where a map belongs, text where a number belongs … */
  | "type"
  /** The right type, but not a possible value. */
  | "value"
  /** Right in itself, but it contradicts another entry. */
  | "conflict";

/** A position in a YAML file. `line` and `column` count from 1. */
export interface YamlPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line of the file, without its end. */
  readonly source: string;
}

export interface YamlIssue {
  readonly code: YamlCode;
  readonly message: string;
  readonly place: YamlPlace;
}

/** At least one issue, in the order of the file; `code`, `line` and `column` are those of the first. */
export class YamlError extends Error {
  override readonly name = "YamlError";
  readonly code: YamlCode;
  readonly file: string;
  // Fields, not getters: JavaScriptCore gives every error a `line` and `column` of its own.
  readonly line: number;
  readonly column: number;

  constructor(readonly issues: readonly [YamlIssue, ...YamlIssue[]]) {
    super(issues.map(prettyIssue).join("\n"));
    const { code, place } = issues[0];
    this.code = code;
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
  }
}

/** `file:line:column: message`, the source line, and a caret under the column. */
export function prettyIssue({ message, place }: YamlIssue): string {
  const head = `${place.file}:${place.line}:${place.column}: ${message}`;
  if (place.source === "") return head;
  // Tabs stay tabs, so that the caret stands under its column whatever their width.
  const indent = place.source.slice(0, place.column - 1).replace(/[^\t]/g, " ");
  return `${head}\n  ${place.source}\n  ${indent}^`;
}
