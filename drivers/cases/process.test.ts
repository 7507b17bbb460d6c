/** The birth of processes and threads. Both sides send the event: the parent with the child's id, the child with 0. */
import { PPM } from "#schema/flags";
import {
  AT_FDCWD,
  CLONE_ARGS_SIZE_VER0,
  CLONE_FILES,
  CLONE_FS,
  CLONE_NEWPID,
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_PRIVATE,
  O_WRONLY,
  PR_SET_NAME,
  PROT_READ,
  PROT_WRITE,
  RLIMIT_NOFILE,
  RLIMIT_NPROC,
  SIGCHLD,
} from "../../harness/program/constants.ts";
import { type BlockBuilder, largestPage, type ResultRef, type Thread } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { type ExpectedEvent, event } from "../../harness/run/expected-event.ts";
import { type Expected, i64, type Num, u32, u64 } from "../../harness/run/values.ts";
import { ownDirectory, readFile } from "./support/proc.ts";
import { cloneParams, type Observed, observe, startTime, type Who } from "./support/process.ts";

type Call = "fork" | "vfork" | "clone" | "clone3";

const { PPM_CL_CHILD_IN_PIDNS: inPidns } = PPM;

const main = (p: BlockBuilder): Who => ({ tid: p.tid, pid: p.pid, ptid: p.ppid });

/** What the parent of a child sees, with `start` between the looks before and after. */
function parentEvent(
  p: BlockBuilder,
  call: Call,
  start: () => ResultRef,
  flags = 0,
): { readonly child: ResultRef; readonly parent: ExpectedEvent } {
  const dir = ownDirectory(p);
  const before = observe(p, dir);
  const child = start();
  const after = observe(p, dir);
  const params = cloneParams(main(p), after, before);
  const parent = event(call, { ...params, res: i64(child), flags: u32(flags), pidns_init_start_ts: u64(0) });
  return { child, parent };
}

function childEvent(
  call: Call,
  who: Who,
  seen: Observed,
  init: Expected,
  flags: number,
  tid: Num,
): ExpectedEvent {
  const params = cloneParams(who, seen);
  return event(call, { ...params, res: i64(0), flags: u32(flags), pidns_init_start_ts: init }, tid);
}

type Start = (body: (child: BlockBuilder) => void) => ResultRef;

/** Both events of one new process. `start` makes it: p.fork() if absent. */
function family(
  p: BlockBuilder,
  call: Call,
  cloneFlags = 0,
  flags = { parent: 0, child: 0 },
  start: Start = (body) => p.fork(body, { via: call, flags: cloneFlags }),
): ExpectedEvent[] {
  let seen: Observed | undefined;
  let who: Who | undefined;
  const body = (child: BlockBuilder) => {
    who = main(child);
    seen = observe(child, ownDirectory(child));
  };
  const init = { stat: readFile(p, AT_FDCWD, "/proc/1/stat") };
  const { child, parent } = parentEvent(p, call, () => start(body), flags.parent);
  p.wait(child);
  const oldest = flags.child & inPidns ? seen!.task : init;
  return [parent, childEvent(call, who!, seen!, startTime(oldest), flags.child, child)];
}

