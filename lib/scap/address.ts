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

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function endpoint(bytes: Uint8Array, at: number, width: 4 | 16): Endpoint {
  const raw = bytes.subarray(at, at + width);
  return {
    address: width === 4 ? ipv4Text(raw) : ipv6Text(raw),
    port: bytes[at + width]! | (bytes[at + width + 1]! << 8),
  };
}

function expectLength(what: string, bytes: Uint8Array, good: boolean): void {
  if (!good) throw malformed(`${what} of family ${bytes[0]} has ${bytes.length} bytes`);
}

export function decodeSockAddr(bytes: Uint8Array): SockAddr {
  switch (bytes[0]) {
    case AF_INET:
      expectLength("address", bytes, bytes.length === 7);
      return { family: "inet", ...endpoint(bytes, 1, 4) };
    case AF_INET6:
      expectLength("address", bytes, bytes.length === 19);
      return { family: "inet6", ...endpoint(bytes, 1, 16) };
    case AF_UNIX:
      return { family: "unix", path: text(bytes.subarray(1)) };
    default:
      return { family: bytes[0]!, data: bytes.slice(1) };
  }
}

export function decodeSockTuple(bytes: Uint8Array): SockTuple {
  switch (bytes[0]) {
    case AF_INET:
      expectLength("tuple", bytes, bytes.length === 13);
      return { family: "inet", source: endpoint(bytes, 1, 4), dest: endpoint(bytes, 7, 4) };
    case AF_INET6:
      expectLength("tuple", bytes, bytes.length === 37);
      return { family: "inet6", source: endpoint(bytes, 1, 16), dest: endpoint(bytes, 19, 16) };
    case AF_UNIX: {
      expectLength("tuple", bytes, bytes.length >= 17);
      const view = viewOf(bytes);
      return {
        family: "unix",
        source: getU64(view, 1),
        dest: getU64(view, 9),
        path: text(bytes.subarray(17)),
      };
    }
    default:
      return { family: bytes[0]!, data: bytes.slice(1) };
  }
}
