/** Struct layouts from one-line declarations, by the alignment rules of an ABI. */
import type { Abi } from "./abi.ts";

/** `ptr` and `size` are as wide as a pointer; so are `long` and `ulong` on Linux. `be16`/`be32` are network order. */
const typeNames = [
  ..."u8 i8 u16 i16 be16 u32 i32 be32 u64 i64".split(" "),
  ..."ptr size long ulong".split(" "),
];

export interface Field {
  readonly name: string;
  readonly offset: number;
  /** Bytes of one element. */
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
  /** Stored most significant byte first, whatever the ABI says. */
  readonly network: boolean;
  /** Elements of an array field; undefined for a scalar. */
  readonly count?: number;
}

export interface Layout {
  readonly size: number;
  readonly align: number;
  readonly fields: ReadonlyMap<string, Field>;
}

/** The scalar fields of a declaration, as a type: `ScalarNames<"u64 dev, u8 pad[3]">` is `"dev"`. */
export type ScalarNames<D extends string> = D extends `${infer Head}, ${infer Rest}`
  ? ScalarNames<Head> | ScalarNames<Rest>
  : D extends `${string}]`
    ? never
    : NameOf<D>;
export type ArrayNames<D extends string> = D extends `${infer Head}, ${infer Rest}`
  ? ArrayNames<Head> | ArrayNames<Rest>
  : D extends `${infer Field}[${string}`
    ? NameOf<Field>
    : never;
type NameOf<D extends string> = D extends `packed ${infer Rest}`
  ? NameOf<Rest>
  : D extends `${string} ${infer Name}`
    ? Name
    : never;

/**
 * Lay out `declaration`, for example `"u32 mask, ptr name, u8 pad[3]"`; a leading `packed ` means no padding.
 * @throws on a malformed field or an unknown type.
 */
export function layoutOf(declaration: string, abi: Abi): Layout {
  const packed = declaration.startsWith("packed ");
  const fields = new Map<string, Field>();
  let offset = 0;
  let align = 1;
  for (const part of (packed ? declaration.slice("packed ".length) : declaration).split(", ")) {
    const match = /^(\w+) (\w+)(?:\[(\d+)\])?$/.exec(part);
    if (!match) throw new Error(`malformed field "${part}" in struct declaration "${declaration}"`);
    const [, type = "", name = "", count] = match;
    const { size, signed, network } = typeOf(type, abi);
    const fieldAlign = packed ? 1 : Math.min(size, size === 8 ? abi.align64 : size);
    offset = alignUp(offset, fieldAlign);
    align = Math.max(align, fieldAlign);
    const elements = count === undefined ? {} : { count: Number(count) };
    fields.set(name, { name, offset, size, signed, network, ...elements });
    offset += size * Number(count ?? 1);
  }
  return { size: alignUp(offset, align), align, fields };
}

function typeOf(type: string, abi: Abi): Pick<Field, "size" | "signed" | "network"> {
  if (!typeNames.includes(type)) throw new Error(`unknown field type "${type}"`);
  const bits = /\d+$/.exec(type)?.[0] ?? String(abi.bits);
  return {
    size: (Number(bits) / 8) as Field["size"],
    signed: type.startsWith("i") || type === "long",
    network: type.startsWith("be"),
  };
}

export function alignUp(value: number, align: number): number {
  return Math.ceil(value / align) * align;
}
