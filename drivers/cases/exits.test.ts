/** The end of processes and threads: how, and who inherits the children. */
import {
  PR_SET_CHILD_SUBREAPER,
  PR_SET_PDEATHSIG,
  RLIMIT_CORE,
  SIGKILL,
  SIGQUIT,
  SIGUSR1,
} from "../../harness/program/constants.ts";
import type { Thread } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { type ExpectedEvent, event } from "../../harness/run/expected-event.ts";
import { i64, type Num, u8 } from "../../harness/run/values.ts";

const SIG_BLOCK = 0;

/** A task that ended by exit with `code`. `reaper`: who got its children; 0 if it had none. */
function exited(code: number, tid?: Num, reaper: Num = 0): ExpectedEvent {
  const how = { status: i64(code << 8), ret: i64(code), sig: u8(0), core: u8(0) };
  return event("sched_process_exit", { ...how, reaper_tid: i64(reaper) }, tid);
}

function killed(signal: number, status: Num, core: number, tid: Num): ExpectedEvent {
  const how = { status: i64(status), ret: i64(0), sig: u8(signal), core: u8(core) };
  return event("sched_process_exit", { ...how, reaper_tid: i64(0) }, tid);
}

syscallCase("sched_process_exit", "a status", (p) => {
  const child = p.fork((c) => c.exit(255));
  p.wait(child);
  p.exit(7);
  return [exited(255, child), exited(7)];
});

syscallCase("sched_process_exit", "a signal", (p) => {
  const child = p.fork((c) => {
    c.call("pause");
  });
  p.kill(child, SIGKILL);
  const { status } = p.wait(child);
  return [killed(SIGKILL, status, 0, child), exited(0)];
});

syscallCase("sched_process_exit", "a core dump", (p) => {
  const bytes = 256 << 20;
  p.prlimit64(0, RLIMIT_CORE, p.struct("rlimit64", { cur: bytes, max: bytes }), null);
  const child = p.fork((c) => {
    c.call("pause");
  });
  p.kill(child, SIGQUIT);
  const { status } = p.wait(child);
  return [killed(SIGQUIT, status, 1, child), exited(0)];
});

syscallCase("sched_process_exit", "a thread and its process", (p) => {
  const thread = p.thread(() => {});
  p.join(thread);
  return [exited(0, thread.tid), exited(0)];
});

/* What started the program is the init process of its guest; where the guest has another one (vmtest's), a subreaper. */
for (const [heir, subreaper] of [
  ["init", 0],
  ["a subreaper", 1],
] as const)
  syscallCase("sched_process_exit", `children go to ${heir}`, (p) => {
    const go = p.int(0);
    let grandchild: Num = 0;
    const starter = p.getppid();
    p.prctl(PR_SET_CHILD_SUBREAPER, subreaper);
    const child = p.fork((c) => {
      grandchild = c.fork((g) => g.until(go.u32(), 1));
    });
    p.wait(child);
    p.store(go, 1);
    if (subreaper) p.wait(grandchild as Exclude<Num, (...args: never) => unknown>);
    return [exited(0, child, subreaper ? p.tid : starter), exited(0, grandchild), exited(0)];
  });

/* The grandchild tells the thread to end once it is the thread's child: the kernel signals that its parent is gone. */
syscallCase("sched_process_exit", "children go to another thread of their process", (p) => {
  const go = p.int(0);
  const ready = p.int(0);
  const pipe = p.pipe2(0);
  const starter = p.getppid();
  const parentGone = p.struct("sigset", { mask: 1n << BigInt(SIGUSR1 - 1) });
  let thread: Thread | undefined;
  let grandchild: Num = 0;
  const leader = p.fork((c) => {
    thread = c.thread((t) => {
      t.read(pipe.first, t.buffer(1), 1);
    });
    grandchild = c.fork((g) => {
      g.call("rt_sigprocmask", SIG_BLOCK, parentGone, null, 8);
      g.prctl(PR_SET_PDEATHSIG, SIGUSR1);
      g.store(ready, 1);
      g.call("rt_sigtimedwait", parentGone, null, null, 8);
      g.write(pipe.second, g.bytes("."), 1);
      g.until(go.u32(), 1);
    });
    c.until(ready.u32(), 1);
    c.call("exit", 0);
  });
  p.wait(leader);
  p.store(go, 1);
  return [exited(0, leader, thread!.tid), exited(0, thread!.tid, starter), exited(0, grandchild), exited(0)];
});
