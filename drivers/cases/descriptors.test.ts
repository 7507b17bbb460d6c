/** Descriptors copied, moved, locked and controlled. */
import { PPM } from "#schema/flags";
import {
  AT_FDCWD,
  CLOSE_RANGE_CLOEXEC,
  CLOSE_RANGE_UNSHARE,
  F_DUPFD,
  F_DUPFD_CLOEXEC,
  F_GETFD,
  F_GETFL,
  F_GETLK,
  F_GETPIPE_SZ,
  F_SETFD,
  FIONREAD,
  LOCK_EX,
  LOCK_NB,
  LOCK_SH,
  LOCK_UN,
  O_CLOEXEC,
  O_CREAT,
  O_RDONLY,
  O_RDWR,
  SEEK_CUR,
  SEEK_END,
  SEEK_SET,
} from "../../harness/program/constants.ts";
import type { BlockBuilder } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { i64, u8, u32, u64 } from "../../harness/run/values.ts";

const root = (p: BlockBuilder) => p.openat(AT_FDCWD, "/", O_RDONLY);
const file = (p: BlockBuilder) => p.openat(AT_FDCWD, "file", O_CREAT | O_RDWR, 0o600);

syscallCase("dup", "a descriptor", (p) => {
  const fd = root(p);
  const res = p.dup(fd);
  return [event("dup", { res: i64(res), oldfd: i64(fd) })];
});

syscallCase("dup", "fails with EBADF", (p) => {
  const res = p.dup(-1, { errno: "EBADF" });
  return [event("dup", { res: i64(res), oldfd: i64(-1) })];
});

syscallCase("dup2", "to a chosen number", (p) => {
  const fd = root(p);
  const res = p.dup2(fd, 33);
  return [event("dup2", { res: i64(33), oldfd: i64(fd), newfd: i64(res) })];
});

syscallCase("dup2", "fails with EBADF", (p) => {
  const res = p.dup2(-1, 33, { errno: "EBADF" });
  return [event("dup2", { res: i64(res), oldfd: i64(-1), newfd: i64(33) })];
});

syscallCase("dup3", "closed at exec", (p) => {
  const fd = root(p);
  const res = p.dup3(fd, 34, O_CLOEXEC);
  const flags = u32(PPM.PPM_O_CLOEXEC);
  return [event("dup3", { res: i64(res), oldfd: i64(fd), newfd: i64(34), flags })];
});

syscallCase("dup3", "fails with EINVAL for equal numbers", (p) => {
  const res = p.dup3(5, 5, 0, { errno: "EINVAL" });
  return [event("dup3", { res: i64(res), oldfd: i64(5), newfd: i64(5), flags: u32(0) })];
});

syscallCase("fcntl", "several commands", (p) => {
  const fd = root(p);
  const run = (command: number, ppm: number, arg: number) => {
    const res = p.fcntl(fd, command, arg);
    return event("fcntl", { res: i64(res), fd: i64(fd), cmd: u8(ppm), arg: u64(arg) });
  };
  return [
    run(F_DUPFD, PPM.PPM_FCNTL_F_DUPFD, 50),
    run(F_DUPFD_CLOEXEC, PPM.PPM_FCNTL_F_DUPFD_CLOEXEC, 60),
    run(F_GETFD, PPM.PPM_FCNTL_F_GETFD, 0),
    run(F_SETFD, PPM.PPM_FCNTL_F_SETFD, 1),
    run(F_GETFL, PPM.PPM_FCNTL_F_GETFL, 0),
  ];
});

syscallCase("fcntl", "a lock by pointer", (p) => {
  const fd = file(p);
  const lock = p.struct("flock", { type: 1 });
  const res = p.fcntl(fd, F_GETLK, lock);
  const cmd = u8(PPM.PPM_FCNTL_F_GETLK);
  return [event("fcntl", { res: i64(res), fd: i64(fd), cmd, arg: u64(lock.memory.at()) })];
});

syscallCase("fcntl", "fails with EBADF", (p) => {
  const res = p.fcntl(-1, F_GETPIPE_SZ, 7, { errno: "EBADF" });
  return [event("fcntl", { res: i64(res), fd: i64(-1), cmd: u8(PPM.PPM_FCNTL_F_GETPIPE_SZ), arg: u64(7) })];
});

syscallCase("fcntl", "an unknown command fails with EINVAL", (p) => {
  const fd = root(p);
  const res = p.fcntl(fd, 999, 0, { errno: "EINVAL" });
  return [event("fcntl", { res: i64(res), fd: i64(fd), cmd: u8(PPM.PPM_FCNTL_UNKNOWN), arg: u64(0) })];
});

