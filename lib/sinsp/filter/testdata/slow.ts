/**
 * What a filter means, written to be obviously right: walks the syntax tree, computes everything anew, and shares no
 * comparison with the compiler. Knows the operators and literals that arbitrary.ts makes.
 */
import { builtinFields } from "../../fields/catalogue.ts";
import type { FieldRef } from "../../fields/reference.ts";
import type { FieldValue, Scalar } from "../../fields/source.ts";
import type { Compare, Expression, FieldNode, Operand } from "../ast.ts";
import { resolveNode } from "../bind-operand.ts";
import { kindOfType } from "../kinds.ts";
import { type ModelEvent, model } from "./model.ts";

export function evaluate(tree: Expression, event: ModelEvent): boolean {
  switch (tree.kind) {
    case "and":
      return tree.children.map((child) => evaluate(child, event)).every(Boolean);
    case "or":
      return tree.children.map((child) => evaluate(child, event)).some(Boolean);
    case "not":
      return !evaluate(tree.child, event);
    case "exists":
      return readOperand(tree.left, event) !== null;
    case "compare":
      return compare(tree, event);
    case "macro":
      throw new Error("no macros here");
  }
}

function refOf(operand: Operand): FieldRef {
  const node = operand.kind === "field" ? operand : (operand.args[0] as FieldNode);
  return resolveNode(builtinFields, node);
}

function readOperand(operand: Operand, event: ModelEvent): FieldValue {
  const value = model.reader(refOf(operand), "filter")(event);
  if (operand.kind === "field" || value === null) return value;
  if (operand.name === "toupper") return upper(value as string);
  if (operand.name === "tolower") return lower(value as string);
  throw new Error(`no ${operand.name} here`);
}

const upper = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function compare(node: Compare, event: ModelEvent): boolean {
  const value = readOperand(node.left, event);
  if (value === null) return false;
  const ref = refOf(node.left);
  const { right } = node;
  const dynamic =
    right.kind === "field" || right.kind === "transformer" ? readOperand(right, event) : undefined;
  if (dynamic === null) return false;
  const rights: Scalar[] =
    dynamic !== undefined
      ? ([dynamic].flat() as Scalar[])
      : (right.kind === "list" ? right.items : [right as { text: string }]).map(({ text }) => text);
  if (ref.field.flags.has("list")) {
    const inside = (value as Scalar[]).map((one) => rights.includes(one));
    return node.operator === "in" ? inside.every(Boolean) : inside.some(Boolean);
  }
  const answers = [value].flat().map((one) => ofOne(one as Scalar, node, ref, rights));
  if (answers.length === 0) return false;
  return ref.field.match === "either" && node.operator === "!="
    ? answers.every(Boolean)
    : answers.some(Boolean);
}

function ofOne(
  value: Scalar,
  { operator, modifier }: Compare,
  ref: FieldRef,
  rights: readonly Scalar[],
): boolean {
  const hits = rights.map((right) => holds(value, operator, ref, right)).filter(Boolean).length;
  if (modifier === "oneof") return hits === 1;
  if (modifier === "allof") return hits === rights.length && hits > 0;
  return hits > 0;
}

/** In pmatch, in and intersects: one of the right sides. */
function holds(value: Scalar, operator: string, ref: FieldRef, right: Scalar): boolean {
  const kind = kindOfType(ref.type);
  if (kind === "network") return inNetwork(value as string, right as string) !== (operator === "!=");
  const order = orderOf(value, right, kind);
  const text = textOf(value);
  const wanted = textOf(right);
  switch (operator) {
    case "=":
    case "==":
    case "in":
    case "intersects":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "contains":
      return text.indexOf(wanted) >= 0;
    case "icontains":
      return lower(text).indexOf(lower(wanted)) >= 0;
    case "startswith":
      return text.slice(0, wanted.length) === wanted;
    case "endswith":
      return wanted === "" || text.slice(-wanted.length) === wanted;
    case "glob":
      return glob(wanted, text);
    case "iglob":
      return glob(lower(wanted), lower(text));
    case "pmatch":
      return underPath(text.split("/").filter(Boolean), wanted.split("/").filter(Boolean));
    case "regex":
      // Only patterns that mean the same to every engine are made here.
      return new RegExp(`^(?:${wanted})$`, "s").test(text);
    case "bcontains":
      return text.includes(Buffer.from(wanted, "hex").toString("latin1"));
    default:
      throw new Error(`no ${operator} here`);
  }
}

const textOf = (value: Scalar) =>
  value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value);

function orderOf(value: Scalar, right: Scalar, kind: string): number {
  if (kind === "number") return Number(sign(BigInt(value as number) - BigInt(right as string)));
  if (kind === "double") return Math.sign(Number(value) - Number(right));
  const bytes = (one: Scalar) => (one instanceof Uint8Array ? one : Buffer.from(String(one), "utf8"));
  return Buffer.compare(bytes(value), bytes(right));
}

const sign = (value: bigint) => (value > 0n ? 1 : value < 0n ? -1 : 0);

/** IPv4 only. */
function inNetwork(address: string, network: string): boolean {
  const bits = (text: string) =>
    text
      .split(".")
      .map((part) => Number(part).toString(2).padStart(8, "0"))
      .join("");
  const [base, length] = network.split("/") as [string, string];
  return bits(address).slice(0, Number(length)) === bits(base).slice(0, Number(length));
}

function glob(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern[0] === "*")
    return glob(pattern.slice(1), text) || (text !== "" && glob(pattern, text.slice(1)));
  return (
    text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) && glob(pattern.slice(1), text.slice(1))
  );
}

const underPath = (path: readonly string[], prefix: readonly string[]) =>
  prefix.length <= path.length && prefix.every((component, at) => glob(component, path[at]!));
