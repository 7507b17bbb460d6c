/** Switches between tasks: who leaves the CPU for whom, and the memory of the one that leaves. */
import { MAP_ANONYMOUS, MAP_PRIVATE, PROT_READ } from "../../harness/program/constants.ts";
import type { BlockBuilder, Ref } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { i64, type Num } from "../../harness/run/values.ts";
import { ownDirectory } from "./support/proc.ts";
import { commonParams, type Observed, observe } from "./support/process.ts";

const SCHED_FIFO = 1;

const background =
  "the first and the last switches of a process are to whoever runs, and timers may bring others";

/** What switches away, with the looks around it. */
function switched(who: Num, next: Num, seen: Observed, before: Observed) {
  const { pgft_maj, pgft_min, vm_size, vm_rss, vm_swap } = commonParams(
    { tid: who, pid: who, ptid: 0 },
    seen,
    before,
  );
  const memory = { pgft_maj: pgft_maj!, pgft_min: pgft_min!, vm_size: vm_size!, vm_rss: vm_rss! };
  return event("sched_switch", { next: i64(next), ...memory, vm_swap: vm_swap! }, who);
}

const readByte = (p: BlockBuilder, fd: Ref) => p.read(fd, p.buffer(1), 1);

/*
 * Parent and child of one realtime priority on one CPU run in turns: nobody else can come between. They have the sizes of
 * memory that tell their switches apart: the parent maps a page before its second one.
 */
syscallCase(
  "sched_switch",
  "parent and child in turns",
  (p) => {
    const toParent = p.pipe2(0);
    const toChild = p.pipe2(0);
    p.call("sched_setscheduler", 0, SCHED_FIFO, p.int(50));
    const dir = ownDirectory(p);
    const first = observe(p, dir);
    const inChild: { before?: Observed; after?: Observed } = {};
    const child = p.fork((c) => {
      const own = ownDirectory(c);
      inChild.before = observe(c, own);
      c.write(toParent.second, c.bytes("."), 1);
      readByte(c, toChild.first);
      inChild.after = observe(c, own);
    });
    readByte(p, toParent.first);
    const second = observe(p, dir);
    p.mmap(null, 1 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const third = observe(p, dir);
    p.write(toChild.second, p.bytes("."), 1);
    p.wait(child);
    const last = observe(p, dir);
    return [
      switched(p.tid, child, second, first),
      switched(p.tid, child, last, third),
      switched(child, p.tid, inChild.after!, inChild.before!),
    ];
  },
  { background },
);
