/** New threads: clone, clone3, fork, vfork; seen by the caller (result: the child), by the child (result 0), or both. */
import { PPME } from "#schema/events";
import { PPM } from "#schema/flags";
import { Thread } from "../state/thread.ts";
import { isThreadClone } from "../state/threads.ts";
import type { Context } from "./context.ts";
import { processParams, takeNames, takeResources } from "./process-params.ts";

const P = { ...processParams, flags: 15, uid: 16, gid: 17, vtid: 18, vpid: 19, pidnsStart: 20 } as const;

/** A thread that has been known for longer than this when its first event comes is another one, which had the same tid. */
const staleAfter = 2_000_000_000n;

/**
 * Then only the child's own event tells who the child is: its number is one of another pid namespace (some old captures
 * tell that by CLONE_PARENT only), or it may have ended before its caller goes on, which CLONE_VFORK makes wait.
 */
const onlyChildTells =
  PPM.PPM_CL_CHILD_IN_PIDNS | PPM.PPM_CL_CLONE_NEWPID | PPM.PPM_CL_CLONE_PARENT | PPM.PPM_CL_CLONE_VFORK;

export function clone(context: Context): void {
  const { result } = context;
  if (result < 0) return;
  if (result === 0) inChild(context);
  else inCaller(context, result);
}

function inCaller(context: Context, childTid: number): void {
  const { threads } = context.state;
  const caller = threads.getOrPlaceholder(context.event.tidNumber);
  context.thread = caller;
  if (!caller) return;
  const wasKnown = !caller.isPlaceholder;
  if (!wasKnown) identify(context, caller);
  const flags = context.num(P.flags);
  if (flags & onlyChildTells || caller.tid !== caller.vtid) return;
  if (context.event.type === PPME.SYSCALL_VFORK_20_X) return;
  if ((threads.get(childTid)?.flags ?? 0) & PPM.PPM_CL_CLONE_INVERTED) return;
  const isThread = isThreadClone(flags);
  const ptid = isThread ? caller.ptid : caller.tid;
  if (threads.hasJustExited(childTid, ptid, context.event.ts)) return;
  const child = new Thread(childTid);
  child.flags = flags;
  child.pid = isThread ? caller.pid : childTid;
  child.ptid = ptid;
  child.vtid = childTid;
  child.vpid = child.pid;
  describe(context, child);
  child.pidnsInitStartTs = bootTime(context);
  if (wasKnown) child.inherit(caller);
  else takeNames(context, caller);
  threads.add(child);
}

/** What the event tells of a caller that nothing was known of. */
function identify(context: Context, thread: Thread): void {
  thread.pid = context.num(P.pid);
  thread.ptid = context.num(P.ptid);
  takeVirtualIds(context, thread);
  context.state.threads.join(thread);
}

function takeVirtualIds(context: Context, thread: Thread): void {
  const has = context.has(P.vpid);
  thread.vtid = has ? context.num(P.vtid) : thread.tid;
  thread.vpid = has ? context.num(P.vpid) : -1;
}

function inChild(context: Context): void {
  const { threads } = context.state;
  const tid = context.event.tidNumber;
  const known = threads.get(tid);
  if (known && known.cloneTs !== 0n && context.event.ts - known.cloneTs < staleAfter) {
    context.thread = known;
    return;
  }
  const child = new Thread(tid);
  child.flags = context.num(P.flags) | PPM.PPM_CL_CLONE_INVERTED;
  child.pid = context.num(P.pid);
  child.ptid = context.num(P.ptid);
  takeVirtualIds(context, child);
  describe(context, child);
  child.pidnsInitStartTs = namespaceStart(context, child);
  // The thread itself is not told of who called: a new thread takes after its main thread, a new process after its parent.
  const isThread = isThreadClone(child.flags);
  const origin = threads.getOrPlaceholder(isThread ? child.pid : child.ptid);
  if (origin && !origin.isPlaceholder) child.inherit(origin);
  else if (origin && isThread) becomeMainOf(context, origin, child);
  context.thread = origin && threads.add(child) ? child : undefined;
}

/** The main thread's process is the child's. */
function becomeMainOf(context: Context, main: Thread, child: Thread): void {
  main.pid = child.pid;
  main.ptid = child.ptid;
  main.vpid = child.vpid;
  main.vtid = child.vpid;
  takeNames(context, main);
  context.state.threads.join(main);
}

function describe(context: Context, child: Thread): void {
  takeNames(context, child);
  takeResources(context, child);
  child.uid = context.num(P.uid);
  child.gid = context.num(P.gid);
  child.cloneTs = context.event.ts;
  // Threads of a process share descriptors, whatever the flags say.
  if (isThreadClone(child.flags)) child.flags |= PPM.PPM_CL_CLONE_FILES;
}

const bootTime = ({ state }: Context) => state.machine?.bootTs ?? 0n;

/** The event counts from the machine's start. */
function namespaceStart(context: Context, child: Thread): bigint {
  if (!child.inPidNamespace && !(child.flags & PPM.PPM_CL_CLONE_NEWPID)) return bootTime(context);
  return context.has(P.pidnsStart) ? context.ns(P.pidnsStart) + bootTime(context) : 0n;
}
