/** Page faults: where, by which instruction, and why. The tracepoints exist on x86 only. */
import { PPM } from "#schema/flags";
import {
  AT_FDCWD,
  CLOCK_MONOTONIC,
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_PRIVATE,
  PROT_READ,
  PROT_WRITE,
} from "../../harness/program/constants.ts";
import type { BlockBuilder, Memory } from "../../harness/program/index.ts";
import { NotOnArchitecture } from "../../harness/program/numbers.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { between, type Expected, u32, u64 } from "../../harness/run/values.ts";
import { readFile, statField } from "./support/proc.ts";

const {
  PPM_PF_PROTECTION_VIOLATION: forbidden,
  PPM_PF_PAGE_NOT_PRESENT: absent,
  PPM_PF_WRITE_ACCESS: write,
  PPM_PF_READ_ACCESS: read,
  PPM_PF_USER_FAULT: user,
  PPM_PF_SUPERVISOR_FAULT: supervisor,
} = PPM;

const background = "a process touches its code, stack and data for the first time whenever it needs them";

/** Memory of the program that nobody has touched. */
function freshPage(p: BlockBuilder): Memory {
  // Elsewhere the kernel has no such tracepoints, or their error codes are not x86's, which the event is made of.
  if (p.abi.name !== "x86_64" && p.abi.name !== "ia32")
    throw new NotOnArchitecture(`page faults are recorded on x86_64 only, not on ${p.abi.name}`);
  const page = p.buffer(4096, 4096);
  p.mmap(page, 4096, PROT_READ | PROT_WRITE, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return page;
}

/** Some instruction of the executor. */
function ownCode(p: BlockBuilder): Expected {
  const files = { stat: readFile(p, AT_FDCWD, "/proc/self/stat") };
  return between(8, statField(files, 26), statField(files, 27), "which instruction is the compiler's choice");
}

const kernelCode = between(
  8,
  0xffff_8000_0000_0000n,
  0xffff_ffff_ffff_ffffn,
  "any instruction of the kernel",
);

syscallCase(
  "page_fault_user",
  "a read, then a write",
  (p) => {
    const page = freshPage(p);
    p.until(page.u32(0x120), 0);
    p.store(page.slice(0xabc, 1), 1);
    const ip = ownCode(p);
    const at = (offset: number) => u64(page.at(offset));
    return [
      event("page_fault_user", { addr: at(0x120), ip, error: u32(absent | read | user) }),
      event("page_fault_user", { addr: at(0xabc), ip, error: u32(forbidden | write | user) }),
    ];
  },
  { background },
);

syscallCase(
  "page_fault_user",
  "a write to a new page",
  (p) => {
    const page = freshPage(p);
    p.store(page.slice(0xabc, 1), 1);
    const error = u32(absent | write | user);
    return [event("page_fault_user", { addr: u64(page.at(0xabc)), ip: ownCode(p), error })];
  },
  { background },
);

syscallCase(
  "page_fault_kernel",
  "a system call writes to a new page",
  (p) => {
    const page = freshPage(p);
    p.clock_gettime(CLOCK_MONOTONIC, page.slice(0x120, 16));
    const error = u32(absent | write | supervisor);
    return [event("page_fault_kernel", { addr: u64(page.at(0x120)), ip: kernelCode, error })];
  },
  { background },
);
