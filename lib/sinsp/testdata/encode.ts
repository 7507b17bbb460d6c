/** Values → parameter bytes, by the type that the schema gives them: what drivers do, for tests. */
import type { ParamInfo } from "#schema/events";
import { dynamic, type ParamType, typeSize } from "#schema/types";

export interface IpEnd {
  readonly ip: string;
  readonly port: number;
}

export type ParamValue =
  | number
  | bigint
  | boolean
  | string
  | readonly string[]
  | Uint8Array
  | IpEnd
  | { readonly source: IpEnd; readonly dest: IpEnd }
  | { readonly unix: string; readonly source?: bigint; readonly dest?: bigint }
  | { readonly tag: number; readonly value: ParamValue }
  | readonly { readonly fd: number; readonly events: number }[];

const AF = { unix: 1, inet: 2, inet6: 10 } as const;

/** undefined: an empty parameter. */
export function encodeParam(param: Pick<ParamInfo, "type" | "variants">, value?: ParamValue): Uint8Array {
  if (value === undefined) return new Uint8Array(0);
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return Buffer.from(`${value}\0`);
  if (typeof value === "object") return encodeObject(param, value);
  return integer(param.type, BigInt(value));
}

function integer(type: ParamType, value: bigint): Uint8Array {
  const size = typeSize[type];
  if (size === null) throw new RangeError(`${type} is no number`);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return bytes.subarray(0, size);
}

function encodeObject({ variants }: Pick<ParamInfo, "variants">, value: object): Uint8Array {
  if (Array.isArray(value)) return typeof value[0] === "object" ? fdList(value) : strings(value);
  if ("tag" in value) {
    const { tag, value: inner } = value as { tag: number; value: ParamValue };
    return Buffer.concat([Uint8Array.of(tag), encodeParam({ type: dynamic[variants!]![tag]!.type }, inner)]);
  }
  return socket(value as Record<string, unknown>);
}

const strings = (items: readonly string[]) => Buffer.from(items.map((item) => `${item}\0`).join(""));

function fdList(items: readonly { fd: number; events: number }[]): Uint8Array {
  const bytes = Buffer.alloc(2 + 10 * items.length);
  bytes.writeUInt16LE(items.length);
  for (const [i, { fd, events }] of items.entries()) {
    bytes.writeBigInt64LE(BigInt(fd), 2 + 10 * i);
    bytes.writeUInt16LE(events, 10 + 10 * i);
  }
  return bytes;
}

/** An address has one end, a tuple two. */
function socket(value: Record<string, unknown>): Uint8Array {
  if ("unix" in value) {
    const path = Buffer.from(`${value.unix}\0`);
    if (!("source" in value)) return Buffer.concat([Uint8Array.of(AF.unix), path]);
    return Buffer.concat([Uint8Array.of(AF.unix), u64(value.source), u64(value.dest), path]);
  }
  const ends = ("ip" in value ? [value] : [value.source, value.dest]) as IpEnd[];
  const family = ends[0]!.ip.includes(":") ? AF.inet6 : AF.inet;
  return Buffer.concat([Uint8Array.of(family), ...ends.map(end)]);
}

const u64 = (value: unknown) => integer("UINT64", value as bigint);

const end = ({ ip, port }: IpEnd) => Buffer.concat([address(ip), Uint8Array.of(port & 255, port >> 8)]);

/** Of IPv6 only what tests need: groups, and one "::". */
function address(ip: string): Uint8Array {
  if (!ip.includes(":")) return Uint8Array.from(ip.split("."), Number);
  const [head = "", tail = ""] = ip.split("::");
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array<string>(8 - first.length - last.length).fill("0"), ...last];
  return Uint8Array.from(
    all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
}
