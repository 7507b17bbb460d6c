/** What a filter may say and probably does not mean. */
import type { Catalogue } from "../fields/catalogue.ts";
import { isProblem, resolveField } from "../fields/reference.ts";
import { type Compare, type Expression, type Literal, type Span, transformers } from "./ast.ts";

export interface Warning extends Span {
  readonly code: "VALUE_LOOKS_LIKE_FIELD" | "VALUE_LOOKS_LIKE_TRANSFORMER" | "REGEX_COULD_BE_SIMPLER";
  readonly message: string;
}

export function warnings(tree: Expression, catalogue: Catalogue): Warning[] {
  switch (tree.kind) {
    case "and":
    case "or":
      return tree.children.flatMap((child) => warnings(child, catalogue));
    case "not":
      return warnings(tree.child, catalogue);
    case "compare":
      return literals(tree).flatMap((literal) => ofLiteral(literal, tree, catalogue));
    default:
      return [];
  }
}

function literals({ right }: Compare): readonly Literal[] {
  return right.kind === "list" ? right.items : right.kind === "literal" ? [right] : [];
}

function ofLiteral(literal: Literal, { operator }: Compare, catalogue: Catalogue): Warning[] {
  const { text, start, end } = literal;
  const warn = (code: Warning["code"], message: string): Warning[] => [{ code, message, start, end }];
  if (/^[a-zA-Z]\w*(\.[a-zA-Z]\w*)+$/.test(text) && !isProblem(resolveField(catalogue, text)))
    return warn(
      "VALUE_LOOKS_LIKE_FIELD",
      `'${text}' is a text here; for the field's value write val(${text})`,
    );
  if (transformers.some((name) => text.startsWith(`${name}(`)))
    return warn("VALUE_LOOKS_LIKE_TRANSFORMER", `'${text}' is a text here; without quotes it is computed`);
  const simpler = operator === "regex" && simplerThan(text);
  return simpler ? warn("REGEX_COULD_BE_SIMPLER", `'${simpler}' asks the same`) : [];
}

const plain = String.raw`[^\\.*+?()[\]{}|^$]`;
const shapes: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^${plain}+$`), "= "],
  [new RegExp(String.raw`^${plain}+\.\*$`), "startswith "],
  [new RegExp(String.raw`^\.\*${plain}+$`), "endswith "],
  [new RegExp(String.raw`^\.\*${plain}+\.\*$`), "contains "],
];

/** The patterns here are ours; the user's is the text they look at. */
function simplerThan(pattern: string): string | undefined {
  const shape = shapes.find(([looks]) => looks.test(pattern));
  return shape && shape[1] + pattern.replaceAll(".*", "");
}
