/** State as it was when the capture began: the lists at the head of a file. */
import type { Fd } from "../../scap/fd.ts";
import type { Thread as ListedThread, ScapReader } from "../../scap/index.ts";
import { FdInfo, FdType, L4 } from "./fd.ts";
import { endsText } from "./fd-name.ts";
import { State } from "./state.ts";
import { Texts } from "./texts.ts";
import { Thread } from "./thread.ts";

export function loadState(reader: ScapReader): State {
  const state = new State(reader.machineInfo());
  for (const { address } of reader.interfaces()) state.interfaces.add(address);
  for (const user of reader.users()) state.users.add(user);
  for (const group of reader.groups()) state.users.addGroup(group);
  for (const listed of reader.threads()) addThread(state, listed);
  for (const listed of reader.fds()) {
    const thread = state.threads.get(Number(listed.tid));
    if (thread?.isMain) thread.fds.set(Number(listed.fd), fdInfo(listed));
  }
  return state;
}

function addThread(state: State, listed: ListedThread): void {
  const thread = new Thread(Number(listed.tid));
  for (const key of ["pid", "ptid", "sid", "vpgid", "pgid", "vtid", "vpid"] as const)
    thread[key] = Number(listed[key]);
  const { comm, exe, root, flags, uid, gid, loginuid, tty } = listed;
  Object.assign(thread, { comm, exe, root, flags, uid, gid, loginuid, tty });
  thread.setEnv(Texts.of(listed.env));
  thread.setCgroups(Texts.of(listed.cgroups));
  const { exeWritable, exeUpperLayer, exeLowerLayer, exeFromMemfd, exeIno } = listed;
  Object.assign(thread, { exeWritable, exeUpperLayer, exeLowerLayer, exeFromMemfd, exeIno });
  const { capPermitted, capInheritable, capEffective } = listed;
  Object.assign(thread, { capPermitted, capInheritable, capEffective });
  thread.exePath = listed.exepath;
  thread.fdLimit = listed.fdlimit;
  thread.vmSize = listed.vmsizeKb;
  thread.vmRss = listed.vmrssKb;
  thread.vmSwap = listed.vmswapKb;
  thread.pfMajor = listed.pfmajor;
  thread.pfMinor = listed.pfminor;
  thread.exeCtime = BigInt(listed.exeInoCtime);
  thread.exeMtime = BigInt(listed.exeInoMtime);
  thread.pidnsInitStartTs = BigInt(listed.pidnsInitStartTs);
  // One empty string is how some files write "none".
  const noArgs = listed.args.length === 1 && listed.args[0] === "";
  thread.setArgs(noArgs ? Texts.none : Texts.of(listed.args));
  if (state.threads.add(thread) && thread.isMain) thread.cwd = listed.cwd;
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

function fdInfo(listed: Fd): FdInfo {
  const info = new FdInfo(types[listed.type]);
  info.ino = listed.ino;
  if ("name" in listed) info.name = listed.name;
  if ("l4proto" in listed) info.l4 = protocols[listed.l4proto];
  if (listed.type === "file") {
    info.openFlags = listed.openFlags;
    info.dev = listed.dev;
  } else if (listed.type === "unix") {
    info.unixSource = listed.source;
    info.unixDest = listed.dest;
  } else if ("source" in listed) {
    const { source, dest } = listed;
    info.ends = { source: source.address, sourcePort: source.port, dest: dest.address, destPort: dest.port };
    info.name = endsText(info.ends);
  } else if ("local" in listed) {
    const { address, port } = listed.local;
    info.ends = { source: "", sourcePort: 0, dest: address, destPort: port };
    info.name = `${address}:${port}`;
    info.role = "server";
  }
  return info;
}
