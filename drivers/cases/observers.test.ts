/** Descriptors that stand for processes and for page faults. */
import { PPM } from "#schema/flags";
import { AT_FDCWD, O_CLOEXEC, O_NONBLOCK, O_RDONLY } from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { i64, u32 } from "../../harness/run/values.ts";

syscallCase("userfaultfd", "both flags", (p) => {
  const res = p.userfaultfd(O_CLOEXEC | O_NONBLOCK);
  const flags = u32(PPM.PPM_O_CLOEXEC | PPM.PPM_O_NONBLOCK);
  return [event("userfaultfd", { res: i64(res), flags })];
});

syscallCase("userfaultfd", "fails with EINVAL", (p) => {
  const res = p.userfaultfd(0x40, { errno: "EINVAL" });
  return [event("userfaultfd", { res: i64(res), flags: u32(0) })];
});

syscallCase("pidfd_open", "the process itself", (p) => {
  const fd = p.pidfd_open(p.pid, 0);
  return [event("pidfd_open", { fd: i64(fd), pid: i64(p.pid), flags: u32(0) })];
});

syscallCase("pidfd_open", "without blocking", (p) => {
  const fd = p.pidfd_open(p.pid, O_NONBLOCK);
  return [event("pidfd_open", { fd: i64(fd), pid: i64(p.pid), flags: u32(PPM.PPM_PIDFD_NONBLOCK) })];
});

syscallCase("pidfd_open", "fails with EINVAL", (p) => {
  const fd = p.pidfd_open(-3, 0, { errno: "EINVAL" });
  return [event("pidfd_open", { fd: i64(fd), pid: i64(-3), flags: u32(0) })];
});

syscallCase("pidfd_getfd", "of the process itself", (p) => {
  const target = p.openat(AT_FDCWD, "/", O_RDONLY);
  const pidfd = p.pidfd_open(p.pid, 0);
  const fd = p.pidfd_getfd(pidfd, target, 0);
  const from = { pid_fd: i64(pidfd), target_fd: i64(target) };
  return [event("pidfd_getfd", { fd: i64(fd), ...from, flags: u32(0) })];
});

syscallCase("pidfd_getfd", "fails with EINVAL", (p) => {
  const fd = p.pidfd_getfd(-1, -2, 9, { errno: "EINVAL" });
  return [event("pidfd_getfd", { fd: i64(fd), pid_fd: i64(-1), target_fd: i64(-2), flags: u32(9) })];
});
