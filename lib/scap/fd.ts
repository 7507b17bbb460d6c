/** `struct scap_fd` of scap.h. */
import type { Endpoint } from "./address.ts";
import { getI64, getU64, type Int } from "./int.ts";
import type { Item } from "./list-builder.ts";
import type { ListView } from "./list-view.ts";

const l4Protos = ["unknown", "na", "tcp", "udp", "icmp", "raw"] as const;
export type L4Proto = (typeof l4Protos)[number];

/** By `enum scap_fd_type`. */
const fdTypes = {
  1: "file",
  2: "directory",
  3: "ipv4",
  4: "ipv6",
  5: "ipv4server",
  6: "ipv6server",
  7: "fifo",
  8: "unix",
  9: "event",
  10: "unsupported",
  11: "signalfd",
  12: "eventpoll",
  13: "inotify",
  14: "timerfd",
  15: "netlink",
  16: "file",
  17: "bpf",
  18: "userfaultfd",
  19: "io_uring",
  20: "memfd",
  21: "pidfd",
} as const;
export type FdType = (typeof fdTypes)[keyof typeof fdTypes];

interface AnyFd {
  /** Thread in whose list it stands. */
  readonly tid: Int;
  readonly fd: Int;
  readonly ino: Int;
}

export type Fd = AnyFd &
  (
    | {
        readonly type: "ipv4" | "ipv6";
        readonly source: Endpoint;
        readonly dest: Endpoint;
        readonly l4proto: L4Proto;
      }
    | { readonly type: "ipv4server" | "ipv6server"; readonly local: Endpoint; readonly l4proto: L4Proto }
    /** `source` and `dest`: kernel pointers or inode numbers. */
    | { readonly type: "unix"; readonly source: Int; readonly dest: Int; readonly name: string }
    /** `openFlags`: PPM_O_*; it and `dev` are 0 in files that do not tell. */
    | { readonly type: "file"; readonly openFlags: number; readonly dev: number; readonly name: string }
    | {
        readonly type: Exclude<FdType, "ipv4" | "ipv6" | "ipv4server" | "ipv6server" | "unix" | "file">;
        readonly name: string;
      }
  );

export const fdSize = 96;
const offset = {
  fd: 8,
  ino: 16,
  unixSource: 24,
  unixDest: 32,
  name: 40,
  source: 48,
  dest: 64,
  openFlags: 80,
  dev: 84,
  sport: 88,
  dport: 90,
  type: 92,
  l4proto: 93,
} as const;

export function fdFrom(list: ListView, at: number): Fd {
  const { view } = list;
  const common = {
    tid: getU64(view, at),
    fd: getI64(view, at + offset.fd),
    ino: getU64(view, at + offset.ino),
  };
  const type = fdTypes[view.getUint8(at + offset.type) as keyof typeof fdTypes];
  const name = () => list.text(at + offset.name);
  const l4proto = l4Protos[view.getUint8(at + offset.l4proto)] ?? "unknown";
  const endpoint = (end: "source" | "dest"): Endpoint => ({
    address: list.address(at + offset[end], type.startsWith("ipv4") ? 4 : 6),
    port: view.getUint16(at + (end === "source" ? offset.sport : offset.dport), true),
  });
  switch (type) {
    case "ipv4":
    case "ipv6":
      return { ...common, type, source: endpoint("source"), dest: endpoint("dest"), l4proto };
    case "ipv4server":
    case "ipv6server":
      return { ...common, type, local: endpoint("source"), l4proto };
    case "unix":
      return {
        ...common,
        type,
        source: getU64(view, at + offset.unixSource),
        dest: getU64(view, at + offset.unixDest),
        name: name(),
      };
    case "file":
      return {
        ...common,
        type,
        openFlags: view.getUint32(at + offset.openFlags, true),
        dev: view.getUint32(at + offset.dev, true),
        name: name(),
      };
    default:
      return { ...common, type, name: name() };
  }
}

/** Types by name; files with the flags and device of today. */
const typeNumbers = new Map(Object.entries(fdTypes).map(([number, name]) => [name, Number(number)]));

/** The counterpart of {@link fdFrom}. */
export function fdInto(to: Item, fd: Fd): void {
  to.u64(0, fd.tid, fd.fd, fd.ino);
  to.u8(offset.type, typeNumbers.get(fd.type)!);
  const version = fd.type.startsWith("ipv4") ? 4 : 6;
  switch (fd.type) {
    case "ipv4":
    case "ipv6":
      to.endpoint(offset.source, offset.sport, fd.source, version);
      to.endpoint(offset.dest, offset.dport, fd.dest, version);
      to.u8(offset.l4proto, l4Protos.indexOf(fd.l4proto));
      return;
    case "ipv4server":
    case "ipv6server":
      to.endpoint(offset.source, offset.sport, fd.local, version);
      to.u8(offset.l4proto, l4Protos.indexOf(fd.l4proto));
      return;
    case "unix":
      to.u64(offset.unixSource, fd.source, fd.dest);
      break;
    case "file":
      to.u32(offset.openFlags, fd.openFlags, fd.dev);
      break;
  }
  to.text(offset.name, fd.name);
}
