/** Argument names and types of the calls that have cases. Every other syscall takes any arguments. */
import type { Arg } from "./memory.ts";

type Int = number | bigint | Exclude<Arg, number | bigint | string | Uint8Array>;
type Path = Arg;
type Buf = Arg;

interface FileCalls {
  open: [path: Path, flags: Int, mode?: Int];
  openat: [dirfd: Int, path: Path, flags: Int, mode?: Int];
  openat2: [dirfd: Int, path: Path, how: Buf, size: Int];
  creat: [path: Path, mode: Int];
  open_by_handle_at: [mountFd: Int, handle: Buf, flags: Int];
  name_to_handle_at: [dirfd: Int, path: Path, handle: Buf, mountId: Buf, flags: Int];
  close: [fd: Int];
  close_range: [first: Int, last: Int, flags: Int];
  read: [fd: Int, buf: Buf, count: Int];
  write: [fd: Int, buf: Buf, count: Int];
  pread64: [fd: Int, buf: Buf, count: Int, offset: Int];
  pwrite64: [fd: Int, buf: Buf, count: Int, offset: Int];
  readv: [fd: Int, iov: Buf, count: Int];
  writev: [fd: Int, iov: Buf, count: Int];
  preadv: [fd: Int, iov: Buf, count: Int, offsetLow: Int, offsetHigh?: Int];
  pwritev: [fd: Int, iov: Buf, count: Int, offsetLow: Int, offsetHigh?: Int];
  lseek: [fd: Int, offset: Int, whence: Int];
  _llseek: [fd: Int, offsetHigh: Int, offsetLow: Int, result: Buf, whence: Int];
  dup: [fd: Int];
  dup2: [fd: Int, newFd: Int];
  dup3: [fd: Int, newFd: Int, flags: Int];
  fcntl: [fd: Int, command: Int, arg?: Arg];
  flock: [fd: Int, operation: Int];
  ioctl: [fd: Int, request: Int, arg?: Arg];
  fchmod: [fd: Int, mode: Int];
  fchown: [fd: Int, uid: Int, gid: Int];
  fchdir: [fd: Int];
  fsync: [fd: Int];
  ftruncate: [fd: Int, length: Int];
  statx: [dirfd: Int, path: Path, flags: Int, mask: Int, buf: Buf];
  getdents: [fd: Int, buf: Buf, count: Int];
  getdents64: [fd: Int, buf: Buf, count: Int];
  sendfile: [out: Int, in_: Int, offset: Buf, count: Int];
  splice: [in_: Int, offIn: Buf, out: Int, offOut: Buf, len: Int, flags: Int];
  copy_file_range: [in_: Int, offIn: Buf, out: Int, offOut: Buf, len: Int, flags: Int];
}

interface PathCalls {
  access: [path: Path, mode: Int];
  chdir: [path: Path];
  chmod: [path: Path, mode: Int];
  chown: [path: Path, uid: Int, gid: Int];
  lchown: [path: Path, uid: Int, gid: Int];
  chroot: [path: Path];
  fchmodat: [dirfd: Int, path: Path, mode: Int];
  fchownat: [dirfd: Int, path: Path, uid: Int, gid: Int, flags: Int];
  getcwd: [buf: Buf, size: Int];
  link: [oldPath: Path, newPath: Path];
  linkat: [oldDirfd: Int, oldPath: Path, newDirfd: Int, newPath: Path, flags: Int];
  symlink: [target: Path, linkPath: Path];
  symlinkat: [target: Path, newDirfd: Int, linkPath: Path];
  readlink: [path: Path, buf: Buf, size: Int];
  readlinkat: [dirfd: Int, path: Path, buf: Buf, size: Int];
  mkdir: [path: Path, mode: Int];
  mkdirat: [dirfd: Int, path: Path, mode: Int];
  mknod: [path: Path, mode: Int, dev: Int];
  mknodat: [dirfd: Int, path: Path, mode: Int, dev: Int];
  rename: [oldPath: Path, newPath: Path];
  renameat: [oldDirfd: Int, oldPath: Path, newDirfd: Int, newPath: Path];
  renameat2: [oldDirfd: Int, oldPath: Path, newDirfd: Int, newPath: Path, flags: Int];
  rmdir: [path: Path];
  unlink: [path: Path];
  unlinkat: [dirfd: Int, path: Path, flags: Int];
  mount: [source: Path, target: Path, type: Path, flags: Int, data?: Buf];
  umount2: [target: Path, flags: Int];
  quotactl: [command: Int, special: Path, id: Int, addr: Buf];
}

interface SocketCalls {
  socket: [domain: Int, type: Int, protocol: Int];
  bind: [fd: Int, addr: Buf, len: Int];
  connect: [fd: Int, addr: Buf, len: Int];
  listen: [fd: Int, backlog: Int];
  accept: [fd: Int, addr: Buf, len: Buf];
  accept4: [fd: Int, addr: Buf, len: Buf, flags: Int];
  getsockname: [fd: Int, addr: Buf, len: Buf];
  getpeername: [fd: Int, addr: Buf, len: Buf];
  sendto: [fd: Int, buf: Buf, len: Int, flags: Int, addr?: Buf, addrLen?: Int];
  recvfrom: [fd: Int, buf: Buf, len: Int, flags: Int, addr?: Buf, addrLen?: Buf];
  sendmsg: [fd: Int, msg: Buf, flags: Int];
  recvmsg: [fd: Int, msg: Buf, flags: Int];
  sendmmsg: [fd: Int, msgs: Buf, count: Int, flags: Int];
  recvmmsg: [fd: Int, msgs: Buf, count: Int, flags: Int, timeout?: Buf];
  setsockopt: [fd: Int, level: Int, option: Int, value: Buf, len: Int];
  getsockopt: [fd: Int, level: Int, option: Int, value: Buf, len: Buf];
  shutdown: [fd: Int, how: Int];
}

