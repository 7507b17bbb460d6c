/** Calls that wait for descriptors, words and time. */
import { PPM } from "#schema/flags";
import {
  FUTEX_BITSET_MATCH_ANY,
  FUTEX_CLOCK_REALTIME,
  FUTEX_PRIVATE_FLAG,
  FUTEX_WAIT,
  FUTEX_WAIT_BITSET,
  FUTEX_WAKE,
  POLLIN,
  POLLOUT,
  POLLRDNORM,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { fdlist, i64, u16, u32, u64 } from "../../harness/run/values.ts";

syscallCase("poll", "a readable and a writable end, without timeout", (p) => {
  const { first, second } = p.pipe2(0);
  p.write(second, p.bytes("x"), 1);
  const fds = p.structs("pollfd", [
    { fd: first, events: POLLIN | POLLRDNORM },
    { fd: second, events: POLLOUT },
    { fd: -1, events: POLLIN },
    { fd: 777, events: 0 },
  ]);
  const res = p.poll(fds, 4, -1);
  const list = fdlist([
    [first, PPM.PPM_POLLIN | PPM.PPM_POLLRDNORM],
    [second, PPM.PPM_POLLOUT],
    [-1, 0],
    [777, PPM.PPM_POLLNVAL],
  ]);
  return [event("poll", { res: i64(res), fds: list, timeout: i64(-1) })];
});

syscallCase("poll", "the end that nobody writes to", (p) => {
  const { first, second } = p.pipe2(0);
  p.close(second);
  const res = p.poll(p.structs("pollfd", [{ fd: first, events: POLLIN }]), 1, 100);
  return [event("poll", { res: i64(res), fds: fdlist([[first, PPM.PPM_POLLHUP]]), timeout: i64(100) })];
});

syscallCase("poll", "more descriptors than are kept", (p) => {
  const res = p.poll(p.structs("pollfd", Array(70).fill({ fd: -1 })), 70, 0);
  return [event("poll", { res: i64(res), fds: fdlist(Array(64).fill([-1, 0])), timeout: i64(0) })];
});

syscallCase("poll", "a list that cannot be read", (p) => {
  const res = p.poll(p.badPointer, 2, 0, { errno: "EFAULT" });
  return [event("poll", { res: i64(res), fds: fdlist([]), timeout: i64(0) })];
});

syscallCase("ppoll", "until the time is over", (p) => {
  const { first } = p.pipe2(0);
  const fds = p.structs("pollfd", [{ fd: first, events: POLLIN }]);
  const timeout = p.struct("timespec", { sec: 0, nsec: 1000 });
  const res = p.ppoll(fds, 1, timeout, p.struct("sigset", { mask: 0x3_0000_0200n }), 8);
  const list = fdlist([[first, 0]]);
  // The kernel leaves the rest of the time in the timeout.
  return [event("ppoll", { res: i64(res), fds: list, timeout: u64(0), sigmask: u32(0x200) })];
});

syscallCase("ppoll", "a timeout of which time is left", (p) => {
  const { second } = p.pipe2(0);
  const left = p.struct("timespec", { sec: 3, nsec: 5 });
  const res = p.ppoll(p.structs("pollfd", [{ fd: second, events: POLLOUT }]), 1, left, null, 0);
  const timeout = u64((facts) => facts.value(left.sec) * 1_000_000_000n + facts.value(left.nsec));
  const fds = fdlist([[second, PPM.PPM_POLLOUT]]);
  return [event("ppoll", { res: i64(res), fds, timeout, sigmask: u32(0) })];
});

syscallCase("ppoll", "fails with EINVAL", (p) => {
  const timeout = p.struct("timespec", { sec: 1, nsec: 1_000_000_000 });
  const res = p.ppoll(null, 0, timeout, null, 0, { errno: "EINVAL" });
  return [event("ppoll", { res: i64(res), fds: fdlist([]), timeout: u64(2_000_000_000), sigmask: u32(0) })];
});

syscallCase(
  "select",
  "nothing, for no time",
  (p) => {
    const res = p.select(0, null, null, null, p.struct("timeval"));
    return [event("select", { res: i64(res) })];
  },
  { native: "select of 32 bits takes its arguments in memory" },
);

syscallCase(
  "select",
  "a negative number of descriptors",
  (p) => {
    // 64-bit powerpc has kept the number, and only _newselect behind it (arch/powerpc/kernel/syscalls/syscall.tbl).
    const errno = p.abi.name === "ppc64le" ? "ENOSYS" : "EINVAL";
    const res = p.select(-1, null, null, null, null, { errno });
    return [event("select", { res: i64(res) })];
  },
  { native: "select of 32 bits takes its arguments in memory" },
);

syscallCase("epoll_wait", "nothing, for no time", (p) => {
  const epfd = p.epoll_create1(0);
  const res = p.epoll_wait(epfd, p.buffer(64), 3, 0);
  return [event("epoll_wait", { res: i64(res), maxevents: i64(3) })];
});

syscallCase("epoll_wait", "fails with EINVAL", (p) => {
  const epfd = p.epoll_create1(0);
  const res = p.epoll_wait(epfd, p.buffer(64), -4, 0, { errno: "EINVAL" });
  return [event("epoll_wait", { res: i64(res), maxevents: i64(-4) })];
});

syscallCase("futex", "wakes nobody", (p) => {
  const word = p.int(0);
  const res = p.futex(word, FUTEX_WAKE, 3);
  const op = u16(PPM.PPM_FU_FUTEX_WAKE);
  return [event("futex", { res: i64(res), addr: u64(word.at()), op, val: u64(3) })];
});

syscallCase("futex", "another value fails with EAGAIN", (p) => {
  const word = p.int(1);
  const res = p.futex(word, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0xffffffff, null, null, 0, { errno: "EAGAIN" });
  const op = u16(PPM.PPM_FU_FUTEX_WAIT | PPM.PPM_FU_FUTEX_PRIVATE_FLAG);
  return [event("futex", { res: i64(res), addr: u64(word.at()), op, val: u64(0xffffffff) })];
});

syscallCase("futex", "both bits beside an operation", (p) => {
  const word = p.int(1);
  const operation = FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME;
  const any = FUTEX_BITSET_MATCH_ANY;
  const res = p.futex(word, operation, 2, null, null, any, { errno: "EAGAIN" });
  const op = PPM.PPM_FU_FUTEX_WAIT_BITSET | PPM.PPM_FU_FUTEX_PRIVATE_FLAG | PPM.PPM_FU_FUTEX_CLOCK_REALTIME;
  return [event("futex", { res: i64(res), addr: u64(word.at()), op: u16(op), val: u64(2) })];
});

syscallCase("nanosleep", "a millisecond", (p) => {
  const res = p.nanosleep(p.struct("timespec", { sec: 0, nsec: 1_000_000 }), null);
  return [event("nanosleep", { res: i64(res), interval: u64(1_000_000) })];
});

syscallCase("nanosleep", "fails with EINVAL for a negative time", (p) => {
  const res = p.nanosleep(p.struct("timespec", { sec: -1, nsec: 0 }), null, { errno: "EINVAL" });
  return [event("nanosleep", { res: i64(res), interval: u64(-1_000_000_000) })];
});

syscallCase("nanosleep", "a time that cannot be read", (p) => {
  const res = p.nanosleep(p.badPointer, null, { errno: "EFAULT" });
  return [event("nanosleep", { res: i64(res), interval: u64(0) })];
});
