/** Data through file descriptors: buffers cut at snaplen, vectors, positions. */
import { AT_FDCWD, O_CREAT, O_RDWR, SEEK_SET } from "../../harness/program/constants.ts";
import type { BlockBuilder } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { bytes, empty, i64, u32, u64 } from "../../harness/run/values.ts";

const long = "0123456789".repeat(30);

/** A file that holds `content`, with its position at the start. */
function file(p: BlockBuilder, content = "") {
  const fd = p.openat(AT_FDCWD, "file", O_CREAT | O_RDWR, 0o600);
  if (content) p.pwrite64(fd, p.bytes(content), content.length, 0);
  return fd;
}

syscallCase("write", "a short text", (p) => {
  const fd = file(p);
  const res = p.write(fd, p.bytes("hello"), 5);
  return [event("write", { res: i64(res), data: bytes("hello"), fd: i64(fd), size: u32(5) })];
});

syscallCase("write", "more than snaplen", (p) => {
  const fd = file(p);
  const res = p.write(fd, p.bytes(long), long.length);
  return [event("write", { res: i64(res), data: bytes(long.slice(0, 80)), fd: i64(fd), size: u32(300) })];
});

syscallCase(
  "write",
  "a snaplen of 200",
  (p) => {
    const fd = file(p);
    const res = p.write(fd, p.bytes(long), long.length);
    return [event("write", { res: i64(res), data: bytes(long.slice(0, 200)), fd: i64(fd), size: u32(300) })];
  },
  { snaplen: 200 },
);

syscallCase("write", "nothing", (p) => {
  const fd = file(p);
  const res = p.write(fd, p.bytes("x"), 0);
  return [event("write", { res: i64(res), data: empty, fd: i64(fd), size: u32(0) })];
});

syscallCase("write", "fails with EBADF but had data", (p) => {
  const res = p.write(-1, p.bytes("lost"), 4, { errno: "EBADF" });
  return [event("write", { res: i64(res), data: bytes("lost"), fd: i64(-1), size: u32(4) })];
});

syscallCase("write", "a buffer that cannot be read", (p) => {
  const fd = file(p);
  const res = p.write(fd, p.badPointer, 16, { errno: "EFAULT" });
  return [event("write", { res: i64(res), data: empty, fd: i64(fd), size: u32(16) })];
});

syscallCase("read", "part of a file", (p) => {
  const fd = file(p, "hello world");
  const res = p.read(fd, p.buffer(5), 5);
  return [event("read", { res: i64(res), data: bytes("hello"), fd: i64(fd), size: u32(5) })];
});

syscallCase("read", "a wide buffer at the end of the file", (p) => {
  const fd = file(p, "ab");
  const res = p.read(fd, p.buffer(4096), 4096);
  return [event("read", { res: i64(res), data: bytes("ab"), fd: i64(fd), size: u32(4096) })];
});

syscallCase("read", "fails with EBADF", (p) => {
  const res = p.read(77, p.buffer(8), 8, { errno: "EBADF" });
  return [event("read", { res: i64(res), data: empty, fd: i64(77), size: u32(8) })];
});

syscallCase("pread64", "at a position", (p) => {
  const fd = file(p, "hello world");
  const res = p.pread64(fd, p.buffer(64), 64, 6);
  return [event("pread64", { res: i64(res), data: bytes("world"), fd: i64(fd), size: u32(64), pos: u64(6) })];
});

syscallCase(
  "pread64",
  "fails with EINVAL at a negative position",
  (p) => {
    const fd = file(p, "x");
    const res = p.pread64(fd, p.buffer(4), 4, -1, { errno: "EINVAL" });
    return [event("pread64", { res: i64(res), data: empty, fd: i64(fd), size: u32(4), pos: u64(-1) })];
  },
  { native: "a position takes two arguments of 32 bits" },
);

syscallCase(
  "pwrite64",
  "at a position beyond 4 GiB",
  (p) => {
    const fd = file(p);
    const res = p.pwrite64(fd, p.bytes("far"), 3, 0x1_0000_0001);
    const pos = u64(0x1_0000_0001);
    return [event("pwrite64", { res: i64(res), data: bytes("far"), fd: i64(fd), size: u32(3), pos })];
  },
  { native: "a position takes two arguments of 32 bits" },
);

