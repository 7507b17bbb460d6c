/** capset: the event tells what the caller has after the call, not what it asked for. */
import { PPM } from "#schema/flags";
import {
  _LINUX_CAPABILITY_VERSION_3,
  CAP_BPF,
  CAP_CHOWN,
  CAP_KILL,
  CAP_SYSLOG,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import type { RunFacts } from "../../harness/run/facts.ts";
import { i64, u64 } from "../../harness/run/values.ts";

/** Capability n is bit n of a set, of which each field of struct cap_data holds one half. */
const low = (...capabilities: number[]) => capabilities.reduce((set, n) => set + 2 ** n, 0);
const high = (...capabilities: number[]) => capabilities.reduce((set, n) => set + 2 ** (n - 32), 0);

syscallCase("capset", "three different sets", (p) => {
  const header = p.struct("cap_header", { version: _LINUX_CAPABILITY_VERSION_3, pid: 0 });
  const data = p.struct("cap_data", {
    effective: low(CAP_CHOWN),
    permitted: low(CAP_CHOWN, CAP_KILL),
    permitted_hi: high(CAP_SYSLOG, CAP_BPF),
    inheritable: low(CAP_KILL),
    inheritable_hi: high(CAP_BPF),
  });
  const res = p.capset(header, data);
  const { PPM_CAP_CHOWN, PPM_CAP_KILL, PPM_CAP_SYSLOG, PPM_CAP_BPF } = PPM;
  return [
    event("capset", {
      res: i64(res),
      cap_inheritable: u64(PPM_CAP_KILL + PPM_CAP_BPF),
      cap_permitted: u64(PPM_CAP_CHOWN + PPM_CAP_KILL + PPM_CAP_SYSLOG + PPM_CAP_BPF),
      cap_effective: u64(PPM_CAP_CHOWN),
    }),
  ];
});

syscallCase("capset", "fails with EINVAL and changes nothing", (p) => {
  const header = p.struct("cap_header", { version: _LINUX_CAPABILITY_VERSION_3, pid: 0 });
  const has = p.struct("cap_data");
  p.capget(header, has);
  const res = p.capset(p.struct("cap_header", { version: 1 }), p.struct("cap_data"), { errno: "EINVAL" });
  const set = (half: typeof has.permitted, upper: typeof has.permitted) =>
    u64((facts: RunFacts) => facts.value(half) | (facts.value(upper) << 32n));
  return [
    event("capset", {
      res: i64(res),
      cap_inheritable: set(has.inheritable, has.inheritable_hi),
      cap_permitted: set(has.permitted, has.permitted_hi),
      cap_effective: set(has.effective, has.effective_hi),
    }),
  ];
});
