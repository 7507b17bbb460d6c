/** How sockets are called, and between whom they are. */
import type { Endpoint, SockAddr, SockTuple } from "../../scap/address.ts";
import { type FdInfo, FdType, type IpEnds, L4 } from "./fd.ts";

export const endsText = ({ source, sourcePort, dest, destPort }: IpEnds) =>
  `${source}:${sourcePort}->${dest}:${destPort}`;

/** Without a protocol that is known to have ports there are none, and without a known one there is no name. */
export function socketText({ type, l4, ends }: FdInfo): string {
  if (l4 === L4.TCP || l4 === L4.UDP) return endsText(ends);
  const isNamed = l4 === L4.ICMP || (l4 === L4.RAW && type === FdType.IPV4);
  return isNamed ? `${ends.source}->${ends.dest}` : "<unknown>";
}

export function tupleText(tuple: SockTuple): string {
  if (tuple.family === "unix") {
    const { source, dest, path } = tuple as Extract<SockTuple, { family: "unix" }>;
    return `${source.toString(16)}->${dest.toString(16)} ${path}`;
  }
  const ip = ipTuple(tuple);
  return ip ? endsText(ip.ends) : `family ${tuple.family}`;
}

export function addressText(address: SockAddr): string {
  if ("path" in address) return address.path;
  return "port" in address ? `${address.address}:${address.port}` : `family ${address.family}`;
}

/** The IPv4 address that an IPv6 address stands for: the one mapped into it, 0.0.0.0 for no address at all. */
export function mappedIpv4(address: string): string | undefined {
  if (address === "::") return "0.0.0.0";
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : undefined;
}

export interface IpTuple {
  readonly type: typeof FdType.IPV4 | typeof FdType.IPV6;
  readonly ends: IpEnds;
}

/** An IPv6 socket that talks IPv4 counts as one of IPv4. undefined: not of IP. */
export function ipTuple(tuple: SockTuple): IpTuple | undefined {
  if (tuple.family !== "inet" && tuple.family !== "inet6") return undefined;
  const { source, dest } = tuple as Extract<SockTuple, { family: "inet" | "inet6" }>;
  if (tuple.family === "inet") return { type: FdType.IPV4, ends: between(source, dest) };
  return ipv6Ends(source, dest);
}

const between = (source: Endpoint, dest: Endpoint): IpEnds => ({
  source: source.address,
  sourcePort: source.port,
  dest: dest.address,
  destPort: dest.port,
});

export function ipv6Ends(source: Endpoint, dest: Endpoint): IpTuple {
  const [from, to] = [mappedIpv4(source.address), mappedIpv4(dest.address)];
  if (from === undefined || to === undefined) return { type: FdType.IPV6, ends: between(source, dest) };
  return {
    type: FdType.IPV4,
    ends: between({ address: from, port: source.port }, { address: to, port: dest.port }),
  };
}

export const reversed = ({ source, sourcePort, dest, destPort }: IpEnds): IpEnds => ({
  source: dest,
  sourcePort: destPort,
  dest: source,
  destPort: sourcePort,
});

export const sameEnds = (a: IpEnds, b: IpEnds) =>
  a.source === b.source && a.sourcePort === b.sourcePort && a.dest === b.dest && a.destPort === b.destPort;
