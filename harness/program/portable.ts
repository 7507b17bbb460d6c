/**
 * Calls that an architecture does not have, said with those that every architecture has. Newer architectures left out what a
 * more general call can do (include/uapi/asm-generic/unistd.h); a program that only wants the effect need not know.
 */
import type { Areas } from "./areas.ts";
import { AT_FDCWD, AT_REMOVEDIR, AT_SYMLINK_NOFOLLOW, O_CREAT, O_TRUNC, O_WRONLY } from "./constants.ts";
import type { Memory } from "./memory.ts";
import type { Value } from "./model.ts";
import { isSyscall } from "./numbers.ts";

export interface Call {
  readonly name: string;
  readonly args: readonly Value[];
}

type Rewrite = (
  args: readonly Value[],
  areas: Areas,
) => readonly [name: string, ...args: (Value | number)[]] | null;

/** Bytes of the kernel's signal set. */
const sigset = 8;

const rewrites: Readonly<Record<string, Rewrite>> = {
  access: ([path, mode]) => ["faccessat", AT_FDCWD, path!, mode!],
  accept: ([fd, address, length]) => ["accept4", fd!, address!, length!, 0],
  chmod: ([path, mode]) => ["fchmodat", AT_FDCWD, path!, mode!],
  chown: ([path, uid, gid]) => ["fchownat", AT_FDCWD, path!, uid!, gid!, 0],
  creat: ([path, mode]) => ["openat", AT_FDCWD, path!, O_CREAT | O_WRONLY | O_TRUNC, mode!],
  dup2: ([from, to]) => ["dup3", from!, to!, 0],
  epoll_create: () => ["epoll_create1", 0],
  epoll_wait: ([fd, events, max, timeout]) => ["epoll_pwait", fd!, events!, max!, timeout!, 0, sigset],
  eventfd: ([initial]) => ["eventfd2", initial!, 0],
  getpgrp: () => ["getpgid", 0],
  getrlimit: ([resource, limit]) => ["prlimit64", 0, resource!, 0, limit!],
  inotify_init: () => ["inotify_init1", 0],
  lchown: ([path, uid, gid]) => ["fchownat", AT_FDCWD, path!, uid!, gid!, AT_SYMLINK_NOFOLLOW],
  link: ([from, to]) => ["linkat", AT_FDCWD, from!, AT_FDCWD, to!, 0],
  lstat: ([path, buffer]) => ["newfstatat", AT_FDCWD, path!, buffer!, AT_SYMLINK_NOFOLLOW],
  mkdir: ([path, mode]) => ["mkdirat", AT_FDCWD, path!, mode!],
  mknod: ([path, mode, device]) => ["mknodat", AT_FDCWD, path!, mode!, device!],
  open: ([path, flags, mode]) => ["openat", AT_FDCWD, path!, flags!, mode!],
  pause: () => ["ppoll", 0, 0, 0, 0, sigset],
  pipe: ([fds]) => ["pipe2", fds!, 0],
  poll: ([fds, count, timeout], areas) => {
    const time = waitingTime(timeout!, areas);
    return time === null ? null : ["ppoll", fds!, count!, time, 0, sigset];
  },
  readlink: ([path, buffer, size]) => ["readlinkat", AT_FDCWD, path!, buffer!, size!],
  rename: ([from, to]) => ["renameat2", AT_FDCWD, from!, AT_FDCWD, to!, 0],
  renameat: ([fromDir, from, toDir, to]) => ["renameat2", fromDir!, from!, toDir!, to!, 0],
  rmdir: ([path]) => ["unlinkat", AT_FDCWD, path!, AT_REMOVEDIR],
  setrlimit: ([resource, limit]) => ["prlimit64", 0, resource!, limit!, 0],
  signalfd: ([fd, mask, size]) => ["signalfd4", fd!, mask!, size!, 0],
  stat: ([path, buffer]) => ["newfstatat", AT_FDCWD, path!, buffer!, 0],
  symlink: ([target, path]) => ["symlinkat", target!, AT_FDCWD, path!],
  unlink: ([path]) => ["unlinkat", AT_FDCWD, path!, 0],
};

/** Milliseconds as a struct timespec; NULL waits for ever. Null if they are known in the guest only. */
function waitingTime(ms: Value, areas: Areas): Value | null {
  if (typeof ms !== "bigint") return null;
  if (ms < 0n) return 0n;
  return areas.struct("timespec", { sec: ms / 1000n, nsec: (ms % 1000n) * 1_000_000n }).memory.at();
}

/** The call as the ABI of `areas` has it: the same one, another with the same effect, or null. */
export function portable(call: Call, areas: Areas): Call | null {
  const { name: abi } = areas.abi;
  if (abi === "s390x" && call.name === "mmap")
    return { name: "mmap", args: [argumentBlock(call.args, areas).at()] };
  if (isSyscall(call.name, abi)) return call;
  const given = [...call.args, ...Array<Value>(6 - call.args.length).fill(0n)];
  const [name, ...args] = rewrites[call.name]?.(given, areas) ?? [];
  return name ? { name, args: args.map((arg) => (typeof arg === "number" ? BigInt(arg) : arg)) } : null;
}

/** s390x's mmap takes the address of its six arguments (sys_old_mmap). */
function argumentBlock([addr, length, prot, flags, fd, offset]: readonly Value[], areas: Areas): Memory {
  const given = { addr, length, prot, flags, fd, offset };
  const fields = Object.entries(given).filter(([, value]) => value !== undefined);
  return areas.struct("mmap_args", Object.fromEntries(fields)).memory;
}
