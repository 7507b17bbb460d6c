/** Which parser an event has, by its code. Most have none. */
import { events, PPME } from "#schema/events";
import { PPM } from "#schema/flags";
import { FdType } from "../state/fd.ts";
import { clone } from "./clone.ts";
import { connect } from "./connect.ts";
import type { Parser } from "./context.ts";
import * as fds from "./descriptors.ts";
import { enter } from "./enter.ts";
import { exec } from "./exec.ts";
import { message, transfer } from "./messages.ts";
import { open } from "./open.ts";
import * as process from "./process.ts";
import { receivesDescriptors } from "./rights.ts";
import * as sockets from "./sockets.ts";

const { creates, dup, pipe } = fds;
const cloexec1 = { param: 1, bit: PPM.PPM_O_CLOEXEC } as const;
const sends = { tuple: 4, direction: "out", infers: true } as const;

const byCode: Readonly<Record<number, Parser>> = {
  [PPME.SYSCALL_OPEN_E]: enter({ path: 0, flags: 1 }),
  [PPME.SYSCALL_CREAT_E]: enter({ path: 0 }),
  [PPME.SYSCALL_OPENAT_2_E]: enter({ dirfd: 0, path: 1, flags: 2 }),
  [PPME.SYSCALL_OPENAT2_E]: enter({ dirfd: 0, path: 1, flags: 2 }),
  [PPME.SOCKET_CONNECT_E]: enter({ address: 1 }),
  [PPME.SYSCALL_EXECVE_19_E]: enter({ path: 0 }),
  [PPME.SYSCALL_EXECVEAT_E]: enter({ dirfd: 0, path: 1, flags: 2 }),
  [PPME.SYSCALL_OPEN_X]: open({ path: 1, flags: 2, dev: 4, ino: 5 }),
  [PPME.SYSCALL_CREAT_X]: open({ path: 1, dev: 3, ino: 4, creatFlags: 5 }),
  [PPME.SYSCALL_OPENAT_2_X]: open({ dirfd: 1, path: 2, flags: 3, dev: 5, ino: 6 }),
  [PPME.SYSCALL_OPENAT2_X]: open({ dirfd: 1, path: 2, flags: 3, dev: 6, ino: 7 }),
  [PPME.SYSCALL_OPEN_BY_HANDLE_AT_X]: open({ flags: 2, path: 3, dev: 4, ino: 5, isWhole: true }),
  [PPME.SYSCALL_CLOSE_X]: fds.close,
  [PPME.SYSCALL_CLOSE_RANGE_X]: fds.closeRange,
  [PPME.SYSCALL_PIPE_X]: pipe(),
  [PPME.SYSCALL_PIPE2_X]: pipe(4),
  [PPME.SYSCALL_DUP_1_X]: dup(),
  [PPME.SYSCALL_DUP2_X]: dup(),
  [PPME.SYSCALL_DUP3_X]: dup(3),
  [PPME.SYSCALL_FCNTL_X]: fds.fcntl,
  [PPME.SYSCALL_EVENTFD_X]: creates(FdType.EVENT),
  [PPME.SYSCALL_EVENTFD2_X]: creates(FdType.EVENT, { cloexec: cloexec1 }),
  [PPME.SYSCALL_SIGNALFD_X]: creates(FdType.SIGNALFD),
  [PPME.SYSCALL_SIGNALFD4_X]: creates(FdType.SIGNALFD, { cloexec: cloexec1 }),
  [PPME.SYSCALL_TIMERFD_CREATE_X]: creates(FdType.TIMERFD),
  [PPME.SYSCALL_INOTIFY_INIT_X]: creates(FdType.INOTIFY),
  [PPME.SYSCALL_INOTIFY_INIT1_X]: creates(FdType.INOTIFY, { cloexec: cloexec1 }),
  [PPME.SYSCALL_BPF_2_X]: fds.bpf,
  [PPME.SYSCALL_USERFAULTFD_X]: creates(FdType.USERFAULTFD, { cloexec: cloexec1 }),
  [PPME.SYSCALL_IO_URING_SETUP_X]: creates(FdType.IO_URING, { cloexec: "always" }),
  [PPME.SYSCALL_EPOLL_CREATE_X]: creates(FdType.EVENTPOLL),
  [PPME.SYSCALL_EPOLL_CREATE1_X]: creates(FdType.EVENTPOLL, {
    cloexec: { param: 1, bit: PPM.PPM_EPOLL_CLOEXEC },
  }),
  [PPME.SYSCALL_MEMFD_CREATE_X]: creates(FdType.MEMFD, {
    name: 1,
    cloexec: { param: 2, bit: PPM.PPM_MFD_CLOEXEC },
  }),
  [PPME.SYSCALL_PIDFD_OPEN_X]: fds.pidfdOpen,
  [PPME.SYSCALL_PIDFD_GETFD_X]: fds.pidfdGetfd,
  [PPME.SOCKET_SOCKET_X]: sockets.socket,
  [PPME.SOCKET_SOCKETPAIR_X]: sockets.socketpair,
  [PPME.SOCKET_BIND_X]: sockets.bind,
  [PPME.SOCKET_CONNECT_X]: connect,
  [PPME.SOCKET_ACCEPT_5_X]: sockets.accept(),
  [PPME.SOCKET_ACCEPT4_6_X]: sockets.accept(5),
  [PPME.SOCKET_GETSOCKOPT_X]: sockets.getsockopt,
  [PPME.SYSCALL_READ_X]: transfer,
  [PPME.SYSCALL_READV_X]: transfer,
  [PPME.SYSCALL_PREAD_X]: transfer,
  [PPME.SYSCALL_PREADV_X]: transfer,
  [PPME.SYSCALL_WRITE_X]: transfer,
  [PPME.SYSCALL_WRITEV_X]: transfer,
  [PPME.SYSCALL_PWRITE_X]: transfer,
  [PPME.SYSCALL_PWRITEV_X]: transfer,
  [PPME.SOCKET_SEND_X]: message(sends),
  [PPME.SOCKET_SENDTO_X]: message(sends),
  [PPME.SOCKET_SENDMSG_X]: message(sends),
  [PPME.SOCKET_SENDMMSG_X]: message({ ...sends, infers: false }),
  [PPME.SOCKET_RECV_X]: message({ tuple: 4, direction: "in" }),
  [PPME.SOCKET_RECVFROM_X]: message({ tuple: 2, direction: "in" }),
  [PPME.SOCKET_RECVMSG_X]: receivesDescriptors(4, message({ tuple: 3, direction: "in" })),
  [PPME.SOCKET_RECVMMSG_X]: receivesDescriptors(5, message({ tuple: 4, direction: "in" })),
  [PPME.SYSCALL_CLONE_20_X]: clone,
  [PPME.SYSCALL_CLONE3_X]: clone,
  [PPME.SYSCALL_FORK_20_X]: clone,
  [PPME.SYSCALL_VFORK_20_X]: clone,
  [PPME.SYSCALL_EXECVE_19_X]: exec,
  [PPME.SYSCALL_EXECVEAT_X]: exec,
  [PPME.PROCEXIT_1_E]: process.exit,
  [PPME.PROCEXIT_E]: process.exit,
  [PPME.SYSCALL_CHDIR_X]: process.chdir,
  [PPME.SYSCALL_FCHDIR_X]: process.fchdir,
  [PPME.SYSCALL_GETCWD_X]: process.getcwd,
  [PPME.SYSCALL_CHROOT_X]: process.chroot,
  [PPME.SYSCALL_SETSID_X]: process.setsid,
  [PPME.SYSCALL_UNSHARE_X]: process.unshare(1),
  [PPME.SYSCALL_SETNS_X]: process.unshare(2),
  [PPME.SYSCALL_SETUID_X]: process.setUid(1),
  [PPME.SYSCALL_SETREUID_X]: process.setUid(2),
  [PPME.SYSCALL_SETRESUID_X]: process.setUid(2),
  [PPME.SYSCALL_SETGID_X]: process.setGid(1),
  [PPME.SYSCALL_SETREGID_X]: process.setGid(2),
  [PPME.SYSCALL_SETRESGID_X]: process.setGid(2),
  [PPME.SYSCALL_CAPSET_X]: process.capset,
  [PPME.SYSCALL_GETRLIMIT_X]: process.rlimit,
  [PPME.SYSCALL_SETRLIMIT_X]: process.rlimit,
  [PPME.SYSCALL_PRLIMIT_X]: process.prlimit,
  [PPME.SYSCALL_BRK_4_X]: process.memory(PPME.SYSCALL_BRK_4_X),
  [PPME.SYSCALL_MMAP_X]: process.memory(PPME.SYSCALL_MMAP_X),
  [PPME.SYSCALL_MMAP2_X]: process.memory(PPME.SYSCALL_MMAP2_X),
  [PPME.SYSCALL_MUNMAP_X]: process.memory(PPME.SYSCALL_MUNMAP_X),
  [PPME.SCHEDSWITCH_6_E]: process.schedSwitch,
  [PPME.SYSCALL_PRCTL_X]: process.prctl,
  [PPME.USER_ADDED_E]: process.userAdded,
  [PPME.USER_DELETED_E]: process.userDeleted,
  [PPME.GROUP_ADDED_E]: process.groupAdded,
  [PPME.GROUP_DELETED_E]: process.groupDeleted,
};

/** By event code. */
export const parsers: readonly (Parser | undefined)[] = events.map(({ code }) => byCode[code]);
