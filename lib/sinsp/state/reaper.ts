/** Who gets the children of a thread that ends. The kernel's rules: find_new_reaper() in kernel/exit.c. */
import type { Thread, ThreadGroup } from "./thread.ts";
import type { Threads } from "./threads.ts";

/** The thread that the kernel named; else one that its rules name. undefined: nobody known. */
export function reaperOf(dead: Thread, threads: Threads): Thread | undefined {
  const named = dead.reaperTid > 0 ? threads.get(dead.reaperTid) : undefined;
  if (named && named !== dead && !named.isPlaceholder) return named;
  return livingThread(dead.group, dead) ?? reapingAncestor(dead, threads);
}

/** The main thread, if it lives; else the one that has been known for longest. */
function livingThread(group: ThreadGroup | null, except?: Thread): Thread | undefined {
  if (!group || group.alive === 0) return undefined;
  const lives = (thread: Thread) => !thread.dead && thread !== except;
  if (group.main && lives(group.main)) return group.main;
  for (const thread of group.threads) if (lives(thread)) return thread;
  return undefined;
}

/** The walk ends at the border of a pid namespace, and where parents form a circle. */
function reapingAncestor(dead: Thread, threads: Threads): Thread | undefined {
  const seen = new Set<Thread>([dead]);
  let parent = threads.get(dead.ptid);
  while (parent && !seen.has(parent) && parent.inPidNamespace === dead.inPidNamespace) {
    seen.add(parent);
    const reaper = parent.group?.reaper ? livingThread(parent.group) : undefined;
    if (reaper) return reaper;
    parent = threads.get(parent.ptid);
  }
  return undefined;
}
