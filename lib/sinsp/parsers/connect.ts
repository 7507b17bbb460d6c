/** connect: the socket's other end. */
import type { SockAddr, SockTuple } from "../../scap/address.ts";
import { FdType, L4 } from "../state/fd.ts";
import {
  type IpTuple,
  ipTuple,
  ipv6Ends,
  mappedIpv4,
  reversed,
  sameEnds,
  socketText,
  tupleText,
} from "../state/fd-name.ts";
import type { Context, Parser } from "./context.ts";
import { enterOf } from "./enter.ts";
import { retype, setUnix } from "./sockets.ts";

const EINPROGRESS = -115;

export const connect: Parser = (context) => {
  const { fd, thread, result } = context;
  if (!fd || !thread) return;
  if (result < 0 && result !== EINPROGRESS) {
    fd.failed = true;
    return;
  }
  fd.connected = true;
  fd.pending = result === EINPROGRESS;
  const asked = enterOf(context)?.address ?? null;
  const told = context.has(3) ? (context.event.param(3) as SockAddr) : null;
  if (context.has(1)) joinTuple(context, context.event.param(1) as SockTuple, told, asked);
  else if (asked) joinAddress(context, asked);
};

function joinTuple(context: Context, tuple: SockTuple, told: SockAddr | null, asked: SockAddr | null): void {
  const trusted = withTrustedDest(tuple, told, asked);
  const ip = ipTuple(trusted);
  if (ip) joinIp(context, ip);
  else if (context.fd!.type === FdType.UNIX && tuple.family === "unix") {
    setUnix(context.fd!, tuple);
    context.fd!.name = tupleText(trusted);
  } else return;
  context.fd!.role ??= "client";
}

/**
 * TOCTOU: a destination that is the address read from the caller at the exit may not be the one that the kernel was given;
 * that of the enter event is sooner. Any other destination comes from the kernel's own socket.
 */
function withTrustedDest(tuple: SockTuple, told: SockAddr | null, asked: SockAddr | null): SockTuple {
  if (!told || !asked || told.family !== tuple.family || asked.family !== tuple.family) return tuple;
  if ("path" in tuple && "path" in told && "path" in asked)
    return tuple.path === told.path ? { ...tuple, path: asked.path } : tuple;
  if (!("port" in told) || !("port" in asked) || tuple.family === "unix") return tuple;
  const ip = tuple as Extract<SockTuple, { family: "inet" | "inet6" }>;
  if (ip.dest.address !== told.address || ip.dest.port !== told.port) return tuple;
  if (asked.address === told.address && asked.port === told.port) return tuple;
  return { family: ip.family, source: ip.source, dest: { address: asked.address, port: asked.port } };
}

function joinIp(context: Context, { type, ends }: IpTuple): void {
  const info = retype(context, type);
  const known = sameEnds(info.ends, ends) || sameEnds(info.ends, reversed(ends));
  // A server of datagrams that connects to one of its clients stays the server.
  const isServer = info.role === "server" && info.l4 === L4.UDP && type === FdType.IPV4;
  if (!known) info.ends = isServer ? reversed(ends) : ends;
  info.name = socketText(info);
}

/** The kernel has not told the socket's ends: TCP fast open connects with the first data. */
function joinAddress(context: Context, address: SockAddr): void {
  if (!("port" in address)) {
    if ("path" in address) context.fd!.name = address.path;
    return;
  }
  const { address: dest, port } = address;
  const isIpv4 = address.family === "inet" || mappedIpv4(dest) !== undefined;
  const info = retype(context, isIpv4 ? FdType.IPV4 : FdType.IPV6);
  const { source, sourcePort } = info.ends;
  const unset = isIpv4 ? "0.0.0.0" : "::";
  const from = { address: (source.includes(":") === !isIpv4 ? source : unset) || unset, port: sourcePort };
  info.ends =
    address.family === "inet"
      ? { source: from.address, sourcePort, dest, destPort: port }
      : ipv6Ends(isIpv4 ? { address: "::", port: sourcePort } : from, { address: dest, port }).ends;
}
