/** Process groups, sessions, namespaces, and signals sent. */
import { PPM } from "#schema/flags";
import {
  AT_FDCWD,
  CLONE_FS,
  CLONE_NEWUTS,
  CLONE_PARENT,
  CLONE_SYSVSEM,
  O_RDONLY,
  SIGUSR1,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { i64, u8, u32 } from "../../harness/run/values.ts";

/** Larger than any process id can be. */
const nobody = 0x3fff_ffff;

syscallCase("setpgid", "a child makes a group", (p) => {
  const child = p.fork((c) => {
    c.setpgid(0, 0);
  });
  p.wait(child);
  return [event("setpgid", { res: i64(0), pid: i64(0), pgid: i64(0) }, child)];
});

syscallCase("setpgid", "fails with EINVAL, then with ESRCH", (p) => {
  const negative = p.setpgid(0, -1, { errno: "EINVAL" });
  const missing = p.setpgid(nobody, 0, { errno: "ESRCH" });
  return [
    event("setpgid", { res: i64(negative), pid: i64(0), pgid: i64(-1) }),
    event("setpgid", { res: i64(missing), pid: i64(nobody), pgid: i64(0) }),
  ];
});

syscallCase("setsid", "a child makes a session, but only one", (p) => {
  const child = p.fork((c) => {
    c.setsid();
    c.setsid({ errno: "EPERM" });
  });
  p.wait(child);
  return [event("setsid", { res: i64(child) }, child), event("setsid", { res: i64(-1) }, child)];
});

syscallCase("setns", "the namespace it is in", (p) => {
  const fd = p.openat(AT_FDCWD, "/proc/self/ns/uts", O_RDONLY);
  const res = p.setns(fd, CLONE_NEWUTS);
  return [event("setns", { res: i64(res), fd: i64(fd), nstype: u32(PPM.PPM_CL_CLONE_NEWUTS) })];
});

syscallCase("setns", "fails with EBADF", (p) => {
  const res = p.setns(-1, 0, { errno: "EBADF" });
  return [event("setns", { res: i64(res), fd: i64(-1), nstype: u32(0) })];
});

syscallCase("unshare", "several kinds", (p) => {
  const res = p.unshare(CLONE_FS | CLONE_NEWUTS | CLONE_SYSVSEM);
  const { PPM_CL_CLONE_FS, PPM_CL_CLONE_NEWUTS, PPM_CL_CLONE_SYSVSEM } = PPM;
  const flags = u32(PPM_CL_CLONE_FS | PPM_CL_CLONE_NEWUTS | PPM_CL_CLONE_SYSVSEM);
  return [event("unshare", { res: i64(res), flags })];
});

syscallCase("unshare", "fails with EINVAL", (p) => {
  const res = p.unshare(CLONE_PARENT, { errno: "EINVAL" });
  return [event("unshare", { res: i64(res), flags: u32(PPM.PPM_CL_CLONE_PARENT) })];
});

syscallCase("kill", "asks for itself", (p) => {
  const res = p.kill(p.pid, 0);
  return [event("kill", { res: i64(res), pid: i64(p.pid), sig: u8(0) })];
});

syscallCase("kill", "fails with ESRCH for a group, then with EINVAL", (p) => {
  const missing = p.kill(-nobody, SIGUSR1, { errno: "ESRCH" });
  const invalid = p.kill(p.pid, 70, { errno: "EINVAL" });
  return [
    event("kill", { res: i64(missing), pid: i64(-nobody), sig: u8(SIGUSR1) }),
    event("kill", { res: i64(invalid), pid: i64(p.pid), sig: u8(70) }),
  ];
});

syscallCase("tkill", "a signal that is handled", (p) => {
  p.ignoreBySigaction(SIGUSR1);
  const res = p.tkill(p.tid, SIGUSR1);
  return [event("tkill", { res: i64(res), tid: i64(p.tid), sig: u8(SIGUSR1) })];
});

syscallCase("tkill", "fails with EINVAL", (p) => {
  const res = p.tkill(-1, SIGUSR1, { errno: "EINVAL" });
  return [event("tkill", { res: i64(res), tid: i64(-1), sig: u8(SIGUSR1) })];
});

syscallCase("tgkill", "a thread of its own process", (p) => {
  const res = p.tgkill(p.pid, p.tid, 0);
  return [event("tgkill", { res: i64(res), pid: i64(p.pid), tid: i64(p.tid), sig: u8(0) })];
});

syscallCase("tgkill", "fails with ESRCH", (p) => {
  const res = p.tgkill(nobody, p.tid, SIGUSR1, { errno: "ESRCH" });
  return [event("tgkill", { res: i64(res), pid: i64(nobody), tid: i64(p.tid), sig: u8(SIGUSR1) })];
});
