/** What threads become: directory, identity, limits, memory, end. */
import { PPME } from "#schema/events";
import { PPM } from "#schema/flags";
import { joinPath } from "../state/path.ts";
import type { Parser } from "./context.ts";
import { intReader, numberReader } from "./reader.ts";

/** One bit each, up to CAP_CHECKPOINT_RESTORE (40). */
const allCapabilities = 2 ** 41 - 1;

export const exit: Parser = (context) => {
  const { thread } = context;
  if (!thread) return;
  thread.dead = true;
  // Drivers name a reaper only if there is somebody to be reaped.
  thread.reaperTid = context.has(4) ? context.num(4) : -1;
  context.state.threads.noteExit(thread, context.event.ts);
  context.ending = thread.tid;
};

export const chdir: Parser = (context) => {
  if (context.result >= 0 && context.has(1)) context.thread?.changeDirectory(context.str(1));
};

export const fchdir: Parser = (context) => {
  if (context.result >= 0 && context.thread && context.fd) context.thread.changeDirectory(context.fd.name);
};

/** The kernel's own word for it. */
export const getcwd: Parser = (context) => {
  const path = context.str(1);
  if (context.result >= 0 && path.startsWith("/")) context.thread?.changeDirectory(path);
};

export const chroot: Parser = (context) => {
  const { thread } = context;
  if (context.result !== 0 || !thread || !context.has(1)) return;
  const path = context.str(1);
  thread.root = path.startsWith("/") ? path : joinPath(thread.cwd, path);
};

export const setsid: Parser = (context) => {
  if (context.result >= 0 && context.thread) context.thread.sid = context.result;
};

const unset = 0xffffffff;

/** Effective ids; −1 leaves one as it is. */
export function setUid(index: number): Parser {
  return (context) => {
    const uid = context.num(index);
    if (context.result >= 0 && context.thread && uid !== unset) context.thread.uid = uid;
  };
}

export function setGid(index: number): Parser {
  return (context) => {
    const gid = context.num(index);
    if (context.result >= 0 && context.thread && gid !== unset) context.thread.gid = gid;
  };
}

export const capset: Parser = (context) => {
  const { thread } = context;
  if (!thread || context.result < 0) return;
  thread.capInheritable = context.int(1);
  thread.capPermitted = context.int(2);
  thread.capEffective = context.int(3);
};

/** In a user namespace of its own a process may do everything: unshare, setns. */
export const unshare =
  (flags: number): Parser =>
  (context) => {
    const { thread } = context;
    if (!thread || context.result < 0 || !(context.num(flags) & PPM.PPM_CL_CLONE_NEWUSER)) return;
    thread.capInheritable = allCapabilities;
    thread.capPermitted = allCapabilities;
    thread.capEffective = allCapabilities;
  };

/** No limit, or none asked for. */
const noLimit = -1;

/** getrlimit and setrlimit: `value` holds after both. */
export const rlimit: Parser = (context) => {
  const main = context.thread?.main;
  if (!main || context.result < 0 || context.num(3) !== PPM.PPM_RLIMIT_NOFILE) return;
  if (context.int(1) !== noLimit) main.fdLimit = context.int(1);
};

/** Only a new limit counts: a call without one has just asked. */
export const prlimit: Parser = (context) => {
  if (context.result !== 0 || !context.has(6) || context.num(6) !== PPM.PPM_RLIMIT_NOFILE) return;
  if (context.int(1) === noLimit || !context.has(5)) return;
  const pid = context.num(5);
  const thread = pid === 0 ? context.thread : context.state.threads.get(pid);
  if (thread?.main) thread.main.fdLimit = context.int(1);
};

/** brk, mmap, munmap. Old events do not tell all of it. */
export function memory(code: number): Parser {
  const [vmSize, vmRss, vmSwap] = [numberReader(code, 1), numberReader(code, 2), numberReader(code, 3)];
  return (context) => {
    const { thread, event } = context;
    if (!thread) return;
    if (context.has(1)) thread.vmSize = vmSize(event);
    if (!context.has(3)) return;
    thread.vmRss = vmRss(event);
    thread.vmSwap = vmSwap(event);
  };
}

const ofSwitch = (index: number) => numberReader(PPME.SCHEDSWITCH_6_E, index);
const left = {
  pfMajor: intReader(PPME.SCHEDSWITCH_6_E, 1),
  pfMinor: intReader(PPME.SCHEDSWITCH_6_E, 2),
  vmSize: ofSwitch(3),
  vmRss: ofSwitch(4),
  vmSwap: ofSwitch(5),
};

/** The scheduler's event tells of the thread that leaves the CPU; its memory is its process's. */
export const schedSwitch: Parser = (context) => {
  const { thread, event } = context;
  if (!thread || !context.has(5)) return;
  thread.pfMajor = left.pfMajor(event);
  thread.pfMinor = left.pfMinor(event);
  const main = thread.main;
  if (!main) return;
  main.vmSize = left.vmSize(event);
  main.vmRss = left.vmRss(event);
  main.vmSwap = left.vmSwap(event);
};

export const prctl: Parser = (context) => {
  if (context.result < 0 || !context.thread) return;
  const option = context.num(1);
  if (option === PPM.PPM_PR_SET_CHILD_SUBREAPER || option === PPM.PPM_PR_GET_CHILD_SUBREAPER)
    context.state.threads.setReaper(context.thread, context.num(3) !== 0);
};

export const userAdded: Parser = (context) => {
  const [uid, gid] = [context.num(0), context.num(1)];
  const [name, home, shell] = [context.text(2), context.text(3), context.text(4)];
  context.state.users.add({ uid, gid, name, home, shell }, context.str(5));
};

export const userDeleted: Parser = (context) => context.state.users.remove(context.num(0), context.str(5));

export const groupAdded: Parser = (context) =>
  context.state.users.addGroup({ gid: context.num(0), name: context.text(1) }, context.str(2));

export const groupDeleted: Parser = (context) =>
  context.state.users.removeGroup(context.num(0), context.str(2));
