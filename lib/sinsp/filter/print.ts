/** Syntax tree → text that parses to the same tree. */
import type { Argument, Compare, Expression, Literal, Operand } from "./ast.ts";
import { quote } from "./literal.ts";
import { isBareArgument, isBareValue } from "./scanner.ts";

export function print(tree: Expression): string {
  switch (tree.kind) {
    case "and":
    case "or":
      return tree.children.map((child) => inner(child, tree.kind)).join(` ${tree.kind} `);
    case "not":
      return `not ${inner(tree.child, "not")}`;
    case "macro":
      return tree.name;
    case "exists":
      return `${printOperand(tree.left)} exists`;
    case "compare":
      return printCompare(tree);
  }
}

/** "or" inside "and", and either inside "not" or inside its own kind, keeps its parentheses. */
function inner(child: Expression, around: "and" | "or" | "not"): string {
  const bare = child.kind !== "and" && child.kind !== "or";
  const tighter = child.kind === "and" && around === "or";
  return bare || tighter ? print(child) : `(${print(child)})`;
}

function printCompare({ left, operator, modifier, right }: Compare): string {
  const head = [printOperand(left), operator, ...(modifier ? [modifier] : [])].join(" ");
  switch (right.kind) {
    case "literal":
      return `${head} ${printValue(right)}`;
    case "list":
      return `${head} (${right.items.map(printValue).join(", ")})`;
    case "list-name":
      return `${head} ${right.name}`;
    case "field":
      return `${head} val(${printOperand(right)})`;
    case "transformer":
      return `${head} ${printOperand(right)}`;
  }
}

const printValue = ({ text }: Literal) => (isBareValue(text) ? text : quote(text));

/** A field or a transformer as one writes it; equal texts mean equal values. */
export function printOperand(operand: Operand): string {
  const { argument } = operand;
  const bracket = argument === undefined ? "" : `[${isBareArgument(argument) ? argument : quote(argument)}]`;
  if (operand.kind === "field") return `${operand.name}${bracket}`;
  return `${operand.name}(${operand.args.map(printArgument).join(", ")})${bracket}`;
}

function printArgument(argument: Argument): string {
  switch (argument.kind) {
    case "tuple":
      return `(${argument.items.map(printArgument).join(", ")})`;
    case "literal":
      return argument.quoted ? quote(argument.text) : argument.text;
    default:
      return printOperand(argument);
  }
}
