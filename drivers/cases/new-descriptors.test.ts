/** Descriptors of things that are no files: pipes, counters, signals, timers, watches, memory. */
import { PPM } from "#schema/flags";
import {
  CLOCK_MONOTONIC,
  EFD_CLOEXEC,
  EFD_NONBLOCK,
  EPOLL_CLOEXEC,
  IN_CLOEXEC,
  IN_NONBLOCK,
  MFD_ALLOW_SEALING,
  MFD_CLOEXEC,
  O_CLOEXEC,
  O_DIRECT,
  O_NONBLOCK,
  SFD_CLOEXEC,
  SFD_NONBLOCK,
  TFD_CLOEXEC,
  TFD_NONBLOCK,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { empty, i64, text, u8, u16, u32, u64 } from "../../harness/run/values.ts";
import { noDescriptorsLeft } from "./support/limits.ts";

const bothFlags = PPM.PPM_O_NONBLOCK | PPM.PPM_O_CLOEXEC;
const noPipe = { fd1: i64(-1), fd2: i64(-1), ino: u64(0) };

syscallCase("pipe", "two ends of one inode", (p) => {
  const pipe = p.pipe();
  const { ino } = p.fstat(pipe.second);
  return [
    event("pipe", { res: i64(pipe.result), fd1: i64(pipe.first), fd2: i64(pipe.second), ino: u64(ino) }),
  ];
});

syscallCase("pipe", "fails with EFAULT", (p) => {
  const res = p.call("pipe", p.badPointer, { errno: "EFAULT" });
  return [event("pipe", { res: i64(res), ...noPipe })];
});

syscallCase("pipe2", "every flag", (p) => {
  const pipe = p.pipe2(O_CLOEXEC | O_NONBLOCK | O_DIRECT);
  const { ino } = p.fstat(pipe.first);
  const ends = { fd1: i64(pipe.first), fd2: i64(pipe.second), ino: u64(ino) };
  const flags = u32(bothFlags | PPM.PPM_O_DIRECT);
  return [event("pipe2", { res: i64(pipe.result), ...ends, flags })];
});

syscallCase("pipe2", "a failed call tells no descriptors", (p) => {
  const untouched = p.struct("fdpair", { first: 5, second: 6 });
  const res = p.call("pipe2", untouched, 1, { errno: "EINVAL" });
  return [event("pipe2", { res: i64(res), ...noPipe, flags: u32(0) })];
});

syscallCase("eventfd", "a counter", (p) => {
  const res = p.eventfd(5);
  return [event("eventfd", { res: i64(res), initval: u64(5), flags: u32(0) })];
});

syscallCase("eventfd", "fails with EMFILE", (p) => {
  noDescriptorsLeft(p);
  const res = p.eventfd(0xffffffff, { errno: "EMFILE" });
  return [event("eventfd", { res: i64(res), initval: u64(0xffffffff), flags: u32(0) })];
});

syscallCase("eventfd2", "both flags", (p) => {
  const res = p.eventfd2(7, EFD_NONBLOCK | EFD_CLOEXEC);
  return [event("eventfd2", { res: i64(res), flags: u16(bothFlags), initval: u64(7) })];
});

syscallCase("eventfd2", "fails with EINVAL", (p) => {
  const res = p.eventfd2(1, 0x100, { errno: "EINVAL" });
  return [event("eventfd2", { res: i64(res), flags: u16(0), initval: u64(1) })];
});

syscallCase("signalfd", "two signals", (p) => {
  const res = p.signalfd(-1, p.struct("sigset", { mask: 0x8000_0200 }), 8);
  return [event("signalfd", { res: i64(res), fd: i64(-1), mask: u32(0x8000_0200), flags: u8(0) })];
});

syscallCase("signalfd", "a set that cannot be read", (p) => {
  const res = p.signalfd(-1, p.badPointer, 8, { errno: "EFAULT" });
  return [event("signalfd", { res: i64(res), fd: i64(-1), mask: u32(0), flags: u8(0) })];
});

syscallCase("signalfd4", "both flags", (p) => {
  const mask = p.struct("sigset", { mask: 0x1_0000_0200 });
  const res = p.signalfd4(-1, mask, 8, SFD_NONBLOCK | SFD_CLOEXEC);
  return [event("signalfd4", { res: i64(res), flags: u16(bothFlags), fd: i64(-1), mask: u32(0x200) })];
});

syscallCase("signalfd4", "fails with EINVAL for a small set", (p) => {
  const res = p.signalfd4(-1, p.struct("sigset", { mask: 0x400 }), 4, 0, { errno: "EINVAL" });
  return [event("signalfd4", { res: i64(res), flags: u16(0), fd: i64(-1), mask: u32(0x400) })];
});

syscallCase("timerfd_create", "both flags, of which one fits", (p) => {
  const res = p.timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  const flags = u8(PPM.PPM_O_NONBLOCK);
  return [event("timerfd_create", { res: i64(res), clockid: u8(CLOCK_MONOTONIC), flags })];
});

syscallCase("timerfd_create", "fails with EINVAL", (p) => {
  const res = p.timerfd_create(99, 0, { errno: "EINVAL" });
  return [event("timerfd_create", { res: i64(res), clockid: u8(99), flags: u8(0) })];
});

syscallCase("inotify_init", "a watch", (p) => {
  const res = p.inotify_init();
  return [event("inotify_init", { res: i64(res), flags: u8(0) })];
});

syscallCase("inotify_init", "fails with EMFILE", (p) => {
  noDescriptorsLeft(p);
  const res = p.inotify_init({ errno: "EMFILE" });
  return [event("inotify_init", { res: i64(res), flags: u8(0) })];
});

syscallCase("inotify_init1", "both flags", (p) => {
  const res = p.inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  return [event("inotify_init1", { res: i64(res), flags: u16(bothFlags) })];
});

syscallCase("inotify_init1", "fails with EINVAL", (p) => {
  const res = p.inotify_init1(0x10, { errno: "EINVAL" });
  return [event("inotify_init1", { res: i64(res), flags: u16(0) })];
});

syscallCase("memfd_create", "sealable", (p) => {
  const fd = p.memfd_create("secret", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  const flags = u32(PPM.PPM_MFD_CLOEXEC | PPM.PPM_MFD_ALLOW_SEALING);
  return [event("memfd_create", { fd: i64(fd), name: text("secret"), flags })];
});

syscallCase("memfd_create", "fails with EFAULT", (p) => {
  const fd = p.memfd_create(p.badPointer, MFD_CLOEXEC, { errno: "EFAULT" });
  return [event("memfd_create", { fd: i64(fd), name: empty, flags: u32(PPM.PPM_MFD_CLOEXEC) })];
});

syscallCase("epoll_create", "a size that means nothing", (p) => {
  const res = p.epoll_create(5);
  return [event("epoll_create", { res: i64(res), size: u32(5) })];
});

syscallCase("epoll_create", "fails with EINVAL", (p) => {
  const res = p.epoll_create(-1, { errno: "EINVAL" });
  return [event("epoll_create", { res: i64(res), size: u32(-1) })];
});

syscallCase("epoll_create1", "closed at exec", (p) => {
  const res = p.epoll_create1(EPOLL_CLOEXEC);
  return [event("epoll_create1", { res: i64(res), flags: u32(PPM.PPM_EPOLL_CLOEXEC) })];
});

syscallCase("epoll_create1", "fails with EINVAL", (p) => {
  const res = p.epoll_create1(1, { errno: "EINVAL" });
  return [event("epoll_create1", { res: i64(res), flags: u32(0) })];
});
