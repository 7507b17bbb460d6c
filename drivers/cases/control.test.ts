/** prctl, seccomp, resource limits. */
import { PPM } from "#schema/flags";
import {
  PR_GET_CHILD_SUBREAPER,
  PR_GET_NAME,
  PR_SET_CHILD_SUBREAPER,
  PR_SET_DUMPABLE,
  PR_SET_NAME,
  RLIMIT_CORE,
  RLIMIT_NOFILE,
  RLIMIT_STACK,
  SECCOMP_GET_ACTION_AVAIL,
  SECCOMP_RET_ALLOW,
} from "../../harness/program/constants.ts";
import type { BlockBuilder } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { empty, i64, text, u8, u32, u64 } from "../../harness/run/values.ts";

syscallCase("prctl", "a name set and read", (p) => {
  const set = p.prctl(PR_SET_NAME, "renamed");
  const name = p.buffer(16);
  const get = p.prctl(PR_GET_NAME, name);
  const strings = { arg2_str: text("renamed"), arg2_int: i64(0) };
  return [
    event("prctl", { res: i64(set), option: u32(PPM.PPM_PR_SET_NAME), ...strings }),
    event("prctl", { res: i64(get), option: u32(PPM.PPM_PR_GET_NAME), ...strings }),
  ];
});

syscallCase("prctl", "a subreaper set and read", (p) => {
  const set = p.prctl(PR_SET_CHILD_SUBREAPER, 1);
  const get = p.prctl(PR_GET_CHILD_SUBREAPER, p.buffer(4));
  const one = { arg2_str: empty, arg2_int: i64(1) };
  return [
    event("prctl", { res: i64(set), option: u32(PPM.PPM_PR_SET_CHILD_SUBREAPER), ...one }),
    event("prctl", { res: i64(get), option: u32(PPM.PPM_PR_GET_CHILD_SUBREAPER), ...one }),
  ];
});

syscallCase("prctl", "fails with EINVAL for a negative number", (p) => {
  const res = p.prctl(PR_SET_DUMPABLE, -5, 0, 0, 0, { errno: "EINVAL" });
  const option = u32(PPM.PPM_PR_SET_DUMPABLE);
  return [event("prctl", { res: i64(res), option, arg2_str: empty, arg2_int: i64(-5) })];
});

syscallCase("prctl", "a name that cannot be read", (p) => {
  const res = p.prctl(PR_SET_NAME, p.badPointer, 0, 0, 0, { errno: "EFAULT" });
  const option = u32(PPM.PPM_PR_SET_NAME);
  return [event("prctl", { res: i64(res), option, arg2_str: empty, arg2_int: i64(0) })];
});

syscallCase("seccomp", "asks for an action", (p) => {
  const res = p.seccomp(SECCOMP_GET_ACTION_AVAIL, 0, p.int(SECCOMP_RET_ALLOW));
  return [event("seccomp", { res: i64(res), op: u64(SECCOMP_GET_ACTION_AVAIL), flags: u64(0) })];
});

syscallCase("seccomp", "fails with EINVAL", (p) => {
  const res = p.seccomp(99, 0xffffffff, null, { errno: "EINVAL" });
  return [event("seccomp", { res: i64(res), op: u64(99), flags: u64(0xffffffff) })];
});

const core = { resource: u8(PPM.PPM_RLIMIT_CORE) };

/** 64-bit powerpc has kept getrlimit's number, but nothing behind it (arch/powerpc/kernel/syscalls/syscall.tbl). */
const getrlimit = (p: BlockBuilder) => (p.abi.name === "ppc64le" ? "ugetrlimit" : "getrlimit");

syscallCase("getrlimit", "a limit that was set", (p) => {
  p.setrlimit(RLIMIT_CORE, p.struct("rlimit", { cur: 4096, max: 8192 }));
  const res = p.call(getrlimit(p), RLIMIT_CORE, p.struct("rlimit"));
  return [event(getrlimit(p), { res: i64(res), cur: i64(4096), max: i64(8192), ...core })];
});

syscallCase("getrlimit", "fails with EINVAL", (p) => {
  const res = p.call(getrlimit(p), 99, p.struct("rlimit", { cur: 1, max: 2 }), { errno: "EINVAL" });
  const resource = u8(PPM.PPM_RLIMIT_UNKNOWN);
  return [event(getrlimit(p), { res: i64(res), cur: i64(-1), max: i64(-1), resource })];
});

syscallCase("setrlimit", "no limit", (p) => {
  const res = p.setrlimit(RLIMIT_CORE, p.struct("rlimit", { cur: 4096, max: -1 }));
  return [event("setrlimit", { res: i64(res), cur: i64(4096), max: i64(-1), ...core })];
});

syscallCase("setrlimit", "fails with EINVAL, but was asked for something", (p) => {
  const res = p.setrlimit(RLIMIT_NOFILE, p.struct("rlimit", { cur: 9, max: 8 }), { errno: "EINVAL" });
  const resource = u8(PPM.PPM_RLIMIT_NOFILE);
  return [event("setrlimit", { res: i64(res), cur: i64(9), max: i64(8), resource })];
});

syscallCase("setrlimit", "a limit that cannot be read", (p) => {
  const res = p.setrlimit(RLIMIT_STACK, p.badPointer, { errno: "EFAULT" });
  const resource = u8(PPM.PPM_RLIMIT_STACK);
  return [event("setrlimit", { res: i64(res), cur: i64(0), max: i64(0), resource })];
});

syscallCase("prlimit64", "new limits for old ones", (p) => {
  p.setrlimit(RLIMIT_CORE, p.struct("rlimit", { cur: 4096, max: 8192 }));
  const wanted = p.struct("rlimit64", { cur: 1024, max: 2048 });
  const res = p.prlimit64(p.pid, RLIMIT_CORE, wanted, p.struct("rlimit64"));
  const limits = { newcur: i64(1024), newmax: i64(2048), oldcur: i64(4096), oldmax: i64(8192) };
  return [event("prlimit64", { res: i64(res), ...limits, pid: i64(p.pid), ...core })];
});

syscallCase("prlimit64", "fails with ESRCH; the old limits are unknown", (p) => {
  const wanted = p.struct("rlimit64", { cur: -1, max: -1 });
  const untouched = p.struct("rlimit64", { cur: 3, max: 4 });
  const res = p.prlimit64(0x3fff_ffff, RLIMIT_CORE, wanted, untouched, { errno: "ESRCH" });
  const limits = { newcur: i64(-1), newmax: i64(-1), oldcur: i64(0), oldmax: i64(0) };
  return [event("prlimit64", { res: i64(res), ...limits, pid: i64(0x3fff_ffff), ...core })];
});
