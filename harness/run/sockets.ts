/** Expected socket addresses and tuples, as encoded in PT_SOCKADDR and PT_SOCKTUPLE. */
import { ipv4Bytes, ipv6Bytes } from "../program/net.ts";
import type { Arch } from "./target.ts";
import { bytes, type Expected, type Num, parts, text, u8, u16 } from "./values.ts";

const family = { unix: 1, inet: 2, inet6: 10 } as const;

const ipBytes = (address: string) => (address.includes(":") ? ipv6Bytes(address) : ipv4Bytes(address));

const ipFamily = (address: string) => u8(address.includes(":") ? family.inet6 : family.inet);

/** Family, address, port in host order: 7 or 19 bytes. */
export function inetAddress(address: string, port: Num): Expected {
  return parts(ipFamily(address), bytes(ipBytes(address)), u16(port));
}

/** Family, source address and port, destination address and port: 13 or 37 bytes. */
export function inetTuple(source: string, sourcePort: Num, dest: string, destPort: Num): Expected {
  return parts(
    ipFamily(source),
    bytes(ipBytes(source)),
    u16(sourcePort),
    bytes(ipBytes(dest)),
    u16(destPort),
  );
}

export function unixAddress(path: string): Expected {
  return parts(u8(family.unix), text(path));
}

const pointerReason = "kernel addresses of sockets: user space cannot know them";

/** Which of a tuple's two kernel socket addresses are there; a socket without peer has zeroes in the peer's place. */
export interface TupleEnds {
  readonly first?: "socket" | "none";
  readonly second?: "socket" | "none";
}

/** Family, two kernel socket addresses, path. */
export function unixTuple(path: string, { first = "socket", second = "socket" }: TupleEnds = {}): Expected {
  const tail = Buffer.from(`${path}\0`);
  return {
    encode: () => Buffer.concat([Buffer.of(family.unix), new Uint8Array(16), tail]),
    loose: {
      reason: pointerReason,
      accepts: (got, { arch }) =>
        got.length === 17 + tail.length &&
        got[0] === family.unix &&
        isEnd(got, 1, first, arch) &&
        isEnd(got, 9, second, arch) &&
        Buffer.compare(got.subarray(17), tail) === 0,
      describe: () =>
        `${[first, second].map((end) => (end === "none" ? "no address" : "a kernel address")).join(", ")}, ${JSON.stringify(path)}`,
    },
  };
}

function isEnd(bytes: Uint8Array, at: number, end: "socket" | "none", arch: Arch): boolean {
  if (end === "socket") return isKernelAddress(bytes, at, arch);
  return bytes.subarray(at, at + 8).every((byte) => byte === 0);
}

/** A kernel address of a socket as a parameter of its own. */
export const socketAddress: Expected = {
  encode: () => new Uint8Array(8),
  loose: {
    reason: pointerReason,
    accepts: (got, { arch }) => got.length === 8 && isKernelAddress(got, 0, arch),
    describe: () => "a kernel address",
  },
};

/** Aligned, and nothing that a length could be; on s390x, where the kernel's addresses begin at 0, not in its first pages either. */
function isKernelAddress(bytes: Uint8Array, at: number, arch: Arch): boolean {
  const address = Buffer.from(bytes).readBigUInt64LE(at);
  return address >= (arch === "s390x" ? 1n << 16n : 1n << 32n) && (address & 7n) === 0n;
}
