/** The parameters that tell of a process, which all events that make one or turn it into another program have alike. */
import type { Thread } from "../state/thread.ts";
import type { Context } from "./context.ts";

/** clone, clone3, fork, vfork, execve, execveat. */
export const processParams = {
  exe: 1,
  args: 2,
  pid: 4,
  ptid: 5,
  fdLimit: 7,
  pfMajor: 8,
  pfMinor: 9,
  vmSize: 10,
  vmRss: 11,
  vmSwap: 12,
  comm: 13,
  cgroups: 14,
} as const;

const P = processParams;

/** Old events have no comm. */
export function takeNames(context: Context, thread: Thread): void {
  thread.exe = context.text(P.exe);
  thread.comm = context.has(P.comm) ? context.str(P.comm) : thread.exe;
  thread.setArgs(context.strs(P.args));
}

/** What old events lack stays as it was. */
export function takeResources(context: Context, thread: Thread): void {
  thread.fdLimit = context.int(P.fdLimit);
  if (context.has(P.cgroups)) thread.setCgroups(context.strs(P.cgroups));
  if (!context.has(P.vmSwap)) return;
  thread.pfMajor = context.int(P.pfMajor);
  thread.pfMinor = context.int(P.pfMinor);
  thread.vmSize = context.num(P.vmSize);
  thread.vmRss = context.num(P.vmRss);
  thread.vmSwap = context.num(P.vmSwap);
}
