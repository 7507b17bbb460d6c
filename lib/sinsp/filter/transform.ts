/** What transformers do, and to which types. */
import type { ParamType } from "#schema/types";
import type { FieldValue, Scalar } from "../fields/source.ts";
import type { TransformerName } from "./ast.ts";
import { getopt } from "./getopt.ts";
import { kindOfType } from "./kinds.ts";
import { lowerAscii, upperAscii } from "./predicate.ts";

export interface Shape {
  readonly type: ParamType;
  /** Many values at once. */
  readonly list: boolean;
}

export interface Transform {
  readonly result: Shape;
  /** Never called with an absent argument: then there is no result. */
  readonly apply: (args: readonly NonNullable<FieldValue>[]) => FieldValue;
}

/** Why a transformer does not take these arguments, for people. */
export class TransformProblem extends Error {}

const isText = ({ type, list }: Shape) => !list && kindOfType(type) === "text";
const isTexts = ({ type, list }: Shape) => list && kindOfType(type) === "text";
const isBytes = ({ type, list }: Shape) => !list && kindOfType(type) === "bytes";
const text: Shape = { type: "CHARBUF", list: false };

/** @throws {TransformProblem} */
export function transformOf(name: TransformerName, args: readonly Shape[], argument?: string): Transform {
  if (argument !== undefined && name !== "getopt")
    throw new TransformProblem(`${name}() takes no argument in brackets`);
  const [first, second] = args;
  const count = args.length;
  const expect = (good: boolean, what: string) => {
    if (!good) throw new TransformProblem(`${name}() takes ${what}`);
  };
  switch (name) {
    case "tolower":
    case "toupper":
    case "basename":
      expect(count === 1 && isText(first!), "one text");
      return { result: first!, apply: ([value]) => textFunctions[name](value as string) };
    case "b64":
      expect(count === 1 && (isText(first!) || isBytes(first!)), "one text or buffer");
      return { result: first!, apply: ([value]) => decodeBase64(value as string | Uint8Array) };
    case "len":
      expect(count === 1 && (first!.list || isText(first!) || isBytes(first!)), "one text, buffer or list");
      return { result: { type: "UINT64", list: false }, apply: ([value]) => lengthOf(value!) };
    case "join":
      expect(count === 2 && isText(first!) && isTexts(second!), "a separator and a list of texts");
      return { result: text, apply: ([separator, list]) => (list as string[]).join(separator as string) };
    case "concat":
      expect(count >= 2 && args.every(isText), "two or more texts");
      return { result: text, apply: (values) => values.join("") };
    case "getopt":
      expect(
        count === 2 && isTexts(first!) && isText(second!),
        "a list of texts and the options to look for",
      );
      if (argument !== undefined && argument.length !== 1)
        throw new TransformProblem("getopt()[c] takes one option letter");
      return {
        result: { type: "CHARBUF", list: argument === undefined },
        apply: ([argv, options]) => getopt(argv as string[], options as string, argument),
      };
  }
}

const textFunctions = {
  tolower: lowerAscii,
  toupper: upperAscii,
  /** What is behind the last slash: nothing, if the text ends with one. */
  basename: (path: string) => path.slice(path.lastIndexOf("/") + 1),
};

/** Absent if the text is no base64 with its padding. */
function decodeBase64(value: string | Uint8Array): Scalar | null {
  const encoded = typeof value === "string" ? value : Buffer.from(value).toString("latin1");
  if (encoded.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) return null;
  const bytes = Buffer.from(encoded, "base64");
  return typeof value === "string" ? bytes.toString("utf8") : new Uint8Array(bytes);
}

/** Of a list the number of values, of a text and a buffer the number of bytes. */
function lengthOf(value: NonNullable<FieldValue>): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  return (value as Uint8Array | readonly Scalar[]).length;
}
