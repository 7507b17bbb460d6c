/** The state of the moment as the lists of a capture file: the counterpart of state/load.ts. */
import type { Fd, Interface, Thread as ListedThread, Lists } from "../../scap/index.ts";
import { type FdInfo, FdType, L4 } from "../state/fd.ts";
import type { State } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";

/** @param interfaces as they were when the capture began: events do not tell of them */
export function listsOf(state: State, interfaces: readonly Interface[]): Lists {
  const threads: ListedThread[] = [];
  const fds: Fd[] = [];
  for (const thread of state.threads) {
    // Of a placeholder nothing is known, and a dead thread is only waited for by others.
    if (thread.isPlaceholder || thread.dead) continue;
    threads.push(listedThread(thread));
    if (thread.isMain)
      for (const [number, info] of thread.fds.entries()) fds.push(listedFd(thread, number, info));
  }
  return {
    threads,
    fds,
    interfaces,
    users: state.users.hostUsers,
    groups: state.users.hostGroups,
  };
}

function listedThread(thread: Thread): ListedThread {
  const { tid, pid, ptid, sid, vpgid, pgid, vtid, vpid, comm, exe, root, flags, uid, gid, loginuid, tty } =
    thread;
  const { exeWritable, exeUpperLayer, exeLowerLayer, exeFromMemfd, exeIno } = thread;
  const { capInheritable, capPermitted, capEffective, env, cgroups, args } = thread;
  return {
    ...{ tid, pid, ptid, sid, vpgid, pgid, vtid, vpid, comm, exe, root, flags, uid, gid, loginuid, tty },
    ...{ exeWritable, exeUpperLayer, exeLowerLayer, exeFromMemfd, exeIno },
    ...{ capInheritable, capPermitted, capEffective, env, cgroups, args },
    exepath: thread.exePath,
    cwd: thread.isMain ? thread.cwd : "",
    fdlimit: thread.fdLimit,
    pfmajor: thread.pfMajor,
    pfminor: thread.pfMinor,
    pidnsInitStartTs: thread.pidnsInitStartTs,
    exeInoCtime: thread.exeCtime,
    exeInoMtime: thread.exeMtime,
    vmsizeKb: thread.vmSize,
    vmrssKb: thread.vmRss,
    vmswapKb: thread.vmSwap,
  };
}

const types: Readonly<Record<number, Fd["type"]>> = {
  [FdType.FILE]: "file",
  [FdType.FILE_V2]: "file",
  [FdType.DIRECTORY]: "directory",
  [FdType.IPV4]: "ipv4",
  [FdType.IPV6]: "ipv6",
  [FdType.IPV4_SERVER]: "ipv4server",
  [FdType.IPV6_SERVER]: "ipv6server",
  [FdType.FIFO]: "fifo",
  [FdType.UNIX]: "unix",
  [FdType.EVENT]: "event",
  [FdType.UNSUPPORTED]: "unsupported",
  [FdType.SIGNALFD]: "signalfd",
  [FdType.EVENTPOLL]: "eventpoll",
  [FdType.INOTIFY]: "inotify",
  [FdType.TIMERFD]: "timerfd",
  [FdType.NETLINK]: "netlink",
  [FdType.BPF]: "bpf",
  [FdType.USERFAULTFD]: "userfaultfd",
  [FdType.IO_URING]: "io_uring",
  [FdType.MEMFD]: "memfd",
  [FdType.PIDFD]: "pidfd",
};

const protocols = {
  [L4.UNKNOWN]: "unknown",
  [L4.NA]: "na",
  [L4.TCP]: "tcp",
  [L4.UDP]: "udp",
  [L4.ICMP]: "icmp",
  [L4.RAW]: "raw",
} as const;

function listedFd({ tid }: Thread, fd: number, info: FdInfo): Fd {
  const common = { tid, fd, ino: info.ino };
  const { name, ends } = info;
  const l4proto = protocols[info.l4 as keyof typeof protocols] ?? "unknown";
  const v6 = info.type === FdType.IPV6 || info.type === FdType.IPV6_SERVER;
  const endpoint = (address: string, port: number) => ({ address: address || (v6 ? "::" : "0.0.0.0"), port });
  const type = types[info.type] ?? "unsupported";
  switch (type) {
    case "ipv4":
    case "ipv6":
      return {
        ...common,
        type,
        source: endpoint(ends.source, ends.sourcePort),
        dest: endpoint(ends.dest, ends.destPort),
        l4proto,
      };
    case "ipv4server":
    case "ipv6server":
      return { ...common, type, local: endpoint(ends.dest, ends.destPort), l4proto };
    case "unix":
      return { ...common, type, source: info.unixSource, dest: info.unixDest, name };
    case "file":
      return { ...common, type, openFlags: info.openFlags, dev: info.dev, name };
    default:
      return { ...common, type, name };
  }
}
