/** User and group ids. Programs run as root; each one is a process of its own, so nothing is put back. */
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { i64, u32 } from "../../harness/run/values.ts";

const keep = -1;
const kept = u32(0xffffffff);

for (const [call, id, change] of [
  ["getuid", "uid", "setresuid"],
  ["geteuid", "euid", "setresuid"],
  ["getgid", "gid", "setresgid"],
  ["getegid", "egid", "setresgid"],
] as const) {
  syscallCase(call, "of root", (p) => {
    p[call]();
    return [event(call, { [id]: u32(0) })];
  });

  syscallCase(call, "after a change", (p) => {
    p[change](1001, 1002, 1003);
    p[call]();
    return [event(call, { [id]: u32(call.startsWith("gete") ? 1002 : 1001) })];
  });
}

for (const [get, set, prefix] of [
  ["getresuid", "setresuid", "u"],
  ["getresgid", "setresgid", "g"],
] as const) {
  const names = [`r${prefix}id`, `e${prefix}id`, `s${prefix}id`] as const;
  const ids = (...values: readonly number[]) =>
    Object.fromEntries(names.map((name, i) => [name, u32(values[i]!)]));

  syscallCase(get, "three ids", (p) => {
    p[set](1001, 1002, 1003);
    const res = p[get](p.buffer(4), p.buffer(4), p.buffer(4));
    return [event(get, { res: i64(res), ...ids(1001, 1002, 1003) })];
  });

  syscallCase(get, "a failed call tells no ids", (p) => {
    const res = p[get](p.int(7), p.badPointer, p.int(8), { errno: "EFAULT" });
    return [event(get, { res: i64(res), ...ids(-1, -1, -1) })];
  });

  syscallCase(set, "three ids", (p) => {
    const res = p[set](1001, keep, 1003);
    return [event(set, { res: i64(res), ...ids(1001, -1, 1003) })];
  });

  syscallCase(set, "fails with EPERM", (p) => {
    p.setresgid(5, 5, 5);
    p.setresuid(5, 5, 5);
    const res = p[set](0, 1, 2, { errno: "EPERM" });
    return [event(set, { res: i64(0), ...ids(5, 5, 5) }), event(set, { res: i64(res), ...ids(0, 1, 2) })];
  });
}

for (const [call, kind, parameters] of [
  ["setreuid", "u", ["ruid", "euid"]],
  ["setregid", "g", ["rgid", "egid"]],
] as const) {
  const [real, effective] = parameters;

  syscallCase(call, "both ids", (p) => {
    const res = p[call](1001, 1002);
    return [event(call, { res: i64(res), [real]: u32(1001), [effective]: u32(1002) })];
  });

  syscallCase(call, "fails with EPERM", (p) => {
    if (kind === "g") p.setgid(5);
    p.setuid(5);
    const res = p[call](keep, 0, { errno: "EPERM" });
    return [event(call, { res: i64(res), [real]: kept, [effective]: u32(0) })];
  });
}

for (const [call, id] of [
  ["setuid", "uid"],
  ["setgid", "gid"],
] as const) {
  syscallCase(call, "another id", (p) => {
    const res = p[call](1001);
    return [event(call, { res: i64(res), [id]: u32(1001) })];
  });

  syscallCase(call, "fails with EINVAL", (p) => {
    const res = p[call](-1, { errno: "EINVAL" });
    return [event(call, { res: i64(res), [id]: u32(0xffffffff) })];
  });
}
