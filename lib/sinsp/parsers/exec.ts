/** execve and execveat that succeeded: the process is another program now. */
import { PPM } from "#schema/flags";
import type { Context } from "./context.ts";

const P = {
  result: 0,
  exe: 1,
  args: 2,
  tid: 3,
  pid: 4,
  ptid: 5,
  fdlimit: 7,
  pfMajor: 8,
  pfMinor: 9,
  vmSize: 10,
  vmRss: 11,
  vmSwap: 12,
  comm: 13,
  cgroups: 14,
  env: 15,
  tty: 16,
  vpgid: 17,
  loginuid: 18,
  flags: 19,
  capInheritable: 20,
  capPermitted: 21,
  capEffective: 22,
  exeIno: 23,
  exeCtime: 24,
  exeMtime: 25,
  uid: 26,
  exePath: 27,
  pgid: 28,
  gid: 29,
} as const;

/** Bits of the event's flags. */
const EXE = { WRITABLE: 1, UPPER_LAYER: 2, FROM_MEMFD: 4, LOWER_LAYER: 8 } as const;

/** All other flags tell of a clone that this program knows nothing of. */
const kept =
  PPM.PPM_CL_NAME_CHANGED | PPM.PPM_CL_IS_MAIN_THREAD | PPM.PPM_CL_CHILD_IN_PIDNS | PPM.PPM_CL_CLONE_INVERTED;

export function exec(context: Context): void {
  const { thread } = context;
  if (!thread || context.result < 0) return;
  if (thread.isPlaceholder) {
    thread.pid = context.num(P.pid);
    thread.ptid = context.num(P.ptid);
    thread.vtid = thread.tid;
    thread.vpid = thread.pid;
    context.state.threads.join(thread);
  }
  endOtherThreads(context);
  thread.flags = (thread.flags & kept) | PPM.PPM_CL_NAME_CHANGED;
  program(context);
  credentials(context);
  memory(context);
  thread.fds.closeOnExec();
}

/** The thread that calls exec is the only one left; its tid becomes the pid before the event is made. */
function endOtherThreads({ thread, state }: Context): void {
  for (const other of [...(thread!.group?.threads ?? [])])
    if (other !== thread) state.threads.remove(other.tid);
}

function program(context: Context): void {
  const thread = context.thread!;
  thread.exe = context.str(P.exe);
  thread.comm = context.str(P.comm);
  thread.setArgs(context.strs(P.args));
  thread.setEnv(context.strs(P.env));
  thread.setCgroups(context.strs(P.cgroups));
  if (context.has(P.exePath)) thread.exePath = context.str(P.exePath);
  const flags = context.num(P.flags);
  thread.exeWritable = (flags & EXE.WRITABLE) !== 0;
  thread.exeUpperLayer = (flags & EXE.UPPER_LAYER) !== 0;
  thread.exeLowerLayer = (flags & EXE.LOWER_LAYER) !== 0;
  thread.exeFromMemfd = (flags & EXE.FROM_MEMFD) !== 0;
  thread.exeIno = context.int(P.exeIno);
  thread.exeCtime = context.ns(P.exeCtime);
  thread.exeMtime = context.ns(P.exeMtime);
  if (thread.cloneTs > 0n) thread.ctimeToStart = BigInt.asUintN(64, thread.cloneTs - thread.exeCtime);
  const { pidnsInitStartTs: start, exeCtime } = thread;
  if (start > 0n && exeCtime > start) thread.pidnsToCtime = exeCtime - start;
}

function credentials(context: Context): void {
  const thread = context.thread!;
  if (context.has(P.tty)) thread.tty = context.num(P.tty);
  if (context.has(P.vpgid)) thread.vpgid = context.num(P.vpgid);
  if (context.has(P.pgid)) thread.pgid = context.num(P.pgid);
  if (context.has(P.loginuid)) thread.loginuid = context.num(P.loginuid);
  if (context.has(P.uid)) thread.uid = context.num(P.uid);
  if (context.has(P.gid)) thread.gid = context.num(P.gid);
  if (!context.has(P.capEffective)) return;
  thread.capInheritable = context.int(P.capInheritable);
  thread.capPermitted = context.int(P.capPermitted);
  thread.capEffective = context.int(P.capEffective);
}

function memory(context: Context): void {
  const thread = context.thread!;
  thread.fdLimit = context.int(P.fdlimit);
  thread.pfMajor = context.int(P.pfMajor);
  thread.pfMinor = context.int(P.pfMinor);
  thread.vmSize = context.num(P.vmSize);
  thread.vmRss = context.num(P.vmRss);
  thread.vmSwap = context.num(P.vmSwap);
}
