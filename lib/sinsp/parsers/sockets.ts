/** Sockets: their addresses, and which end is the client. */
import type { SockAddr, SockTuple } from "../../scap/address.ts";
import { FdInfo, FdType, type IpEnds, L4, type Role } from "../state/fd.ts";
import { addressText, endsText, tupleEnds, tupleText } from "../state/fd-name.ts";
import type { Context, Parser } from "./context.ts";

const AF = { UNIX: 1, INET: 2, INET6: 10, NETLINK: 16 } as const;
const SOCK = { STREAM: 1, DGRAM: 2, RAW: 3 } as const;
const IPPROTO = { IP: 0, ICMP: 1, TCP: 6, UDP: 17, RAW: 255 } as const;
const EINPROGRESS = -115;

const typeOfDomain: Readonly<Record<number, number>> = {
  [AF.UNIX]: FdType.UNIX,
  [AF.INET]: FdType.IPV4,
  [AF.INET6]: FdType.IPV6,
  [AF.NETLINK]: FdType.NETLINK,
};

function protocol(type: number, proto: number): number {
  const kind = type & 0xff;
  if (kind === SOCK.RAW && proto !== IPPROTO.UDP) return L4.RAW;
  switch (proto) {
    case IPPROTO.TCP:
      return L4.TCP;
    case IPPROTO.UDP:
      return L4.UDP;
    case IPPROTO.ICMP:
      return L4.ICMP;
    case IPPROTO.RAW:
      return L4.RAW;
    case IPPROTO.IP:
      return kind === SOCK.STREAM ? L4.TCP : kind === SOCK.DGRAM ? L4.UDP : L4.UNKNOWN;
    default:
      return L4.UNKNOWN;
  }
}

export const socket: Parser = (context) => {
  if (context.result < 0) return;
  const domain = context.num(1);
  const info = new FdInfo(typeOfDomain[domain] ?? FdType.UNKNOWN);
  if (info.isIp) info.l4 = protocol(context.num(2), context.num(3));
  context.open(context.result, info);
};

export const socketpair: Parser = (context) => {
  if (context.result < 0) return;
  const isUnix = !context.has(5) || context.num(5) === AF.UNIX;
  for (const index of [1, 2]) {
    const info = new FdInfo(isUnix ? FdType.UNIX : FdType.UNKNOWN);
    info.unixSource = context.int(3);
    info.unixDest = context.int(4);
    context.open(context.num(index), info);
  }
};

/** The socket is of another type from now on. */
function replace(context: Context, type: number): FdInfo {
  const info = context.fd!.type === type ? context.fd! : context.fd!.copy(type);
  context.thread!.fds.set(context.fdNumber, info);
  context.fd = info;
  return info;
}

export const bind: Parser = (context) => {
  if (context.result < 0 || !context.fd || !context.has(1)) return;
  const address = context.event.param(1) as SockAddr;
  if ("port" in address && address.port > 0) {
    const type = address.family === "inet" ? FdType.IPV4_SERVER : FdType.IPV6_SERVER;
    const info = replace(context, type);
    info.ends = { source: "", sourcePort: 0, dest: address.address, destPort: address.port };
    info.role = "server";
  }
  context.fd.name = addressText(address);
};

export const connect: Parser = (context) => {
  const { fd, result } = context;
  if (!fd) return;
  if (result < 0 && result !== EINPROGRESS) {
    fd.failed = true;
    return;
  }
  if (context.has(1)) join(context, context.event.param(1) as SockTuple, "client");
  else if (context.has(3)) joinAddress(context, context.event.param(3) as SockAddr);
  context.fd!.pending = result === EINPROGRESS;
  context.fd!.connected = true;
};

function join(context: Context, tuple: SockTuple, role: Role): void {
  const ends = tupleEnds(tuple);
  if (ends) setEnds(replace(context, ipType(tuple)), ends, role);
  else if (tuple.family === "unix") setUnix(replace(context, FdType.UNIX), tuple, role);
}

const ipType = (tuple: SockTuple) => (tuple.family === "inet" ? FdType.IPV4 : FdType.IPV6);

function setEnds(info: FdInfo, ends: IpEnds, role: Role): void {
  info.ends = ends;
  info.role = role;
  info.name = endsText(ends);
}

function setUnix(info: FdInfo, tuple: SockTuple, role: Role): void {
  const { source, dest } = tuple as Extract<SockTuple, { family: "unix" }>;
  info.unixSource = source;
  info.unixDest = dest;
  info.role = role;
  info.name = tupleText(tuple);
}

/** The driver did not tell the socket's own address. */
function joinAddress(context: Context, address: SockAddr): void {
  const { fd } = context;
  if (!fd || !("port" in address)) return;
  const { source, sourcePort } = fd.ends;
  setEnds(fd, { source, sourcePort, dest: address.address, destPort: address.port }, "client");
}

export const accept: Parser = (context) => {
  if (context.result < 0 || !context.has(1)) return;
  const tuple = context.event.param(1) as SockTuple;
  const ends = tupleEnds(tuple);
  const info = new FdInfo(ends ? ipType(tuple) : FdType.UNIX);
  if (ends) {
    info.l4 = L4.TCP;
    setEnds(info, ends, "server");
  } else if (tuple.family === "unix") setUnix(info, tuple, "server");
  else return;
  info.connected = true;
  context.open(context.result, info);
};

/** Error of a connection that was not finished when connect() returned: 0 is success. */
export const getsockopt: Parser = (context) => {
  const SOL_SOCKET = 1;
  const SO_ERROR = 4;
  const { fd } = context;
  if (!fd?.pending || context.result < 0) return;
  if (context.num(2) !== SOL_SOCKET || context.num(3) !== SO_ERROR || !context.has(4)) return;
  const { value } = context.event.param(4) as { value: unknown };
  fd.pending = false;
  fd.failed = Number(value) !== 0;
};

/** Of a datagram socket without a connection, each message tells anew who talks with whom. */
export function sends(tuple: number): Parser {
  return (context) => exchange(context, tuple, "client");
}

export function receives(tuple: number): Parser {
  return (context) => exchange(context, tuple, "server");
}

function exchange(context: Context, index: number, guess: Exclude<Role, null>): void {
  const { fd } = context;
  if (!fd || context.result < 0 || !context.has(index)) return;
  if (!fd.isIp && fd.type !== FdType.UNIX) return;
  const tuple = context.event.param(index) as SockTuple;
  const ends = tupleEnds(tuple);
  if (!ends) {
    if (fd.name === "" && tuple.family === "unix") setUnix(fd, tuple, fd.role ?? guess);
    return;
  }
  if (fd.connected || sameEnds(fd.ends, ends)) return;
  setEnds(replace(context, ipType(tuple)), ends, fd.role ?? guess);
}

/** In either direction. */
function sameEnds(a: IpEnds, b: IpEnds): boolean {
  const forth =
    a.source === b.source && a.sourcePort === b.sourcePort && a.dest === b.dest && a.destPort === b.destPort;
  const back =
    a.source === b.dest && a.sourcePort === b.destPort && a.dest === b.source && a.destPort === b.sourcePort;
  return forth || back;
}
