/** New threads: clone, clone3, fork, vfork; seen by the caller (result: the child), by the child (result 0), or both. */
import { PPM } from "#schema/flags";
import { Thread } from "../state/thread.ts";
import { isThreadClone } from "../state/threads.ts";
import type { Context } from "./context.ts";

/** Parameters of all four. */
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
  flags: 15,
  uid: 16,
  gid: 17,
  vtid: 18,
  vpid: 19,
  pidnsStart: 20,
} as const;

/** A child that is known for longer than this is another one, which had the same tid. */
const staleAfter = 2_000_000_000n;

export function clone(context: Context): void {
  const child = context.num(P.result);
  if (child < 0) return;
  if (child === 0) inChild(context);
  else inCaller(context, child);
}

function inCaller(context: Context, childTid: number): void {
  const { threads } = context.state;
  const caller = context.thread ?? threads.getOrPlaceholder(context.event.tidNumber);
  if (!caller) return;
  context.thread = caller;
  if (caller.isPlaceholder) {
    describe(context, caller);
    caller.pid = context.num(P.pid);
    caller.ptid = context.num(P.ptid);
    caller.vtid = context.num(P.vtid);
    caller.vpid = context.num(P.vpid);
    threads.join(caller);
  }
  const flags = context.num(P.flags);
  // The child's number is one of its own pid namespace: only its own event tells who it is.
  if (flags & (PPM.PPM_CL_CHILD_IN_PIDNS | PPM.PPM_CL_CLONE_NEWPID) || caller.tid !== caller.vtid) return;
  const known = threads.get(childTid);
  if (known && known.flags & PPM.PPM_CL_CLONE_INVERTED) {
    known.flags &= ~PPM.PPM_CL_CLONE_INVERTED;
    return;
  }
  const child = new Thread(childTid);
  inherit(context, caller, child, flags);
  child.vtid = childTid;
  child.vpid = child.pid;
  child.ptid = flags & (PPM.PPM_CL_CLONE_THREAD | PPM.PPM_CL_CLONE_PARENT) ? caller.ptid : caller.tid;
  finish(context, caller, child, flags);
}

function inChild(context: Context): void {
  const { threads } = context.state;
  const tid = context.event.tidNumber;
  const known = threads.get(tid);
  if (known && !known.isPlaceholder && context.event.ts - known.cloneTs < staleAfter) {
    context.thread = known;
    return;
  }
  const child = new Thread(tid);
  const flags = context.num(P.flags) | PPM.PPM_CL_CLONE_INVERTED;
  const callerTid = flags & (PPM.PPM_CL_CLONE_THREAD | PPM.PPM_CL_CLONE_PARENT) ? P.pid : P.ptid;
  const caller = threads.get(context.num(callerTid));
  inherit(context, caller, child, flags);
  child.vtid = context.num(P.vtid);
  child.vpid = context.num(P.vpid);
  child.ptid = context.num(P.ptid);
  if (!isThreadClone(flags)) child.pid = context.num(P.pid);
  finish(context, caller, child, flags);
  context.thread = threads.get(tid);
}

/** What the event says of the caller, and of the child as much. */
function describe(context: Context, thread: Thread): void {
  thread.comm = context.str(P.comm);
  thread.exe = context.str(P.exe);
  thread.setArgs(context.strs(P.args));
  thread.setCgroups(context.strs(P.cgroups));
  thread.fdLimit = context.int(P.fdlimit);
  thread.uid = context.num(P.uid);
  thread.gid = context.num(P.gid);
  thread.vmSize = context.num(P.vmSize);
  thread.vmRss = context.num(P.vmRss);
  thread.vmSwap = context.num(P.vmSwap);
  thread.pfMajor = context.int(P.pfMajor);
  thread.pfMinor = context.int(P.pfMinor);
}

function inherit(context: Context, caller: Thread | undefined, child: Thread, flags: number): void {
  const isThread = isThreadClone(flags);
  if (caller && !caller.isPlaceholder) child.inherit(caller);
  describe(context, child);
  child.flags = flags;
  child.pid = isThread ? (caller?.pid ?? context.num(P.pid)) : child.tid;
  // Threads of a process share descriptors and directory, whatever the flags' other combinations mean.
  if (isThread) child.flags |= PPM.PPM_CL_CLONE_FILES | PPM.PPM_CL_CLONE_FS;
}

/** Needs the child's place in its process, which `threads.add` gives it. */
function finish(context: Context, caller: Thread | undefined, child: Thread, flags: number): void {
  const { threads, machine } = context.state;
  const boot = machine?.bootTs ?? 0n;
  child.cloneTs = context.event.ts;
  child.pidnsInitStartTs = (child.inPidNamespace ? context.ns(P.pidnsStart) : 0n) + boot;
  if (caller && !isThreadClone(flags)) child.fds = caller.fds.copy();
  if (!threads.add(child)) return;
  if (caller && child.isMain) child.cwd = caller.cwd;
}