interface WaitCalls {
  poll: [fds: Buf, count: Int, timeoutMs: Int];
  ppoll: [fds: Buf, count: Int, timeout: Buf, sigmask?: Buf, sigsetSize?: Int];
  select: [count: Int, reads: Buf, writes: Buf, excepts: Buf, timeout?: Buf];
  epoll_create: [size: Int];
  epoll_create1: [flags: Int];
  epoll_ctl: [epfd: Int, operation: Int, fd: Int, event: Buf];
  epoll_wait: [epfd: Int, events: Buf, max: Int, timeoutMs: Int];
  nanosleep: [time: Buf, remaining?: Buf];
  clock_gettime: [clock: Int, time: Buf];
  futex: [word: Buf, operation: Int, value: Int, timeout?: Arg, word2?: Arg, value3?: Int];
  eventfd: [initial: Int];
  eventfd2: [initial: Int, flags: Int];
  inotify_init1: [flags: Int];
  signalfd: [fd: Int, mask: Buf, size: Int];
  signalfd4: [fd: Int, mask: Buf, size: Int, flags: Int];
  timerfd_create: [clock: Int, flags: Int];
  memfd_create: [name: Path, flags: Int];
  userfaultfd: [flags: Int];
  pidfd_open: [pid: Int, flags: Int];
  pidfd_getfd: [pidfd: Int, fd: Int, flags: Int];
  io_uring_setup: [entries: Int, params: Buf];
  io_uring_enter: [fd: Int, submit: Int, complete: Int, flags: Int, sig?: Arg, size?: Int];
  io_uring_register: [fd: Int, opcode: Int, arg: Arg, count: Int];
}

interface ProcessCalls {
  execve: [path: Path, argv: Buf, envp: Buf];
  execveat: [dirfd: Int, path: Path, argv: Buf, envp: Buf, flags: Int];
  exit: [status: Int];
  exit_group: [status: Int];
  wait4: [pid: Int, status: Buf, options: Int, rusage?: Buf];
  kill: [pid: Int, signal: Int];
  tkill: [tid: Int, signal: Int];
  tgkill: [tgid: Int, tid: Int, signal: Int];
  rt_sigaction: [signal: Int, action: Buf, old: Buf, sigsetSize: Int];
  ptrace: [request: Int, pid: Int, addr?: Arg, data?: Arg];
  prctl: [option: Int, arg2?: Arg, arg3?: Arg, arg4?: Arg, arg5?: Arg];
  capget: [header: Buf, data: Buf];
  capset: [header: Buf, data: Buf];
  getrlimit: [resource: Int, limit: Buf];
  setrlimit: [resource: Int, limit: Buf];
  prlimit64: [pid: Int, resource: Int, newLimit: Buf, oldLimit: Buf];
  setuid: [uid: Int];
  setgid: [gid: Int];
  setreuid: [real: Int, effective: Int];
  setregid: [real: Int, effective: Int];
  setresuid: [real: Int, effective: Int, saved: Int];
  setresgid: [real: Int, effective: Int, saved: Int];
  getresuid: [real: Buf, effective: Buf, saved: Buf];
  getresgid: [real: Buf, effective: Buf, saved: Buf];
  setpgid: [pid: Int, pgid: Int];
  setns: [fd: Int, type: Int];
  unshare: [flags: Int];
  seccomp: [operation: Int, flags: Int, args: Buf];
  bpf: [command: Int, attributes: Buf, size: Int];
  keyctl: [operation: Int, arg2?: Arg, arg3?: Arg, arg4?: Arg, arg5?: Arg];
  process_vm_readv: [pid: Int, local: Buf, localCount: Int, remote: Buf, remoteCount: Int, flags: Int];
  process_vm_writev: [pid: Int, local: Buf, localCount: Int, remote: Buf, remoteCount: Int, flags: Int];
  init_module: [image: Buf, len: Int, params: Path];
  finit_module: [fd: Int, params: Path, flags: Int];
  delete_module: [name: Path, flags: Int];
}

interface MemoryCalls {
  mmap: [addr: Arg, length: Int, prot: Int, flags: Int, fd: Int, offset: Int];
  munmap: [addr: Arg, length: Int];
  mprotect: [addr: Arg, length: Int, prot: Int];
  mremap: [addr: Arg, oldLength: Int, newLength: Int, flags: Int, newAddr?: Arg];
  brk: [addr: Arg];
  mlock: [addr: Arg, length: Int];
  mlock2: [addr: Arg, length: Int, flags: Int];
  munlock: [addr: Arg, length: Int];
  mlockall: [flags: Int];
  semget: [key: Int, count: Int, flags: Int];
  semop: [id: Int, operations: Buf, count: Int];
  semctl: [id: Int, index: Int, command: Int, arg?: Arg];
}

export interface Signatures extends FileCalls, PathCalls, SocketCalls, WaitCalls, ProcessCalls, MemoryCalls {}
