/** What threads become: directory, identity, limits, memory, end. */
import type { Parser } from "./context.ts";

export const exit: Parser = (context) => {
  const { thread } = context;
  if (!thread) return;
  thread.dead = true;
  thread.reaperTid = context.event.nparams > 4 ? context.num(4) : -1;
  context.ending = thread.tid;
};

export const chdir: Parser = (context) => {
  if (context.result >= 0) context.thread?.changeDirectory(context.str(1));
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
  if (context.result >= 0 && context.thread) context.thread.root = context.str(1);
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

const RLIMIT_NOFILE = 7;

/** getrlimit and setrlimit. */
export const rlimit: Parser = (context) => {
  const main = context.thread?.main;
  if (main && context.result >= 0 && context.num(3) === RLIMIT_NOFILE) main.fdLimit = context.int(1);
};

/** Without a new limit the old one is the one that holds. */
export const prlimit: Parser = (context) => {
  if (context.result < 0 || context.num(6) !== RLIMIT_NOFILE) return;
  const pid = context.num(5);
  const thread = pid === 0 ? context.thread : context.state.threads.get(pid);
  const main = thread?.main;
  if (!main) return;
  const newLimit = context.int(1);
  main.fdLimit = newLimit === -1 || newLimit === 0 ? context.int(3) : newLimit;
};

/** brk, mmap, munmap. */
export const memory: Parser = (context) => {
  const { thread } = context;
  if (!thread) return;
  thread.vmSize = context.num(1);
  thread.vmRss = context.num(2);
  thread.vmSwap = context.num(3);
};

/** The scheduler's event tells of the thread that leaves the CPU; its memory is its process's. */
export const schedSwitch: Parser = (context) => {
  const { thread } = context;
  if (!thread) return;
  thread.pfMajor = context.int(1);
  thread.pfMinor = context.int(2);
  const main = thread.main;
  if (!main) return;
  main.vmSize = context.num(3);
  main.vmRss = context.num(4);
  main.vmSwap = context.num(5);
};

export const prctl: Parser = (context) => {
  const SET_CHILD_SUBREAPER = 36;
  const GET_CHILD_SUBREAPER = 37;
  const option = context.num(1);
  if (context.result < 0 || !context.thread) return;
  if (option === SET_CHILD_SUBREAPER || option === GET_CHILD_SUBREAPER)
    context.state.threads.setReaper(context.thread, context.num(3) !== 0);
};

export const userAdded: Parser = ({ state, event }) => {
  const [uid, gid, name, home, shell, container] = [0, 1, 2, 3, 4, 5].map((i) => event.param(i) ?? "");
  const user = { uid, gid, name, home, shell } as Parameters<typeof state.users.add>[0];
  state.users.add(user, container as string);
};

export const userDeleted: Parser = (context) => context.state.users.remove(context.num(0), context.str(5));

export const groupAdded: Parser = (context) =>
  context.state.users.addGroup({ gid: context.num(0), name: context.str(1) }, context.str(2));

export const groupDeleted: Parser = (context) =>
  context.state.users.removeGroup(context.num(0), context.str(2));
