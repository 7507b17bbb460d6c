/** One block of each version with a value in every field, as the fixtures in blocks/ show them. */
import type { Fd } from "../fd.ts";
import type { Group, Interface, User } from "../machine-lists.ts";
import type { Thread } from "../thread.ts";
import type { Annotated, ByteOrder } from "./annotated.ts";
import * as blocks from "./blocks.ts";
import { type Event, event, eventKinds } from "./events.ts";

export const machine: blocks.Machine = {
  cpus: 4,
  memoryBytes: 0x4_0000_0000n,
  maxPid: 4194304n,
  hostname: "box",
  bootTs: 1_700_000_000_000_000_000n,
  flags: 3n,
};

export const threads: readonly Thread[] = [
  {
    ...{ tid: 1001, pid: 1000, ptid: 1, sid: 900, vpgid: 12, pgid: 901, vtid: 13, vpid: 12 },
    ...{ fdlimit: 1024, pfmajor: 5, pfminor: 700, pidnsInitStartTs: 1_600_000_000_000_000_000n },
    ...{ capInheritable: 1, capPermitted: 0x1ff_ffff_ffff, capEffective: 2 },
    ...{ exeIno: 77, exeInoCtime: 1_500_000_000_000_000_001n, exeInoMtime: 1_500_000_000_000_000_002n },
    ...{ comm: "server", exe: "./server", exepath: "/srv/server", args: ["-p", "80"], cwd: "/srv" },
    ...{ env: ["A=1", "B="], cgroups: ["cpu=/x", "memory=/y"], root: "/r" },
    ...{ flags: 0x10, uid: 33, gid: 34, loginuid: 1000, tty: 34816 },
    ...{ vmsizeKb: 9000, vmrssKb: 800, vmswapKb: 7 },
    ...{ exeWritable: true, exeUpperLayer: false, exeLowerLayer: true, exeFromMemfd: true },
  },
];

export const fds: readonly Fd[] = [
  {
    ...{ tid: 1001, fd: 3, ino: 10, type: "ipv4", l4proto: "tcp" },
    source: { address: "10.0.0.1", port: 41000 },
    dest: { address: "10.0.0.2", port: 80 },
  },
  {
    ...{ tid: 1001, fd: 4, ino: 11, type: "ipv6", l4proto: "udp" },
    source: { address: "2001:db8:1:2:3:4:5:6", port: 1 },
    dest: { address: "fe80:1:2:3:4:5:6:7", port: 65535 },
  },
  { tid: 1001, fd: 5, ino: 12, type: "ipv4server", l4proto: "raw", local: { address: "127.0.0.1", port: 0 } },
  {
    ...{ tid: 1001, fd: 6, ino: 13, type: "ipv6server", l4proto: "icmp" },
    local: { address: "1:2:3:4:5:6:7:8", port: 8080 },
  },
  { tid: 1001, fd: 7, ino: 14, type: "unix", source: 0x1234_5678_9abc, dest: 0, name: "/run/s" },
  { tid: 1001, fd: 8, ino: 2n ** 63n, type: "file", openFlags: 4097, dev: 0x801, name: "/etc/passwd" },
  { tid: 1001, fd: 9, ino: 16, type: "file", openFlags: 0, dev: 0, name: "/old" },
  ...(
    [
      "directory",
      "fifo",
      "event",
      "unsupported",
      "signalfd",
      "eventpoll",
      "inotify",
      "timerfd",
      "netlink",
    ] as const
  ).map((type, i) => ({ tid: 1001, fd: 20 + i, ino: 100 + i, type, name: `/${type}` })),
  ...(["bpf", "userfaultfd", "io_uring", "memfd", "pidfd"] as const).map((type, i) => ({
    ...{ tid: 1001, fd: 40 + i, ino: 200 + i, type, name: "" },
  })),
];

export const interfaces: readonly Interface[] = [
  {
    ...{ ipVersion: 4, name: "eth0", address: "192.0.2.1", netmask: "255.255.255.0" },
    ...{ broadcast: "192.0.2.255", linkspeed: 1_000_000_000 },
  },
  {
    ...{ ipVersion: 6, name: "wg", address: "2001:db8:1:2:3:4:5:6", netmask: "ffff:ffff:1:1:1:1:1:1" },
    ...{ broadcast: "1:1:1:1:1:1:1:1", linkspeed: 0 },
  },
];

