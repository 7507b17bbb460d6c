/** Blocks that are not events, in every version. */
import type { Fd } from "../fd.ts";
import type { Interface, User } from "../machine-lists.ts";
import type { Thread } from "../thread.ts";
import { Annotated, type ByteOrder } from "./annotated.ts";

/** u32 type, u32 total, body, padding to 4, u32 total. */
export function block(type: number, name: string, body: Annotated): Annotated {
  const padding = -body.length & 3;
  const total = 12 + body.length + padding;
  const out = body.part().hex32(`block type: ${name}`, type).u32("block length", total).add(body);
  if (padding > 0) out.raw("padding", new Uint8Array(padding));
  return out.u32("block length again", total);
}

export interface SectionOptions {
  readonly major?: number;
  readonly minor?: number;
  /** Bytes of pcapng options behind the fixed part. */
  readonly options?: Uint8Array;
}

export function section(order: ByteOrder, { major = 1, minor = 2, options }: SectionOptions = {}): Annotated {
  const body = new Annotated(order)
    .hex32("byte order", 0x1a2b3c4d)
    .u16("major version", major)
    .u16("minor version", minor)
    .i64("section length: unknown", -1);
  if (options) body.raw("pcapng options", options);
  return block(0x0a0d0d0a, "section header", body);
}

export const machineCodes = [0x201, 0x8002abcd];

export interface Machine {
  readonly cpus: number;
  readonly memoryBytes: bigint;
  readonly maxPid: bigint;
  readonly hostname: string;
  readonly bootTs: bigint;
  readonly flags: bigint;
}

export function machine(order: ByteOrder, code: number, value: Machine): Annotated {
  const body = new Annotated(order)
    .u32("CPUs", value.cpus)
    .u64("bytes of memory", value.memoryBytes)
    .u64("largest pid", value.maxPid)
    .raw(`host name = ${JSON.stringify(value.hostname)}`, Buffer.from(value.hostname.padEnd(128, "\0")))
    .u64("boot time, ns", value.bootTs)
    .u64("flags", value.flags)
    .u64("reserved", 0)
    .u64("reserved", 0);
  return block(code, "machine info", body);
}

/** An entry behind its u32 length, which may count itself. */
function sized(entry: Annotated, countsItself: boolean): Annotated {
  const length = entry.length + (countsItself ? 4 : 0);
  return entry
    .part()
    .u32(`entry length${countsItself ? "" : ", without these 4 bytes"}`, length)
    .add(entry);
}

/** Codes of the process list by version from 1; the second one is of files before the present numbering. */
export const processCodes = [
  [0x202, 0x8000abcd],
  [0x207, 0x8013abcd],
  [0x209, 0x8014abcd],
  [0x210],
  [0x211],
  [0x212],
  [0x213],
  [0x214],
  [0x215],
];

const nul = (texts: readonly string[]) => texts.map((text) => `${text}\0`).join("");
const bit = (value: boolean) => (value ? 1 : 0);

/** How much of version 9's tail an entry has: all, that of before 0.10 (which has no 25 and 26), or none. */
export type Tail = "all" | "old" | "none";

function thread(order: ByteOrder, version: number, t: Thread, tail: Tail): Annotated {
  const e = new Annotated(order).u64("tid", t.tid).u64("pid", t.pid).u64("ptid", t.ptid);
  if (version >= 6) e.i64("sid", t.sid);
  if (version >= 8) e.i64("vpgid", t.vpgid);
  e.str("comm", t.comm).str("exe", t.exe);
  if (version >= 7) e.str("exepath", t.exepath);
  e.str("args", nul(t.args)).str("cwd", t.cwd).i64("fdlimit", t.fdlimit);
  e.u32("flags", t.flags).u32("uid", t.uid).u32("gid", t.gid);
  if (version >= 2) {
    e.u32("vmsize_kb", t.vmsizeKb).u32("vmrss_kb", t.vmrssKb).u32("vmswap_kb", t.vmswapKb);
    e.u64("pfmajor", t.pfmajor).u64("pfminor", t.pfminor);
  }
  if (version >= 3) e.str("env", nul(t.env));
  if (version >= 4) e.i64("vtid", t.vtid).i64("vpid", t.vpid).str("cgroups", nul(t.cgroups));
  if (version >= 5) e.str("root", t.root);
  if (version === 9) addTail(e, t, tail);
  return version === 9 ? sized(e, true) : e;
}

function addTail(e: Annotated, t: Thread, tail: Tail): void {
  if (tail === "none") return;
  if (tail === "all") e.u64("pidns_init_start_ts", t.pidnsInitStartTs).u32("tty", t.tty);
  e.u32("loginuid", t.loginuid).u8("exe_writable", bit(t.exeWritable));
  e.u64("cap_inheritable", t.capInheritable)
    .u64("cap_permitted", t.capPermitted)
    .u64("cap_effective", t.capEffective);
  if (tail === "old") return;
  e.u8("exe_upper_layer", bit(t.exeUpperLayer)).u64("exe_ino", t.exeIno);
  e.u64("exe_ino_ctime", t.exeInoCtime).u64("exe_ino_mtime", t.exeInoMtime);
  e.u8("exe_from_memfd", bit(t.exeFromMemfd)).u8("exe_lower_layer", bit(t.exeLowerLayer)).i64("pgid", t.pgid);
}

export function processes(
  order: ByteOrder,
  version: number,
  threads: readonly Thread[],
  { code = processCodes[version - 1]![0]!, tail = "all" as Tail } = {},
): Annotated {
  const body = new Annotated(order);
  for (const t of threads) body.add(thread(order, version, t, tail));
  return block(code, `process list v${version}`, body);
}

