/** execve and execveat that succeeded: the process is another program now. */
import { PPME } from "#schema/events";
import { PPM } from "#schema/flags";
import { joinPath } from "../state/path.ts";
import { type EnterCall, type Thread, withoutDeleted } from "../state/thread.ts";
import type { Context } from "./context.ts";
import { directoryOf } from "./paths.ts";
import { processParams, takeNames, takeResources } from "./process-params.ts";

const P = {
  ...processParams,
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
const kept = PPM.PPM_CL_IS_MAIN_THREAD | PPM.PPM_CL_CLONE_INVERTED;

export function exec(context: Context): void {
  const { thread } = context;
  if (!thread || context.result < 0) return;
  if (thread.isPlaceholder) identify(context, thread);
  thread.dead = false;
  takeNames(context, thread);
  takeResources(context, thread);
  if (context.has(P.env)) thread.setEnv(context.strs(P.env));
  thread.exePath = executablePath(context, thread);
  executable(context, thread);
  credentials(context, thread);
  thread.flags = (thread.flags & kept) | PPM.PPM_CL_NAME_CHANGED;
  endOtherThreads(context, thread);
  thread.fds.closeOnExec();
}

function identify(context: Context, thread: Thread): void {
  thread.pid = context.num(P.pid);
  thread.ptid = context.num(P.ptid);
  if (!(thread.flags & PPM.PPM_CL_CHILD_IN_PIDNS)) {
    thread.vtid = thread.tid;
    thread.vpid = thread.pid;
  }
  context.state.threads.join(thread);
}

/** The thread that calls exec is the only one left; its tid becomes the pid before the event is made. */
function endOtherThreads({ state }: Context, thread: Thread): void {
  const { group } = thread;
  if (!group || group.alive < 2) return;
  for (const other of [...group.threads])
    if (other !== thread && !other.isMain) state.threads.remove(other.tid);
}

/** Old events do not tell it: then it is worked out from what was called. */
function executablePath(context: Context, thread: Thread): string {
  if (context.has(P.exePath)) return withoutDeleted(context.str(P.exePath));
  const { enter } = thread;
  if (enter?.type === PPME.SYSCALL_EXECVE_19_E)
    return enter.path === "<NA>" ? enter.path : joinPath(thread.cwd, enter.path);
  // A call of execveat() that succeeds leaves as execve() on most machines.
  return enter?.type === PPME.SYSCALL_EXECVEAT_E ? calledPath(thread, enter) : thread.exePath;
}

const AT_EMPTY_PATH = 1;

function calledPath(thread: Thread, { path, dirfd, flags }: EnterCall): string {
  if (path.startsWith("/")) return joinPath("", path);
  const directory = directoryOf(thread, dirfd);
  if (directory === "<UNKNOWN>") return "<NA>";
  if (flags & AT_EMPTY_PATH) return joinPath("", directory);
  return path === "<NA>" ? path : joinPath(directory, path);
}

function executable(context: Context, thread: Thread): void {
  if (context.has(P.flags)) {
    const flags = context.num(P.flags);
    thread.exeWritable = (flags & EXE.WRITABLE) !== 0;
    thread.exeUpperLayer = (flags & EXE.UPPER_LAYER) !== 0;
    thread.exeLowerLayer = (flags & EXE.LOWER_LAYER) !== 0;
    thread.exeFromMemfd = (flags & EXE.FROM_MEMFD) !== 0;
  }
  if (!context.has(P.exeMtime)) return;
  thread.exeIno = context.int(P.exeIno);
  thread.exeCtime = context.ns(P.exeCtime);
  thread.exeMtime = context.ns(P.exeMtime);
  if (thread.cloneTs > 0n) thread.ctimeToStart = BigInt.asUintN(64, thread.cloneTs - thread.exeCtime);
  const { pidnsInitStartTs: start, exeCtime } = thread;
  if (start > 0n && exeCtime > start) thread.pidnsToCtime = exeCtime - start;
}

function credentials(context: Context, thread: Thread): void {
  if (context.has(P.tty)) thread.tty = context.num(P.tty);
  if (context.has(P.vpgid)) thread.vpgid = context.num(P.vpgid);
  thread.pgid = context.has(P.pgid) ? context.num(P.pgid) : -1;
  if (context.has(P.loginuid)) thread.loginuid = context.num(P.loginuid);
  if (context.has(P.uid)) thread.uid = context.num(P.uid);
  if (context.has(P.gid)) thread.gid = context.num(P.gid);
  if (!context.has(P.capEffective)) return;
  thread.capInheritable = context.int(P.capInheritable);
  thread.capPermitted = context.int(P.capPermitted);
  thread.capEffective = context.int(P.capEffective);
}
