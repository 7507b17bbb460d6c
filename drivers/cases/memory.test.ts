/** The address space: mapped, protected, locked, and its size after the call. */
import { PPM } from "#schema/flags";
import {
  AT_FDCWD,
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_NORESERVE,
  MAP_POPULATE,
  MAP_PRIVATE,
  MAP_SHARED,
  MCL_CURRENT,
  MCL_ONFAULT,
  MLOCK_ONFAULT,
  O_RDONLY,
  PROT_EXEC,
  PROT_GROWSDOWN,
  PROT_NONE,
  PROT_READ,
  PROT_WRITE,
} from "../../harness/program/constants.ts";
import { type BlockBuilder, largestPage, plus } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { i64, u32, u64 } from "../../harness/run/values.ts";
import { memorySizes } from "./support/memory.ts";

const page = largestPage;
const pages = (p: BlockBuilder) => p.mmap(0, 2 * page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
const readAndWrite = u32(PPM.PPM_PROT_READ | PPM.PPM_PROT_WRITE);

syscallCase("mmap", "memory of its own", (p) => {
  const flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_POPULATE;
  const res = p.mmap(0, 0x20_0000, PROT_READ | PROT_WRITE, flags, -1, 0);
  const { PPM_MAP_PRIVATE, PPM_MAP_ANONYMOUS, PPM_MAP_NORESERVE, PPM_MAP_POPULATE } = PPM;
  const ppm = u32(PPM_MAP_PRIVATE | PPM_MAP_ANONYMOUS | PPM_MAP_NORESERVE | PPM_MAP_POPULATE);
  const wanted = { addr: u64(0), length: u64(0x20_0000), fd: i64(-1), offset: u64(0) };
  return [event("mmap", { res: i64(res), ...memorySizes(p), ...wanted, prot: readAndWrite, flags: ppm })];
});

syscallCase("mmap", "a part of a file", (p) => {
  const fd = p.openat(AT_FDCWD, "/proc/self/exe", O_RDONLY);
  const res = p.mmap(0, page, PROT_READ | PROT_EXEC, MAP_SHARED, fd, page);
  const prot = u32(PPM.PPM_PROT_READ | PPM.PPM_PROT_EXEC);
  const wanted = { addr: u64(0), length: u64(page), fd: i64(fd), offset: u64(page) };
  const flags = u32(PPM.PPM_MAP_SHARED);
  return [event("mmap", { res: i64(res), ...memorySizes(p), ...wanted, prot, flags })];
});

syscallCase("mmap", "fails with EBADF", (p) => {
  const res = p.mmap(0x1001, 4096, PROT_NONE, MAP_PRIVATE | MAP_FIXED, -5, 0, { errno: "EBADF" });
  const wanted = { addr: u64(0x1001), length: u64(4096), fd: i64(-5), offset: u64(0) };
  const flags = u32(PPM.PPM_MAP_PRIVATE | PPM.PPM_MAP_FIXED);
  return [event("mmap", { res: i64(res), ...memorySizes(p), ...wanted, prot: u32(0), flags })];
});

syscallCase("munmap", "two pages", (p) => {
  const addr = pages(p);
  const res = p.munmap(addr, 2 * page);
  return [event("munmap", { res: i64(res), ...memorySizes(p), addr: u64(addr), length: u64(2 * page) })];
});

syscallCase("munmap", "fails with EINVAL", (p) => {
  const res = p.munmap(1, 4096, { errno: "EINVAL" });
  return [event("munmap", { res: i64(res), ...memorySizes(p), addr: u64(1), length: u64(4096) })];
});

syscallCase("mprotect", "one of two pages", (p) => {
  const addr = pages(p);
  const res = p.mprotect(plus(addr, page), page, PROT_READ | PROT_WRITE);
  const where = { addr: u64(plus(addr, page)), length: u64(page) };
  return [event("mprotect", { res: i64(res), ...where, prot: readAndWrite })];
});

syscallCase("mprotect", "fails with EINVAL", (p) => {
  const res = p.mprotect(1, 4096, PROT_EXEC | PROT_GROWSDOWN, { errno: "EINVAL" });
  const prot = u32(PPM.PPM_PROT_EXEC | PPM.PPM_PROT_GROWSDOWN);
  return [event("mprotect", { res: i64(res), addr: u64(1), length: u64(4096), prot })];
});

syscallCase("brk", "asked and moved", (p) => {
  const end = p.brk(0);
  const before = memorySizes(p);
  const moved = p.brk(plus(end, page));
  return [
    event("brk", { res: u64(end), ...before, addr: u64(0) }),
    event("brk", { res: u64(moved), ...memorySizes(p), addr: u64(plus(end, page)) }),
  ];
});

syscallCase("brk", "a place that cannot be had: the old one stays", (p) => {
  const res = p.brk(1);
  return [event("brk", { res: u64(res), ...memorySizes(p), addr: u64(1) })];
});

for (const name of ["mlock", "munlock"] as const) {
  syscallCase(name, "a page", (p) => {
    const addr = pages(p);
    const res = p[name](addr, page);
    return [event(name, { res: i64(res), addr: u64(addr), len: u64(page) })];
  });

  syscallCase(name, "fails with ENOMEM", (p) => {
    const res = p[name](0x1000, 4097, { errno: "ENOMEM" });
    return [event(name, { res: i64(res), addr: u64(0x1000), len: u64(4097) })];
  });
}

syscallCase("mlock2", "pages when they are touched", (p) => {
  const addr = pages(p);
  const res = p.mlock2(addr, 2 * page, MLOCK_ONFAULT);
  const flags = u32(PPM.PPM_MLOCK_ONFAULT);
  return [event("mlock2", { res: i64(res), addr: u64(addr), len: u64(2 * page), flags })];
});

syscallCase("mlock2", "fails with EINVAL", (p) => {
  const res = p.mlock2(0x1000, 4096, 8, { errno: "EINVAL" });
  return [event("mlock2", { res: i64(res), addr: u64(0x1000), len: u64(4096), flags: u32(0) })];
});

syscallCase("mlockall", "pages when they are touched", (p) => {
  const res = p.mlockall(MCL_CURRENT | MCL_ONFAULT);
  const flags = u32(PPM.PPM_MLOCKALL_MCL_CURRENT | PPM.PPM_MLOCKALL_MCL_ONFAULT);
  return [event("mlockall", { res: i64(res), flags })];
});

syscallCase("mlockall", "fails with EINVAL", (p) => {
  const res = p.mlockall(MCL_ONFAULT, { errno: "EINVAL" });
  return [event("mlockall", { res: i64(res), flags: u32(PPM.PPM_MLOCKALL_MCL_ONFAULT) })];
});

syscallCase("munlockall", "nothing that could fail", (p) => {
  const res = p.munlockall();
  return [event("munlockall", { res: i64(res) })];
});