/** clone3 with its arguments on a private page, as those on a stack are: the child has the page from the start. */
function clone3(p: BlockBuilder, flags: number): Start {
  const page = p.buffer(largestPage, largestPage);
  p.mmap(page, page.size, PROT_READ | PROT_WRITE, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  p.store(page.slice(0, 8), flags);
  p.store(page.slice(32, 8), SIGCHLD);
  return (child) => p.call("clone3", page, CLONE_ARGS_SIZE_VER0, { child });
}

const both = (flags: number) => ({ parent: flags, child: flags });

syscallCase("fork", "parent and child", (p) => family(p, "fork"));

syscallCase("vfork", "parent and child", (p) => family(p, "vfork"));

syscallCase("clone", "files and directory in common", (p) =>
  family(p, "clone", CLONE_FILES | CLONE_FS, both(PPM.PPM_CL_CLONE_FILES | PPM.PPM_CL_CLONE_FS)),
);

syscallCase("clone3", "files and directory in common", (p) => {
  const flags = CLONE_FILES | CLONE_FS;
  const mapped = both(PPM.PPM_CL_CLONE_FILES | PPM.PPM_CL_CLONE_FS);
  return family(p, "clone3", flags, mapped, clone3(p, flags));
});

syscallCase("clone3", "the child has not touched the page with the arguments", (p) => {
  const parent = PPM.PPM_CL_CLONE_FILES;
  // There the child's event is made in the parent (CAPTURE_FORK_CHILD_BY_HOOK), which has the page.
  const inParent = ["aarch64", "s390x", "riscv64"].includes(p.abi.name);
  const child = inParent ? parent : 0;
  return family(p, "clone3", CLONE_FILES, { parent, child });
});

syscallCase("clone", "the first process of a pid namespace", (p) => {
  const flags = PPM.PPM_CL_CLONE_NEWPID;
  return family(p, "clone", CLONE_NEWPID, { parent: flags, child: flags | inPidns });
});

syscallCase("clone3", "the first process of a pid namespace", (p) => {
  const flags = PPM.PPM_CL_CLONE_NEWPID;
  return family(
    p,
    "clone3",
    CLONE_NEWPID,
    { parent: flags, child: flags | inPidns },
    clone3(p, CLONE_NEWPID),
  );
});

syscallCase("fork", "into a pid namespace made before", (p) => {
  p.unshare(CLONE_NEWPID);
  return family(p, "fork", 0, both(inPidns));
});

syscallCase("fork", "other ids, name, directory and limit than the usual", (p) => {
  p.mkdir("deep", 0o755);
  p.mkdir("deep/directory", 0o755);
  p.chdir("deep/directory");
  p.prctl(PR_SET_NAME, p.string("fifteen-letters"));
  p.prlimit64(0, RLIMIT_NOFILE, p.struct("rlimit64", { cur: 333, max: 777 }), null);
  p.setresgid(100, 101, 102);
  p.setresuid(200, 201, 202);
  return family(p, "fork");
});

syscallCase("fork", "a cgroup that accounts for memory and cpu", (p) => {
  const control = p.openat(AT_FDCWD, "/sys/fs/cgroup/cgroup.subtree_control", O_WRONLY);
  p.write(control, p.bytes("+memory +cpu"), 12);
  const events = family(p, "fork");
  p.write(control, p.bytes("-memory -cpu"), 12);
  return events;
});

syscallCase("fork", "fails with EAGAIN", (p) => {
  p.setresuid(1000, 1000, 1000);
  p.prlimit64(0, RLIMIT_NPROC, p.struct("rlimit64", { cur: 0, max: 0 }), null);
  return [parentEvent(p, "fork", () => p.call("fork", { errno: "EAGAIN" })).parent];
});

syscallCase("clone3", "arguments that cannot be read", (p) => [
  parentEvent(p, "clone3", () => p.call("clone3", p.badPointer, 88, { errno: "EFAULT" })).parent,
]);

syscallCase("clone", "a thread", (p) => {
  const names = ["VM", "FS", "FILES", "SIGHAND", "THREAD", "SYSVSEM", "CHILD_CLEARTID"] as const;
  const flags = names.reduce((bits, name) => bits | PPM[`PPM_CL_CLONE_${name}`], 0);
  const init = { stat: readFile(p, AT_FDCWD, "/proc/1/stat") };
  const go = p.int(0);
  let seen: Observed | undefined;
  let thread: Thread | undefined;
  const body = (c: BlockBuilder) => {
    c.until(go.u32(), 1);
    seen = observe(c, ownDirectory(c));
  };
  const { child, parent } = parentEvent(
    p,
    "clone",
    () => {
      thread = p.thread(body);
      return thread.tid;
    },
    flags,
  );
  p.store(go, 1);
  p.join(thread!);
  const who = { tid: child, pid: p.pid, ptid: p.ppid };
  return [parent, childEvent("clone", who, seen!, startTime(init), flags, child)];
});