export const users: readonly User[] = [
  { uid: 0, gid: 0, name: "root", home: "/root", shell: "/bin/sh" },
  { uid: 4294967294, gid: 65534, name: "nobody", home: "", shell: "" },
];
export const groups: readonly Group[] = [{ gid: 65534, name: "nogroup" }];

/** The exit of a read: result, data. */
const read: Event = {
  ...{ ts: 1_700_000_000_123_456_789n, tid: 1001n, type: 7, cpu: 3, flags: 1 },
  params: [(p) => p.i64("res", -11), (p) => p.raw('data = "abc"', Buffer.from("abc"))],
};
/** An asynchronous event, whose lengths are u32: plugin, name, data. */
const async: Event = {
  ...{ ts: 5n, tid: -1n, type: 402, cpu: 65535, flags: 2 },
  params: [
    (p) => p.u32("plugin_id", 7),
    (p) => p.raw('name = "n"', Buffer.from("n\0")),
    (p) => p.raw("data", Buffer.alloc(20, 0xee)),
  ],
};

/** Two texts. */
const notification: Event["params"] = [
  (p) => p.raw('id = "1"', Buffer.from("1\0")),
  (p) => p.raw('desc = "d"', Buffer.from("d\0")),
];

export interface Sample {
  /** Also the name of its fixture. */
  readonly name: string;
  readonly make: (order: ByteOrder) => Annotated;
}

const hex = (code: number) => code.toString(16);

function versions(
  what: string,
  codes: readonly (readonly number[])[],
  make: (order: ByteOrder, version: number, code: number) => Annotated,
): Sample[] {
  return codes.flatMap((ofVersion, i) =>
    ofVersion.map((code) => ({
      name: `${what}-v${i + 1}-${hex(code)}`,
      make: (order: ByteOrder) => make(order, i + 1, code),
    })),
  );
}

export const samples: readonly Sample[] = [
  { name: "section", make: (order) => blocks.section(order) },
  {
    name: "section-with-options",
    make: (order) =>
      blocks.section(order, { minor: 0, options: Buffer.from("\x01\0\x04\0note\0\0\0\0", "latin1") }),
  },
  ...blocks.machineCodes.map((code) => ({
    name: `machine-${hex(code)}`,
    make: (order: ByteOrder) => blocks.machine(order, code, machine),
  })),
  ...versions("processes", blocks.processCodes, (order, version, code) =>
    blocks.processes(order, version, threads, { code }),
  ),
  { name: "processes-v9-old-tail", make: (order) => blocks.processes(order, 9, threads, { tail: "old" }) },
  { name: "processes-v9-no-tail", make: (order) => blocks.processes(order, 9, threads, { tail: "none" }) },
  ...versions("fds", blocks.fdCodes, (order, version, code) =>
    blocks.fds(order, version, 1001, fds, { code }),
  ),
  { name: "fds-v2-unknown", make: (order) => blocks.fds(order, 2, 1001, fds.slice(0, 1), { unknown: true }) },
  ...versions("interfaces", blocks.interfaceCodes, (order, version, code) =>
    blocks.interfaces(order, version, interfaces, { code }),
  ),
  {
    name: "interfaces-v2-no-speed",
    make: (order) => blocks.interfaces(order, 2, interfaces, { linkspeed: false }),
  },
  ...versions("users", blocks.userCodes, (order, version, code) =>
    blocks.users(order, version, users, groups, { code }),
  ),
  ...eventKinds.map((kind) => ({
    name: `${kind.name.replaceAll(" ", "-")}-${hex(kind.code)}`,
    make: (order: ByteOrder) => event(order, kind, kind.large ? async : read),
  })),
  {
    name: "event-v1-three-bytes-too-many",
    make: (order) => event(order, eventKinds[0]!, { ...read, type: 280, params: notification, excess: 3 }),
  },
];
