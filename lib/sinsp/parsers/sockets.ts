/** Sockets come into being and get names. */
import { PPM } from "#schema/flags";
import type { SockAddr, SockTuple } from "../../scap/address.ts";
import { FdInfo, FdType, L4 } from "../state/fd.ts";
import { addressText, ipTuple, mappedIpv4, tupleText } from "../state/fd-name.ts";
import type { Context, Parser } from "./context.ts";
import { closesOnExec } from "./descriptors.ts";

const AF = { UNIX: 1, INET: 2, INET6: 10, NETLINK: 16 } as const;
const SOCK = { STREAM: 1, DGRAM: 2, RAW: 3 } as const;
const IPPROTO = { IP: 0, ICMP: 1, TCP: 6, UDP: 17, RAW: 255 } as const;

const typeOfDomain: Readonly<Record<number, number>> = {
  [AF.UNIX]: FdType.UNIX,
  [AF.INET]: FdType.IPV4,
  [AF.INET6]: FdType.IPV6,
  [AF.NETLINK]: FdType.NETLINK,
};

/** Beside the kind, a type has flags: with any of them, the existing library does not see that a socket is raw. */
function protocol(type: number, proto: number): number {
  const kind = type & 0xff;
  if (proto === IPPROTO.RAW) return L4.RAW;
  if (proto === IPPROTO.IP) return kind === SOCK.STREAM ? L4.TCP : kind === SOCK.DGRAM ? L4.UDP : L4.UNKNOWN;
  const known = { [IPPROTO.TCP]: L4.TCP, [IPPROTO.UDP]: L4.UDP, [IPPROTO.ICMP]: L4.ICMP }[proto];
  if (known === undefined) return L4.UNKNOWN;
  return type === SOCK.RAW ? L4.RAW : known;
}

export const socket: Parser = (context) => {
  if (context.result < 0) return;
  const info = newSocket(context.num(1), context.num(2), context.num(3));
  info.openFlags = closesOnExec(context, { param: 4, bit: PPM.PPM_O_CLOEXEC });
  context.open(context.result, info);
};

function newSocket(domain: number, type: number, proto: number): FdInfo {
  const info = new FdInfo(typeOfDomain[domain] ?? FdType.UNKNOWN);
  if (info.isIp) info.l4 = protocol(type, proto);
  return info;
}

/** Of a socket that was made before anybody looked, a message shows what it is: most likely one of datagrams. */
export function inferred(tuple: SockTuple): FdInfo | undefined {
  if (tuple.family !== "inet" && tuple.family !== "inet6") return undefined;
  return newSocket(tuple.family === "inet" ? AF.INET : AF.INET6, SOCK.DGRAM, IPPROTO.UDP);
}

/** What the kernel's type parameter holds beside the kind. */
const SOCK_CLOEXEC = 0o2000000;

export const socketpair: Parser = (context) => {
  if (context.result < 0 || context.num(1) === context.num(2)) return;
  for (const index of [1, 2]) {
    const info = new FdInfo(FdType.UNIX);
    info.unixSource = context.int(3);
    info.unixDest = context.int(4);
    info.openFlags = closesOnExec(context, { param: 6, bit: SOCK_CLOEXEC });
    context.open(context.num(index), info);
  }
};

/** The socket is of another type from now on. */
export function retype(context: Context, type: number): FdInfo {
  const { fd, thread } = context;
  if (fd!.type === type) return fd!;
  const info = fd!.copy(type);
  // Of an IPv6 socket that turns out to talk IPv4 the existing library forgets the protocol.
  if (fd!.type === FdType.IPV6 && type === FdType.IPV4) info.l4 = L4.UNKNOWN;
  thread!.fds.set(context.fdNumber, info);
  context.fd = info;
  return info;
}

/** A socket with a port of its own is one that others can come to. */
export const bind: Parser = (context) => {
  if (context.result < 0 || !context.fd || !context.thread || !context.has(1)) return;
  const address = context.event.param(1) as SockAddr;
  if ("port" in address && address.port > 0) {
    const ipv4 = address.family === "inet" ? address.address : mappedIpv4(address.address);
    const info = retype(context, ipv4 === undefined ? FdType.IPV6_SERVER : FdType.IPV4_SERVER);
    const own = ipv4 ?? address.address;
    info.ends = { source: own, sourcePort: 0, dest: own, destPort: address.port };
    info.role = "server";
  }
  context.fd!.name = addressText(address);
};

/** accept, accept4: `flags` of the latter. */
export const accept =
  (flags?: number): Parser =>
  (context) => {
    if (context.result < 0) return;
    context.fdNumber = context.result;
    context.fd = context.thread?.fd(context.result);
    if (!context.has(1)) return;
    const tuple = context.event.param(1) as SockTuple;
    const info = accepted(tuple);
    if (!info) return;
    info.name = tupleText(tuple);
    info.role = "server";
    info.connected = true;
    if (flags !== undefined) info.openFlags = closesOnExec(context, { param: flags, bit: PPM.PPM_O_CLOEXEC });
    context.open(context.result, info);
  };

function accepted(tuple: SockTuple): FdInfo | undefined {
  const ip = ipTuple(tuple);
  if (ip) {
    const info = new FdInfo(ip.type);
    info.l4 = L4.TCP;
    info.ends = ip.ends;
    return info;
  }
  if (tuple.family !== "unix") return undefined;
  const info = new FdInfo(FdType.UNIX);
  setUnix(info, tuple);
  return info;
}

/** Addresses of the kernel's sockets. */
export function setUnix(info: FdInfo, tuple: SockTuple): void {
  const { source, dest } = tuple as Extract<SockTuple, { family: "unix" }>;
  info.unixSource = source;
  info.unixDest = dest;
}

/** Error of a connection that was not finished when connect() returned: 0 is success. */
export const getsockopt: Parser = (context) => {
  const { fd } = context;
  if (!fd?.pending || context.result < 0) return;
  const isError =
    context.num(2) === PPM.PPM_SOCKOPT_LEVEL_SOL_SOCKET && context.num(3) === PPM.PPM_SOCKOPT_SO_ERROR;
  if (!isError || !context.has(4)) return;
  const { value } = context.event.param(4) as { value: unknown };
  fd.pending = false;
  fd.failed = Number(value) !== 0;
};
