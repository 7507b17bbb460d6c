/** Descriptors that were open when the capture began. */
import type { Fd } from "../../scap/fd.ts";
import { complete } from "../parsers/messages.ts";
import { FdInfo, FdType, L4 } from "./fd.ts";
import { endsText, ipv6Ends, reversed } from "./fd-name.ts";
import type { State } from "./state.ts";

export function addListedFds(state: State, list: Iterable<Fd>): void {
  const serverPorts = new Set<number>();
  const connections: FdInfo[] = [];
  for (const listed of list) {
    const info = fdInfo(listed, state);
    if (info.isIpServer) serverPorts.add(info.ends.destPort);
    if (info.type === FdType.IPV4) connections.push(info);
    const thread = state.threads.get(Number(listed.tid));
    if (thread?.isMain) thread.fds.set(Number(listed.fd), info);
  }
  for (const info of connections) giveRole(info, serverPorts);
}

/** The list tells of each connection which end is here: here is the server's end if it is a port that somebody listens on. */
function giveRole(info: FdInfo, serverPorts: ReadonlySet<number>): void {
  info.role = serverPorts.has(info.ends.sourcePort) ? "server" : "client";
  if (info.role === "client") return;
  info.ends = reversed(info.ends);
  info.name = endsText(info.ends);
}

const types: Readonly<Record<Fd["type"], number>> = {
  file: FdType.FILE_V2,
  directory: FdType.DIRECTORY,
  ipv4: FdType.IPV4,
  ipv6: FdType.IPV6,
  ipv4server: FdType.IPV4_SERVER,
  ipv6server: FdType.IPV6_SERVER,
  fifo: FdType.FIFO,
  unix: FdType.UNIX,
  event: FdType.EVENT,
  unsupported: FdType.UNSUPPORTED,
  signalfd: FdType.SIGNALFD,
  eventpoll: FdType.EVENTPOLL,
  inotify: FdType.INOTIFY,
  timerfd: FdType.TIMERFD,
  netlink: FdType.NETLINK,
  bpf: FdType.BPF,
  userfaultfd: FdType.USERFAULTFD,
  io_uring: FdType.IO_URING,
  memfd: FdType.MEMFD,
  pidfd: FdType.PIDFD,
};

const protocols = { unknown: L4.UNKNOWN, na: L4.NA, tcp: L4.TCP, udp: L4.UDP, icmp: L4.ICMP, raw: L4.RAW };

/** One that was found open while events came. */
export function listedFd(listed: Fd, state: State): FdInfo {
  const info = fdInfo(listed, state);
  if (info.type === FdType.IPV4) info.role = "client";
  return info;
}

/** What the list tells. */
function fdInfo(listed: Fd, state: State): FdInfo {
  if ("source" in listed && listed.type !== "unix") return connection(listed, state);
  const info = new FdInfo(types[listed.type]);
  info.ino = listed.ino;
  if ("name" in listed) info.name = listed.name;
  if (listed.type === "file") {
    info.openFlags = listed.openFlags;
    info.dev = listed.dev;
  } else if (listed.type === "unix") {
    info.unixSource = listed.source;
    info.unixDest = listed.dest;
    info.role = info.name === "" ? "client" : "server";
  } else if ("local" in listed) {
    const { address, port } = listed.local;
    info.l4 = protocols[listed.l4proto];
    info.ends = { source: address, sourcePort: 0, dest: address, destPort: port };
    info.name = `${address}:${port}`;
  }
  return info;
}

function connection(listed: Extract<Fd, { type: "ipv4" | "ipv6" }>, { interfaces }: State): FdInfo {
  const ip = ipv6Ends(listed.source, listed.dest);
  const info = new FdInfo(listed.type === "ipv4" ? FdType.IPV4 : ip.type);
  info.ino = listed.ino;
  info.l4 = protocols[listed.l4proto];
  info.connected = info.l4 === L4.TCP;
  const { source, dest } = listed;
  const ends =
    listed.type === "ipv4"
      ? { source: source.address, sourcePort: source.port, dest: dest.address, destPort: dest.port }
      : ip.ends;
  info.ends = info.type === FdType.IPV4 ? complete(ends, interfaces) : ends;
  info.name = endsText(info.ends);
  return info;
}