export const fdCodes = [[0x203, 0x8001abcd], [0x218]];

const l4 = ["unknown", "na", "tcp", "udp", "icmp", "raw"];
/** Types that have a name and nothing else. */
const named: Readonly<Record<string, number>> = {
  directory: 2,
  fifo: 7,
  event: 9,
  unsupported: 10,
  signalfd: 11,
  eventpoll: 12,
  inotify: 13,
  timerfd: 14,
  netlink: 15,
  bpf: 17,
  userfaultfd: 18,
  io_uring: 19,
  memfd: 20,
  pidfd: 21,
};

/** IPv4 or IPv6 in network order; "::" stands for as many groups of 0 as are missing, and IPv4 for the last two. */
function address(text: string): Uint8Array {
  if (!text.includes(":")) return Uint8Array.from(text.split("."), Number);
  const [left = [], right = []] = text.split("::").map((part) => part.split(":").flatMap(groupBytes));
  return Uint8Array.from([...left, ...Array<number>(16 - left.length - right.length).fill(0), ...right]);
}

function groupBytes(group: string): number[] {
  if (group === "") return [];
  if (group.includes(".")) return group.split(".").map(Number);
  const number = Number.parseInt(group, 16);
  return [number >> 8, number & 255];
}

function file(e: Annotated, version: number, fd: Extract<Fd, { type: "file" }>): void {
  if (fd.openFlags === 0 && fd.dev === 0) {
    e.u8("type: file of old", 1).str("name", fd.name);
    return;
  }
  e.u8("type: file", 16).u32("open_flags", fd.openFlags).str("name", fd.name);
  if (version === 2) e.u32("dev", fd.dev);
}

function fdRest(e: Annotated, version: number, fd: Fd): void {
  switch (fd.type) {
    case "ipv4":
    case "ipv6":
      e.u8("type: connection", fd.type === "ipv4" ? 3 : 4);
      e.raw(`source ${fd.source.address}`, address(fd.source.address));
      e.raw(`destination ${fd.dest.address}`, address(fd.dest.address));
      e.u16("source port", fd.source.port).u16("destination port", fd.dest.port);
      e.u8(fd.l4proto, l4.indexOf(fd.l4proto));
      return;
    case "ipv4server":
    case "ipv6server":
      e.u8("type: server", fd.type === "ipv4server" ? 5 : 6);
      e.raw(`address ${fd.local.address}`, address(fd.local.address));
      e.u16("port", fd.local.port).u8(fd.l4proto, l4.indexOf(fd.l4proto));
      return;
    case "unix":
      e.u8("type: unix", 8).u64("source", fd.source).u64("destination", fd.dest).str("name", fd.name);
      return;
    case "file":
      file(e, version, fd);
      return;
    default:
      e.u8(`type: ${fd.type}`, named[fd.type]!).str("name", fd.name);
  }
}

/** The fds of one thread. */
export function fds(
  order: ByteOrder,
  version: number,
  tid: number,
  list: readonly Fd[],
  { code = fdCodes[version - 1]![0]!, unknown = false } = {},
): Annotated {
  const body = new Annotated(order).u64("tid", tid);
  for (const fd of list) {
    const entry = body.part().i64("fd", fd.fd).u64("inode", fd.ino);
    fdRest(entry, version, fd);
    body.add(version === 2 ? sized(entry, true) : entry);
  }
  if (unknown)
    body.add(
      sized(body.part().i64("fd", 99).u64("inode", 1).u8("type: of the future", 77).u32("?", 5), true),
    );
  return block(code, `fd list v${version}`, body);
}

export const interfaceCodes = [[0x205, 0x8011abcd], [0x219]];

/** `linkspeed`: entries of types 1 and 2, which have it, or of types 3 and 4. */
function netInterface(order: ByteOrder, i: Interface, linkspeed: boolean): Annotated {
  const type = (i.ipVersion === 4 ? 1 : 2) + (linkspeed ? 0 : 2);
  const e = new Annotated(order)
    .u16(`type: IPv${i.ipVersion}`, type)
    .u16("name length", Buffer.byteLength(i.name));
  e.raw(`address ${i.address}`, address(i.address)).raw(`netmask ${i.netmask}`, address(i.netmask));
  e.raw(`broadcast ${i.broadcast}`, address(i.broadcast));
  if (linkspeed) e.u64("bit/s", i.linkspeed);
  return e.raw(`name = ${JSON.stringify(i.name)}`, Buffer.from(i.name));
}

export function interfaces(
  order: ByteOrder,
  version: number,
  list: readonly Interface[],
  { code = interfaceCodes[version - 1]![0]!, linkspeed = true } = {},
): Annotated {
  const body = new Annotated(order);
  for (const i of list) {
    const entry = netInterface(order, i, linkspeed);
    body.add(version === 2 ? sized(entry, false) : entry);
  }
  return block(code, `interface list v${version}`, body);
}

export const userCodes = [[0x206, 0x8012abcd], [0x220]];

export function users(
  order: ByteOrder,
  version: number,
  list: readonly User[],
  groups: readonly { readonly gid: number; readonly name: string }[],
  { code = userCodes[version - 1]![0]! } = {},
): Annotated {
  const body = new Annotated(order);
  const add = (entry: Annotated) => body.add(version === 2 ? sized(entry, true) : entry);
  for (const u of list)
    add(
      body
        .part()
        .u8("user", 0)
        .u32("uid", u.uid)
        .u32("gid", u.gid)
        .str("name", u.name)
        .str("home", u.home)
        .str("shell", u.shell),
    );
  for (const g of groups) add(body.part().u8("group", 1).u32("gid", g.gid).str("name", g.name));
  return block(code, `user list v${version}`, body);
}
