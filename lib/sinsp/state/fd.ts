/** What a file descriptor is open on. */
import type { Int } from "../../scap/int.ts";

/** Descriptor types, as capture files number them. */
export const FdType = {
  UNKNOWN: 0,
  FILE: 1,
  DIRECTORY: 2,
  IPV4: 3,
  IPV6: 4,
  IPV4_SERVER: 5,
  IPV6_SERVER: 6,
  FIFO: 7,
  UNIX: 8,
  EVENT: 9,
  UNSUPPORTED: 10,
  SIGNALFD: 11,
  EVENTPOLL: 12,
  INOTIFY: 13,
  TIMERFD: 14,
  NETLINK: 15,
  FILE_V2: 16,
  BPF: 17,
  USERFAULTFD: 18,
  IO_URING: 19,
  MEMFD: 20,
  PIDFD: 21,
} as const;

interface Kind {
  readonly word: string | null;
  readonly char: string;
}

const kinds: Readonly<Record<number, Kind>> = {
  [FdType.FILE]: { word: "file", char: "f" },
  [FdType.FILE_V2]: { word: "file", char: "f" },
  [FdType.DIRECTORY]: { word: "directory", char: "d" },
  [FdType.IPV4]: { word: "ipv4", char: "4" },
  [FdType.IPV4_SERVER]: { word: "ipv4", char: "4" },
  [FdType.IPV6]: { word: "ipv6", char: "6" },
  [FdType.IPV6_SERVER]: { word: "ipv6", char: "6" },
  [FdType.FIFO]: { word: "pipe", char: "p" },
  [FdType.UNIX]: { word: "unix", char: "u" },
  [FdType.EVENT]: { word: "event", char: "e" },
  [FdType.SIGNALFD]: { word: "signalfd", char: "s" },
  [FdType.EVENTPOLL]: { word: "eventpoll", char: "l" },
  [FdType.INOTIFY]: { word: "inotify", char: "i" },
  [FdType.TIMERFD]: { word: "timerfd", char: "t" },
  [FdType.NETLINK]: { word: "netlink", char: "n" },
  [FdType.BPF]: { word: "bpf", char: "b" },
  [FdType.USERFAULTFD]: { word: "userfaultfd", char: "u" },
  [FdType.IO_URING]: { word: "io_uring", char: "r" },
  [FdType.MEMFD]: { word: "memfd", char: "m" },
  [FdType.PIDFD]: { word: "pidfd", char: "P" },
  [FdType.UNKNOWN]: { word: null, char: "o" },
  [FdType.UNSUPPORTED]: { word: null, char: "X" },
};

/** Layer 4 protocols, as capture files number them. */
export const L4 = { UNKNOWN: 0, NA: 1, TCP: 2, UDP: 3, ICMP: 4, RAW: 5 } as const;

const l4Names = ["<NA>", "<NA>", "tcp", "udp", "icmp", "raw"];
const l4Chars = ["", "", "t", "u", "i", "r"];

export type Role = "client" | "server" | null;

/** The ends of an IP socket, the client first. A listening one has only `dest`, which is its own. */
export interface IpEnds {
  readonly source: string;
  readonly sourcePort: number;
  readonly dest: string;
  readonly destPort: number;
}

const endsOf = (address: string): IpEnds => ({
  source: address,
  sourcePort: 0,
  dest: address,
  destPort: 0,
});
const unset4 = endsOf("0.0.0.0");
const unset6 = endsOf("::");

/** The address of a socket that has none yet. */
export const isUnset = (address: string) => address === "0.0.0.0" || address === "::";

export class FdInfo {
  readonly type: number;
  name = "";
  /** The path as it was given to open. */
  nameRaw = "";
  /** PPM_O_* bits. */
  openFlags = 0;
  dev = 0;
  ino: Int = 0;
  /** Of a pidfd. */
  pid = 0;
  role: Role = null;
  connected = false;
  /** connect() was to be finished later. */
  pending = false;
  failed = false;
  upperLayer = false;
  lowerLayer = false;
  l4: number = L4.UNKNOWN;
  ends: IpEnds;
  /** Addresses of kernel sockets. */
  unixSource: Int = 0;
  unixDest: Int = 0;

  /** More than one table has it: it must not be changed (`FdTable.own`). */
  shared = false;

  constructor(type: number) {
    this.type = type;
    this.ends = type === FdType.IPV6 || type === FdType.IPV6_SERVER ? unset6 : unset4;
  }

  /** The same descriptor in another table, or turned into another type. */
  copy(type: number = this.type): FdInfo {
    const copy = new FdInfo(type);
    copy.name = this.name;
    copy.nameRaw = this.nameRaw;
    copy.openFlags = this.openFlags;
    copy.dev = this.dev;
    copy.ino = this.ino;
    copy.pid = this.pid;
    copy.role = this.role;
    copy.connected = this.connected;
    copy.pending = this.pending;
    copy.failed = this.failed;
    copy.upperLayer = this.upperLayer;
    copy.lowerLayer = this.lowerLayer;
    copy.l4 = this.l4;
    copy.ends = this.ends;
    copy.unixSource = this.unixSource;
    copy.unixDest = this.unixDest;
    return copy;
  }

  /** null for types without a name. */
  get word(): string | null {
    return kinds[this.type]?.word ?? null;
  }

  get char(): string {
    return kinds[this.type]?.char ?? "?";
  }

  get isFile(): boolean {
    return this.type === FdType.FILE || this.type === FdType.FILE_V2;
  }

  /** A connected (or not yet bound) IP socket. */
  get isIp(): boolean {
    return this.type === FdType.IPV4 || this.type === FdType.IPV6;
  }

  get isIpServer(): boolean {
    return this.type === FdType.IPV4_SERVER || this.type === FdType.IPV6_SERVER;
  }

  /** A socket without a role does not tell its protocol, except a raw one. */
  get l4Shown(): number {
    if (this.isIpServer) return this.l4;
    if (!this.isIp) return L4.NA;
    return this.role === null && this.l4 !== L4.RAW ? L4.NA : this.l4;
  }

  get l4Name(): string {
    return l4Names[this.l4Shown] ?? "<NA>";
  }

  /** Type and protocol as in `<4t>`. */
  get tag(): string {
    return this.char + (l4Chars[this.l4Shown] ?? "");
  }
}

/** The words of fd.type for a descriptor: unknown types have one, too. */
export const typeWord = (fd: FdInfo) => fd.word ?? "<NA>";
