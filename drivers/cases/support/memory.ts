/** What the kernel says about the size of a process. */
import { AT_FDCWD, O_RDONLY } from "../../../harness/program/constants.ts";
import type { BlockBuilder } from "../../../harness/program/index.ts";
import type { RunFacts } from "../../../harness/run/facts.ts";
import { between, type Expected, u32 } from "../../../harness/run/values.ts";

/** The kernel counts pages in batches of each CPU, so that two readings differ by more than what happened between them. */
const batchedPages = 256n;

/** vm_size, vm_rss and vm_swap as they are at this point of the program, in KiB. */
export function memorySizes(p: BlockBuilder): Readonly<Record<"vm_size" | "vm_rss" | "vm_swap", Expected>> {
  const fd = p.openat(AT_FDCWD, "/proc/self/statm", O_RDONLY);
  const statm = p.buffer(128);
  p.read(fd, statm, statm.size);
  const column = (index: number) => (facts: RunFacts) => {
    const columns = Buffer.from(facts.bytes(statm.text())).toString().split(" ");
    return BigInt(columns[index] ?? "") * BigInt(facts.pageSize / 1024);
  };
  const resident = column(1);
  const batches = (facts: RunFacts) => (batchedPages * BigInt(facts.pageSize)) / 1024n;
  return {
    vm_size: u32(column(0)),
    vm_rss: between(
      4,
      (facts) => (resident(facts) > batches(facts) ? resident(facts) - batches(facts) : 1n),
      (facts) => resident(facts) + batches(facts),
      "resident pages change with every fault, and their counters are batched",
    ),
    // Guests have no swap.
    vm_swap: u32(0),
  };
}
