/** Reading and writing: a socket that works is connected, and messages without a connection tell who talks with whom. */
import type { SockTuple } from "../../scap/address.ts";
import { type FdInfo, FdType, type IpEnds, isUnset, L4, type Role } from "../state/fd.ts";
import { type IpTuple, ipTuple, reversed, sameEnds, socketText, tupleText } from "../state/fd-name.ts";
import type { Interfaces } from "../state/interfaces.ts";
import type { Context, Parser } from "./context.ts";
import { inferred, retype, setUnix } from "./sockets.ts";

/** read, readv, write, writev and so on. There are many of them and hardly any changes something: they are not prepared. */
export const transfer: Parser = (context) => {
  const { fd } = context;
  if (fd?.isIp && !fd.connected && context.result >= 0) context.ownFd()!.connected = true;
};

export interface Message {
  readonly tuple: number;
  readonly direction: "in" | "out";
  /** Whether it shows that a socket must be there that nobody saw being made. */
  readonly infers?: boolean;
}

export function message({ tuple, direction, infers = false }: Message): Parser {
  return (context) => {
    if (context.result < 0 || !context.thread) return;
    const has = context.has(tuple);
    if (infers && !context.fd && has) infer(context, context.event.param(tuple) as SockTuple);
    const { fd } = context;
    if (!fd) return;
    if (fd.isIp) fd.connected = true;
    if (!has || (fd.name !== "" && isTcp(fd))) return;
    learn(context, context.event.param(tuple) as SockTuple, direction);
  };
}

function infer(context: Context, tuple: SockTuple): void {
  const info = inferred(tuple);
  if (info) context.open(context.fdNumber, info);
}

/** Connections do not change their ends. */
const isTcp = ({ type, l4 }: FdInfo) => type === FdType.IPV4 && l4 === L4.TCP;

function learn(context: Context, tuple: SockTuple, direction: "in" | "out"): void {
  const ip = ipTuple(tuple);
  if (ip) learnIp(context, ip, direction);
  else if (tuple.family === "unix") {
    const info = retype(context, FdType.UNIX);
    setUnix(info, tuple);
    info.name = tupleText(tuple);
  }
}

function learnIp(context: Context, { type, ends }: IpTuple, direction: "in" | "out"): void {
  const wasServer = context.fd!.isIpServer;
  const info = retype(context, type);
  if (!wasServer && (sameEnds(info.ends, ends) || sameEnds(info.ends, reversed(ends)))) return;
  const role = info.role ?? guessRole(type, direction);
  const isBackwards = role === (direction === "in" ? "client" : "server");
  const merged = merge(info.ends, isBackwards ? reversed(ends) : ends);
  if (sameEnds(merged, info.ends)) return;
  // The ends of a connection that has been made stay: this is one of datagrams.
  if (info.l4 === L4.UNKNOWN) info.l4 = L4.UDP;
  info.ends = complete(merged, context.state.interfaces);
  info.role = role;
  info.name = socketText(info);
}

/** The one who begins is the client. Of IPv6 sockets the existing library takes every one for a client. */
const guessRole = (type: number, direction: "in" | "out"): Exclude<Role, null> =>
  type === FdType.IPV4 && direction === "in" ? "server" : "client";

/** The client is the message's; the server is the first one that was seen. */
function merge(known: IpEnds, { source, sourcePort, dest, destPort }: IpEnds): IpEnds {
  return {
    source,
    sourcePort,
    dest: isUnset(known.dest) ? dest : known.dest,
    destPort: known.destPort === 0 ? destPort : known.destPort,
  };
}

/** Drivers do not always know a socket's own address: that of an interface, then. */
export function complete(ends: IpEnds, interfaces: Interfaces): IpEnds {
  const { source, sourcePort, dest, destPort } = ends;
  const at = isUnset(source) ? "source" : isUnset(dest) ? "dest" : null;
  if (at === null) return ends;
  const peer = at === "source" ? dest : source;
  const local = interfaces.localFor(peer);
  if (local === undefined || (local === peer && sourcePort === destPort)) return ends;
  return { ...ends, [at]: local };
}
