/** Signals at their delivery. The sender is known for some of them only. */
import {
  SA_RESTART,
  SIGCHLD,
  SIGHUP,
  SIGINT,
  SIGKILL,
  SIGTERM,
  SIGUSR1,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { i64, type Num, u8 } from "../../harness/run/values.ts";

const realtime = 34;

function delivered(from: Num, to: Num, signal: number) {
  return event("signal_deliver", { spid: i64(from), dpid: i64(to), sig: u8(signal) }, to);
}

for (const [name, signal] of [
  ["SIGTERM", SIGTERM],
  ["SIGHUP", SIGHUP],
  ["a realtime signal", realtime],
] as const)
  syscallCase("signal_deliver", `${name} to itself`, (p) => {
    p.ignoreBySigaction(signal);
    p.kill(p.pid, signal);
    return [delivered(p.pid, p.tid, signal)];
  });

syscallCase("signal_deliver", "SIGUSR1 has no sender", (p) => {
  p.ignoreBySigaction(SIGUSR1);
  p.kill(p.pid, SIGUSR1);
  return [delivered(0, p.tid, SIGUSR1)];
});

syscallCase("signal_deliver", "SIGINT from a child", (p) => {
  p.ignoreBySigaction(SIGINT, SA_RESTART);
  const child = p.fork((c) => {
    c.kill(c.ppid, SIGINT);
  });
  p.wait(child);
  return [delivered(child, p.tid, SIGINT)];
});

syscallCase("signal_deliver", "SIGCHLD when a child ends", (p) => {
  p.ignoreBySigaction(SIGCHLD, SA_RESTART);
  const child = p.fork(() => {});
  p.wait(child);
  return [delivered(child, p.tid, SIGCHLD)];
});

for (const [name, signal] of [
  ["SIGKILL", SIGKILL],
  ["SIGTERM, which becomes SIGKILL,", SIGTERM],
] as const)
  syscallCase("signal_deliver", `${name} to a child has no sender`, (p) => {
    const child = p.fork((c) => {
      c.call("pause");
    });
    p.kill(child, signal);
    p.wait(child);
    return [delivered(0, child, SIGKILL)];
  });

syscallCase("signal_deliver", "SIGTERM to a thread", (p) => {
  const go = p.int(0);
  p.ignoreBySigaction(SIGTERM);
  const thread = p.thread((t) => t.until(go.u32(), 1));
  p.tgkill(p.pid, thread.tid, SIGTERM);
  p.store(go, 1);
  p.join(thread);
  return [delivered(p.pid, thread.tid, SIGTERM)];
});