syscallCase("flock", "shared, exclusive, free", (p) => {
  const fd = file(p);
  const run = (operation: number, ppm: number) => {
    const res = p.flock(fd, operation);
    return event("flock", { res: i64(res), fd: i64(fd), operation: u32(ppm) });
  };
  return [
    run(LOCK_SH, PPM.PPM_LOCK_SH),
    run(LOCK_EX | LOCK_NB, PPM.PPM_LOCK_EX | PPM.PPM_LOCK_NB),
    run(LOCK_UN, PPM.PPM_LOCK_UN),
  ];
});

syscallCase("flock", "fails with EBADF", (p) => {
  const res = p.flock(-1, LOCK_EX, { errno: "EBADF" });
  return [event("flock", { res: i64(res), fd: i64(-1), operation: u32(PPM.PPM_LOCK_EX) })];
});

syscallCase("ioctl", "with a pointer", (p) => {
  const fd = file(p);
  const count = p.buffer(4);
  const res = p.ioctl(fd, FIONREAD, count);
  return [event("ioctl", { res: i64(res), fd: i64(fd), request: u64(FIONREAD), argument: u64(count.at()) })];
});

syscallCase(
  "ioctl",
  "fails with EBADF",
  (p) => {
    const res = p.ioctl(-1, 0x8000_0001, 0x1234_5678_9abcn, { errno: "EBADF" });
    const args = { request: u64(0x8000_0001), argument: u64(0x1234_5678_9abcn) };
    return [event("ioctl", { res: i64(res), fd: i64(-1), ...args })];
  },
  { native: "the argument has more than 32 bits" },
);

syscallCase("lseek", "from the start, from here, from the end", (p) => {
  const fd = file(p);
  p.ftruncate(fd, 100);
  const run = (offset: number, whence: number, ppm: number) => {
    const res = p.lseek(fd, offset, whence);
    return event("lseek", { res: i64(res), fd: i64(fd), offset: u64(offset), whence: u8(ppm) });
  };
  return [
    run(70, SEEK_SET, PPM.PPM_SEEK_SET),
    run(-20, SEEK_CUR, PPM.PPM_SEEK_CUR),
    run(-1, SEEK_END, PPM.PPM_SEEK_END),
  ];
});

syscallCase("lseek", "fails with ESPIPE", (p) => {
  const { first } = p.pipe2(0);
  const res = p.lseek(first, 5, SEEK_END, { errno: "ESPIPE" });
  const rest = { offset: u64(5), whence: u8(PPM.PPM_SEEK_END) };
  return [event("lseek", { res: i64(res), fd: i64(first), ...rest })];
});

syscallCase("_llseek", "beyond 32 bits, back, from the end", (p) => {
  const fd = file(p);
  p.ftruncate(fd, 100);
  const position = p.buffer(8);
  const run = (offset: bigint, whence: number, ppm: number) => {
    const halves = BigInt.asUintN(64, offset);
    const res = p._llseek(fd, halves >> 32n, halves & 0xffffffffn, position, whence);
    return event("_llseek", { res: i64(res), fd: i64(fd), offset: u64(halves), whence: u8(ppm) });
  };
  return [
    run(0x5_8000_0007n, SEEK_SET, PPM.PPM_SEEK_SET),
    run(-0x1_0000_0001n, SEEK_CUR, PPM.PPM_SEEK_CUR),
    run(-1n, SEEK_END, PPM.PPM_SEEK_END),
  ];
});

syscallCase("_llseek", "fails with ESPIPE", (p) => {
  const { first } = p.pipe2(0);
  const res = p._llseek(first, 1, 5, p.buffer(8), SEEK_END, { errno: "ESPIPE" });
  const rest = { offset: u64(0x1_0000_0005n), whence: u8(PPM.PPM_SEEK_END) };
  return [event("_llseek", { res: i64(res), fd: i64(first), ...rest })];
});

syscallCase("close_range", "nothing is open there", (p) => {
  const res = p.close_range(1000, 0xffffffff, CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC, { any: true });
  const flags = u32(PPM.PPM_CLOSE_RANGE_UNSHARE | PPM.PPM_CLOSE_RANGE_CLOEXEC);
  return [event("close_range", { res: i64(res), first: u32(1000), last: u32(0xffffffff), flags })];
});

syscallCase("close_range", "one descriptor", (p) => {
  const fd = root(p);
  const res = p.close_range(fd, fd, 0);
  return [event("close_range", { res: i64(res), first: u32(fd), last: u32(fd), flags: u32(0) })];
});

syscallCase("close_range", "fails with EINVAL", (p) => {
  const res = p.close_range(9, 8, 0, { errno: "EINVAL" });
  return [event("close_range", { res: i64(res), first: u32(9), last: u32(8), flags: u32(0) })];
});
