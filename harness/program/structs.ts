/** The kernel's user-space structs, as declarations for `layoutOf`. Source: the uapi headers of Linux. */
import type { Abi, AbiName } from "./abi.ts";
import { type ArrayNames, type Layout, layoutOf, type ScalarNames } from "./layout.ts";

const times = "atime, u64 atime_nsec, u64 mtime, u64 mtime_nsec, u64 ctime, u64 ctime_nsec" as const;
const genericStat =
  `u64 dev, u64 ino, u32 mode, u32 nlink, u32 uid, u32 gid, u64 rdev, u64 pad1, i64 size, i32 blksize, i32 pad2, i64 blocks, u64 ${times}, u32 unused[2]` as const;

/** Equal on all ABIs but for the width of pointers and longs. */
const common = {
  fdpair: "i32 first, i32 second",
  iovec: "ptr base, size len",
  msghdr: "ptr name, u32 namelen, ptr iov, size iovlen, ptr control, size controllen, i32 flags",
  mmsghdr:
    "ptr name, u32 namelen, ptr iov, size iovlen, ptr control, size controllen, i32 flags, u32 len, u32 pad",
  cmsghdr: "size len, i32 level, i32 type",
  sockaddr_in: "u16 family, be16 port, u8 addr[4], u8 zero[8]",
  sockaddr_in6: "u16 family, be16 port, be32 flowinfo, u8 addr[16], u32 scope_id",
  timespec: "long sec, long nsec",
  timeval: "long sec, long usec",
  itimerspec: "long interval_sec, long interval_nsec, long value_sec, long value_nsec",
  itimerval: "long interval_sec, long interval_usec, long value_sec, long value_usec",
  pollfd: "i32 fd, i16 events, i16 revents",
  rlimit: "ulong cur, ulong max",
  rlimit64: "u64 cur, u64 max",
  sigaction: "ptr handler, ulong flags, ptr restorer, u64 mask",
  sigset: "u64 mask",
  /** What s390x's mmap points to. */
  mmap_args: "ulong addr, ulong length, ulong prot, ulong flags, ulong fd, ulong offset",
  clone_args:
    "u64 flags, u64 pidfd, u64 child_tid, u64 parent_tid, u64 exit_signal, u64 stack, u64 stack_size, u64 tls, u64 set_tid, u64 set_tid_size, u64 cgroup",
  open_how: "u64 flags, u64 mode, u64 resolve",
  cap_header: "u32 version, i32 pid",
  cap_data:
    "u32 effective, u32 permitted, u32 inheritable, u32 effective_hi, u32 permitted_hi, u32 inheritable_hi",
  flock: "i16 type, i16 whence, long start, long len, i32 pid",
  statx:
    "u32 mask, u32 blksize, u64 attributes, u32 nlink, u32 uid, u32 gid, u16 mode, u16 pad0, u64 ino, u64 size, u64 blocks, u64 attributes_mask, u64 times[8], u32 rdev_major, u32 rdev_minor, u32 dev_major, u32 dev_minor, u64 mnt_id, u64 spare[13]",
  sock_filter: "u16 code, u8 jt, u8 jf, u32 k",
  sock_fprog: "u16 len, ptr filter",
  epoll_event: "u32 events, u64 data",
  ucred: "i32 pid, u32 uid, u32 gid",
  linger: "i32 onoff, i32 linger",
  sembuf: "u16 num, i16 op, i16 flg",
  file_handle: "u32 handle_bytes, i32 handle_type, u8 handle[128]",
  io_uring_params:
    "u32 sq_entries, u32 cq_entries, u32 flags, u32 sq_thread_cpu, u32 sq_thread_idle, u32 features, u32 wq_fd, u32 resv[3], u32 sq_off[10], u32 cq_off[10]",
  utsname:
    "u8 sysname[65], u8 nodename[65], u8 release[65], u8 version[65], u8 machine[65], u8 domainname[65]",
  stat: genericStat,
  /** Of ia32's stat64, lstat64, fstat64 and fstatat64. */
  stat64:
    "u64 dev, u8 pad0[4], u32 ino_low, u32 mode, u32 nlink, u32 uid, u32 gid, u64 rdev, u8 pad3[4], i64 size, u32 blksize, u64 blocks, u32 atime, u32 atime_nsec, u32 mtime, u32 mtime_nsec, u32 ctime, u32 ctime_nsec, u64 ino",
} as const;

/** Where an ABI differs. */
const special: { readonly [N in AbiName]?: Readonly<Record<string, string>> } = {
  x86_64: {
    epoll_event: "packed u32 events, u64 data",
    stat: `u64 dev, u64 ino, u64 nlink, u32 mode, u32 uid, u32 gid, u32 pad0, u64 rdev, i64 size, i64 blksize, i64 blocks, u64 ${times}, i64 unused[3]`,
  },
  s390x: {
    stat: `u64 dev, u64 ino, u64 nlink, u32 mode, u32 uid, u32 gid, u32 pad1, u64 rdev, u64 size, u64 ${times}, u64 blksize, i64 blocks, u64 unused[3]`,
  },
  /** No restorer: the kernel returns from handlers by its own code. */
  riscv64: { sigaction: "ptr handler, ulong flags, u64 mask" },
  ppc64le: {
    stat: `u64 dev, u64 ino, u64 nlink, u32 mode, u32 uid, u32 gid, u32 pad2, u64 rdev, i64 size, u64 blksize, u64 blocks, u64 ${times}, u64 unused[3]`,
  },
  ia32: {
    mmsghdr: "ptr name, u32 namelen, ptr iov, size iovlen, ptr control, size controllen, i32 flags, u32 len",
    stat: "u32 dev, u32 ino, u16 mode, u16 nlink, u16 uid, u16 gid, u32 rdev, u32 size, u32 blksize, u32 blocks, u32 atime, u32 atime_nsec, u32 mtime, u32 mtime_nsec, u32 ctime, u32 ctime_nsec, u32 unused[2]",
  },
};

export type StructName = keyof typeof common;
export type StructScalar<N extends StructName> = ScalarNames<(typeof common)[N]>;
export type StructArray<N extends StructName> = ArrayNames<(typeof common)[N]>;
export const structNames = Object.keys(common) as StructName[];

const cache = new Map<string, Layout>();

export function structLayout(name: StructName, abi: Abi): Layout {
  const key = `${abi.name} ${name}`;
  const known = cache.get(key);
  if (known) return known;
  const declaration = special[abi.name]?.[name] ?? common[name];
  if (!declaration) throw new Error(`unknown struct "${name}"; known are ${structNames.join(", ")}`);
  const layout = layoutOf(declaration, abi);
  cache.set(key, layout);
  return layout;
}