syscallCase("pwrite64", "fails with ESPIPE on a pipe", (p) => {
  const pair = p.pipe2(0);
  const res = p.pwrite64(pair.second, p.bytes("no"), 2, 0, { errno: "ESPIPE" });
  const fd = i64(pair.second);
  return [event("pwrite64", { res: i64(res), data: bytes("no"), fd, size: u32(2), pos: u64(0) })];
});

syscallCase("writev", "three buffers", (p) => {
  const fd = file(p);
  const res = p.writev(fd, p.iovec(["one", "", "three"]), 3);
  return [event("writev", { res: i64(res), data: bytes("onethree"), fd: i64(fd), size: u32(8) })];
});

syscallCase("writev", "snaplen cuts in the second buffer", (p) => {
  const fd = file(p);
  const res = p.writev(fd, p.iovec([long.slice(0, 70), long.slice(0, 70)]), 2);
  const data = bytes(long.slice(0, 70) + long.slice(0, 10));
  return [event("writev", { res: i64(res), data, fd: i64(fd), size: u32(140) })];
});

syscallCase("writev", "a vector that cannot be read", (p) => {
  const fd = file(p);
  const res = p.writev(fd, p.badPointer, 2, { errno: "EFAULT" });
  return [event("writev", { res: i64(res), data: empty, fd: i64(fd), size: u32(0) })];
});

syscallCase("readv", "fills two buffers, the second in part", (p) => {
  const fd = file(p, "hello world");
  const res = p.readv(fd, p.iovec([p.buffer(6), p.buffer(10)]), 2);
  return [event("readv", { res: i64(res), size: u32(11), data: bytes("hello world"), fd: i64(fd) })];
});

syscallCase("readv", "fails with EBADF", (p) => {
  const res = p.readv(-1, p.iovec([p.buffer(4)]), 1, { errno: "EBADF" });
  return [event("readv", { res: i64(res), size: u32(0), data: empty, fd: i64(-1) })];
});

syscallCase("preadv", "at a position", (p) => {
  const fd = file(p, "hello world");
  const res = p.preadv(fd, p.iovec([p.buffer(2), p.buffer(2)]), 2, 6, 0);
  return [event("preadv", { res: i64(res), size: u32(4), data: bytes("worl"), fd: i64(fd), pos: u64(6) })];
});

syscallCase("preadv", "fails with EBADF", (p) => {
  const res = p.preadv(-1, p.iovec([p.buffer(3)]), 1, 9, 0, { errno: "EBADF" });
  return [event("preadv", { res: i64(res), size: u32(0), data: empty, fd: i64(-1), pos: u64(9) })];
});

syscallCase("pwritev", "at a position", (p) => {
  const fd = file(p, "hello world");
  const res = p.pwritev(fd, p.iovec(["W", "O"]), 2, 6, 0);
  return [event("pwritev", { res: i64(res), data: bytes("WO"), fd: i64(fd), size: u32(2), pos: u64(6) })];
});

syscallCase("pwritev", "fails with EBADF", (p) => {
  const res = p.pwritev(-1, p.iovec(["abc"]), 1, 1, 0, { errno: "EBADF" });
  return [event("pwritev", { res: i64(res), data: bytes("abc"), fd: i64(-1), size: u32(3), pos: u64(1) })];
});

syscallCase(
  "write",
  "a failed call is left out when failures are dropped",
  (p) => {
    const fd = file(p);
    p.write(-1, p.bytes("lost"), 4, { errno: "EBADF" });
    const res = p.write(fd, p.bytes("kept"), 4);
    p.lseek(fd, 0, SEEK_SET);
    return [event("write", { res: i64(res), data: bytes("kept"), fd: i64(fd), size: u32(4) })];
  },
  { dropFailed: true },
);

syscallCase("close", "an open file", (p) => {
  const fd = file(p);
  const res = p.close(fd);
  return [event("close", { res: i64(res), fd: i64(fd) })];
});

syscallCase("close", "fails with EBADF", (p) => {
  const res = p.close(-1, { errno: "EBADF" });
  return [event("close", { res: i64(res), fd: i64(-1) })];
});
