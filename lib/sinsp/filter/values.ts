/** Literals → values of the type that they are compared with. */
import type { ParamType } from "#schema/types";
import type { Scalar } from "../fields/source.ts";
import type { Literal, Operator } from "./ast.ts";
import { Fault, type FilterErrorCode } from "./error.ts";
import { integerBits, kindOfType } from "./kinds.ts";
import { literalBytes, literalText } from "./literal.ts";
import { canonicalAddress, Network } from "./network.ts";
import { servicePort } from "./services.ts";

/** @throws {Fault} */
export function literalValue(literal: Literal, type: ParamType, operator: Operator): Scalar {
  if (operator === "bcontains" || operator === "bstartswith") return hexBytes(literal);
  switch (kindOfType(type)) {
    case "text":
      return literalText(literal.text);
    case "bytes":
      return literalBytes(literal.text);
    case "boolean":
      if (literal.text === "true" || literal.text === "false") return literal.text === "true";
      throw bad("BAD_BOOLEAN", literal, "a boolean value", "write true or false");
    case "address":
      return address(literal);
    case "network":
      if (Network.parse(literal.text)) return literal.text;
      throw bad("BAD_NETWORK", literal, "a network", "write 10.0.0.0/8 or fe80::/10");
    case "double":
      return double(literal);
    default:
      return type === "PORT" ? port(literal) : integer(literal, type);
  }
}

function bad(code: FilterErrorCode, literal: Literal, what: string, hint?: string): Fault {
  return new Fault(code, literal, `'${literal.text}' is not ${what}`, hint);
}

function integer(literal: Literal, type: ParamType): number | bigint {
  const { text } = literal;
  if (!/^[+-]?[0-9]+$/.test(text)) {
    const hint = /^[+-]?0[xX]/.test(text) ? "numbers are decimal" : undefined;
    throw bad("BAD_NUMBER", literal, "an integer", hint);
  }
  // Longer ones fit no type, and BigInt() takes quadratic time.
  const { bits, signed } = integerBits(type);
  const digits = text.replace(/^[+-]?0*/, "");
  const value = digits.length > 20 ? undefined : BigInt(text.replace(/^\+/, ""));
  const fits = (low: bigint, high: bigint) => value !== undefined && value >= low && value <= high;
  const half = 1n << BigInt(bits - 1);
  if (signed && fits(-half, half - 1n)) return exact(value!);
  // -1 is how one writes "no user" and "no time": the value with all bits set.
  if (!signed && fits(-half, 2n * half - 1n)) return exact(BigInt.asUintN(bits, value!));
  throw new Fault(
    "NUMBER_OUT_OF_RANGE",
    literal,
    `${text} does not fit ${bits} ${signed ? "signed" : "unsigned"} bits`,
  );
}

/** As events hold it: a number from −2^53 up to 2^53 − 1, a bigint beyond. */
export const exact = (value: bigint): number | bigint =>
  value >= -(2n ** 53n) && value < 2n ** 53n ? Number(value) : value;

function double(literal: Literal): number {
  if (/^[+-]?[0-9]+\.?[0-9]*([eE][+-]?[0-9]+)?$/.test(literal.text)) return Number(literal.text);
  throw bad("BAD_NUMBER", literal, "a number");
}

function port(literal: Literal): number | bigint {
  if (/^[+-]?[0-9]/.test(literal.text)) return integer(literal, "PORT");
  const found = servicePort(literal.text);
  if (found === undefined) throw bad("BAD_PORT", literal, "a port or the name of a service");
  return found;
}

function address(literal: Literal): string {
  const found = canonicalAddress(literal.text);
  if (found !== undefined) return found;
  const hint = literal.text.includes("/")
    ? "networks are compared with fd.net, fd.snet and so on"
    : undefined;
  throw bad("BAD_ADDRESS", literal, "an IP address", hint);
}

function hexBytes(literal: Literal): Uint8Array {
  if (/^([0-9a-fA-F]{2})*$/.test(literal.text)) return Buffer.from(literal.text, "hex");
  throw bad("BAD_HEX", literal, "bytes in hexadecimal", "write two digits a byte: cafe00");
}
