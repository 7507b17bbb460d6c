/** State as it was when the capture began: the lists at the head of a file. */
import type { Thread as ListedThread, ScapHandle } from "../../scap/index.ts";
import { addListedFds } from "./load-fds.ts";
import { State } from "./state.ts";
import { Texts } from "./texts.ts";
import { Thread, withoutDeleted } from "./thread.ts";

export function loadState(reader: ScapHandle): State {
  const state = new State(reader.machineInfo());
  for (const one of reader.interfaces()) state.interfaces.add(one);
  for (const user of reader.users()) state.users.add(user);
  for (const group of reader.groups()) state.users.addGroup(group);
  for (const listed of reader.threads()) addListedThread(state, listed);
  // Parents may come behind their children.
  for (const thread of state.threads) state.threads.join(thread);
  addListedFds(state, reader.fds());
  return state;
}

/** Without its place among the others: `threads.join()`. @returns null if the table is full */
export function addListedThread(state: State, listed: ListedThread): Thread | null {
  const thread = new Thread(Number(listed.tid));
  for (const key of ["pid", "ptid", "sid", "vpgid", "pgid", "vtid", "vpid"] as const)
    thread[key] = Number(BigInt.asIntN(64, BigInt(listed[key])));
  const { comm, exe, root, flags, uid, gid, loginuid, tty } = listed;
  Object.assign(thread, { comm, exe, root, flags, uid, gid, loginuid, tty });
  const { exeWritable, exeUpperLayer, exeLowerLayer, exeFromMemfd, exeIno } = listed;
  Object.assign(thread, { exeWritable, exeUpperLayer, exeLowerLayer, exeFromMemfd, exeIno });
  const { capPermitted, capInheritable, capEffective } = listed;
  Object.assign(thread, { capPermitted, capInheritable, capEffective });
  thread.exePath = withoutDeleted(listed.exepath);
  thread.fdLimit = listed.fdlimit;
  thread.vmSize = listed.vmsizeKb;
  thread.vmRss = listed.vmrssKb;
  thread.vmSwap = listed.vmswapKb;
  thread.pfMajor = listed.pfmajor;
  thread.pfMinor = listed.pfminor;
  thread.exeCtime = BigInt(listed.exeInoCtime);
  thread.exeMtime = BigInt(listed.exeInoMtime);
  thread.pidnsInitStartTs = BigInt(listed.pidnsInitStartTs);
  thread.setArgs(textsOf(listed.args));
  thread.setEnv(textsOf(listed.env));
  thread.setCgroups(textsOf(listed.cgroups));
  if (!state.threads.insert(thread)) return null;
  if (thread.isMain) thread.cwd = listed.cwd;
  return thread;
}

/** One empty string is how some files write "none". */
const textsOf = (items: readonly string[]) =>
  items.length === 1 && items[0] === "" ? Texts.none : Texts.of(items);
