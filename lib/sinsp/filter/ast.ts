/** The syntax tree of a filter: what was written, nothing looked up yet. */

export const comparisons = [
  "==",
  "=",
  "!=",
  "<=",
  "<",
  ">=",
  ">",
  "glob",
  "iglob",
  "contains",
  "icontains",
  "bcontains",
  "startswith",
  "bstartswith",
  "endswith",
  "regex",
] as const;
export const listOperators = ["intersects", "in", "pmatch"] as const;
export const modifiers = ["oneof", "anyof", "allof"] as const;
export const transformers = [
  "tolower",
  "toupper",
  "b64",
  "basename",
  "len",
  "join",
  "concat",
  "getopt",
] as const;

export type Comparison = (typeof comparisons)[number];
export type ListOperator = (typeof listOperators)[number];
export type Operator = Comparison | ListOperator;
export type Modifier = (typeof modifiers)[number];
export type TransformerName = (typeof transformers)[number];

/** Where a node stands in the text: offsets of its first character and behind its last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface And extends Span {
  readonly kind: "and";
  readonly children: readonly Expression[];
}
export interface Or extends Span {
  readonly kind: "or";
  readonly children: readonly Expression[];
}
export interface Not extends Span {
  readonly kind: "not";
  readonly child: Expression;
}
/** A macro's name. */
export interface Macro extends Span {
  readonly kind: "macro";
  readonly name: string;
}
export interface Exists extends Span {
  readonly kind: "exists";
  readonly left: Operand;
}
export interface Compare extends Span {
  readonly kind: "compare";
  readonly left: Operand;
  readonly operator: Operator;
  readonly modifier?: Modifier;
  readonly right: Literal | List | ListName | FieldNode | Transformer;
}
export type Expression = And | Or | Not | Macro | Exists | Compare;

export interface FieldNode extends Span {
  readonly kind: "field";
  readonly name: string;
  /** What stands in the brackets. */
  readonly argument?: string;
}
export interface Transformer extends Span {
  readonly kind: "transformer";
  readonly name: TransformerName;
  readonly args: readonly Argument[];
  /** What stands in brackets behind it. */
  readonly argument?: string;
}
export type Operand = FieldNode | Transformer;
/** A list of operands, as an argument of a transformer. */
export interface Tuple extends Span {
  readonly kind: "tuple";
  readonly items: readonly (Operand | Literal)[];
}
export type Argument = Operand | Literal | Tuple;

export interface Literal extends Span {
  readonly kind: "literal";
  /** Without quotes and escapes; bytes that are no UTF-8 as in literal.ts. */
  readonly text: string;
  /** Written in quotes where that is more than a way to write it: an argument of a transformer. */
  readonly quoted?: boolean;
}
export interface List extends Span {
  readonly kind: "list";
  readonly items: readonly Literal[];
}
/** The name of a list that the caller defines. */
export interface ListName extends Span {
  readonly kind: "list-name";
  readonly name: string;
}
