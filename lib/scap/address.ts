/** Socket addresses and tuples as events carry them: family byte, then addresses in network order, ports in host order. */
import { malformed } from "./error.ts";
import { getU64, type Int } from "./int.ts";
import { text } from "./text.ts";

export interface Endpoint {
  /** "192.0.2.1", "2001:db8::1" */
  readonly address: string;
  readonly port: number;
}

export type SockAddr =
  | ({ readonly family: "inet" | "inet6" } & Endpoint)
  | { readonly family: "unix"; readonly path: string }
  /** A family that drivers do not decode: its Linux number. */
  | { readonly family: number; readonly data: Uint8Array };

export type SockTuple =
  | { readonly family: "inet" | "inet6"; readonly source: Endpoint; readonly dest: Endpoint }
  /** `source` and `dest` are addresses of kernel sockets. */
  | { readonly family: "unix"; readonly source: Int; readonly dest: Int; readonly path: string }
  | { readonly family: number; readonly data: Uint8Array };

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;

export function ipv4Text(bytes: Uint8Array): string {
  return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
}

/**
 * RFC 5952: the longest run of zero groups (the first of equals, two at least) becomes "::". Addresses that hold one of IPv4
 * (::ffff:0:0/96, and ::/96 but for "::" and "::1") end in its dotted form, as inet_ntop() writes them.
 */
export function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!);
  let best = { at: 0, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const holdsIpv4 = best.at === 0 && (best.length === 6 || (best.length === 5 && groups[5] === 0xffff));
  if (holdsIpv4) return `${best.length === 6 ? "::" : "::ffff:"}${ipv4Text(bytes.subarray(12))}`;
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(":");
  if (best.length === 1) return hex(groups);
  return `${hex(groups.slice(0, best.at))}::${hex(groups.slice(best.at + best.length))}`;
}

/** Few addresses come again and again. Unsigned words, and their texts; where both meet depends on all four bytes. */
const remembered = 256;
const knownWords = new Float64Array(remembered).fill(-1);
const knownTexts: string[] = Array(remembered).fill("");

function ipv4At(view: DataView, at: number): string {
  const word = view.getUint32(at);
  const slot = (word ^ (word >>> 8) ^ (word >>> 16) ^ (word >>> 24)) & (remembered - 1);
  if (knownWords[slot] !== word) {
    knownWords[slot] = word;
    knownTexts[slot] = `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
  }
  return knownTexts[slot]!;
}

const bytesAt = (view: DataView, at: number, length: number) =>
  new Uint8Array(view.buffer, view.byteOffset + at, length);

const ipv4Endpoint = (view: DataView, at: number): Endpoint => ({
  address: ipv4At(view, at),
  port: view.getUint16(at + 4, true),
});

const ipv6Endpoint = (view: DataView, at: number): Endpoint => ({
  address: ipv6Text(bytesAt(view, at, 16)),
  port: view.getUint16(at + 16, true),
});

function expectLength(what: string, family: number, length: number, good: boolean): void {
  if (!good) throw malformed(`${what} of family ${family} has ${length} bytes`);
}

/** The address in `length` bytes, at least one. @throws {ScapError} if they are too few or too many for its family. */
export function decodeSockAddr(view: DataView, at: number, length: number): SockAddr {
  const family = view.getUint8(at);
  switch (family) {
    case AF_INET: {
      expectLength("address", family, length, length === 7);
      const { address, port } = ipv4Endpoint(view, at + 1);
      return { family: "inet", address, port };
    }
    case AF_INET6: {
      expectLength("address", family, length, length === 19);
      const { address, port } = ipv6Endpoint(view, at + 1);
      return { family: "inet6", address, port };
    }
    case AF_UNIX:
      return { family: "unix", path: text(bytesAt(view, at + 1, length - 1)) };
    default:
      return { family, data: bytesAt(view, at + 1, length - 1).slice() };
  }
}

/** Likewise. */
export function decodeSockTuple(view: DataView, at: number, length: number): SockTuple {
  const family = view.getUint8(at);
  switch (family) {
    case AF_INET:
      expectLength("tuple", family, length, length === 13);
      return { family: "inet", source: ipv4Endpoint(view, at + 1), dest: ipv4Endpoint(view, at + 7) };
    case AF_INET6:
      expectLength("tuple", family, length, length === 37);
      return { family: "inet6", source: ipv6Endpoint(view, at + 1), dest: ipv6Endpoint(view, at + 19) };
    case AF_UNIX:
      expectLength("tuple", family, length, length >= 17);
      return {
        family: "unix",
        source: getU64(view, at + 1),
        dest: getU64(view, at + 9),
        path: text(bytesAt(view, at + 17, length - 17)),
      };
    default:
      return { family, data: bytesAt(view, at + 1, length - 1).slice() };
  }
}
