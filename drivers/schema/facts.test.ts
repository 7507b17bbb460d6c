/** Facts about Linux and the event format, typed by hand from their definitions. */
import { expect, test } from "bun:test";
import { EF, events, PPME, schemaVersion } from "#schema/events";
import { flagTables, PPM } from "#schema/flags";
import { PPM_SC, type SyscallInfo, syscalls } from "#schema/syscalls";
import { dynamic, PT, typeSize } from "#schema/types";

const syscall = (name: string): SyscallInfo => syscalls.find((info) => info.name === name)!;

test("454 events of schema 4.5.1; odd codes are exits", () => {
  expect(schemaVersion).toBe("4.5.1");
  expect(events.length).toBe(454);
  expect(events.map(({ code }) => code)).toEqual(Array.from({ length: 454 }, (_, code) => code));
  expect(events.every(({ code, dir }) => (code % 2 === 0) === (dir === "enter"))).toBe(true);
  expect(events.filter(({ name }) => name === "NA").length).toBe(35);
});

test("openat: event 307", () => {
  expect(PPME.SYSCALL_OPENAT_2_X).toBe(307);
  const { name, category, source, params, flags } = events[307]!;
  expect({ name, category, source }).toEqual({ name: "openat", category: "FILE", source: "SYSCALL" });
  expect(flags).toBe(EF.CREATES_FD | EF.MODIFIES_STATE | EF.CONVERTER_MANAGED);
  expect(params.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "fd FD",
    "dirfd FD",
    "name FSRELPATH",
    "flags FLAGS32",
    "mode UINT32",
    "dev UINT32",
    "ino UINT64",
  ]);
  expect(params[2]?.dirfd).toBe(1);
  expect(params[3]?.table).toBe("file_flags");
});

test("numbers of openat", () => {
  const { nr, ia32, exit, enter } = syscall("openat");
  expect({ nr, ia32, exit, enter }).toEqual({
    nr: { x86_64: 257, aarch64: 56, s390x: 288, riscv64: 56, ppc64le: 286, loongarch64: 56 },
    ia32: 295,
    exit: 307,
    enter: 306,
  });
});

test.each([
  ["read", { x86_64: 0, aarch64: 63, s390x: 3, riscv64: 63, ppc64le: 3, loongarch64: 63 }, 3],
  ["execve", { x86_64: 59, aarch64: 221, s390x: 11, riscv64: 221, ppc64le: 11, loongarch64: 221 }, 11],
  ["open", { x86_64: 2, s390x: 5, ppc64le: 5 }, 5],
  ["renameat", { x86_64: 264, aarch64: 38, s390x: 295, ppc64le: 293 }, 302],
  ["openat2", { x86_64: 437, aarch64: 437, s390x: 437, riscv64: 437, ppc64le: 437, loongarch64: 437 }, 437],
  ["mmap", { x86_64: 9, aarch64: 222, s390x: 90, riscv64: 222, ppc64le: 90, loongarch64: 222 }, 192],
] as const)("numbers of %s", (name, nr, ia32) => {
  expect<unknown>(syscall(name).nr).toEqual(nr);
  expect(syscall(name).ia32).toBe(ia32);
});

test("the numbers of ia32 calls and what records them", async () => {
  const header = await Bun.file(`${import.meta.dir}/../../build/gen/c/scap_syscalls_x86_64.h`).text();
  const ia32 = header.slice(header.indexOf("SCAP_IA32("));
  expect(ia32.match(/X\(\d/g)?.length).toBe(383);
  expect(ia32).toContain("X(140, SCAP_IA32_ROWS + PPM_SC__LLSEEK)");
  expect(ia32).toContain("X(90, 9)"); // old mmap
  expect(ia32).not.toContain("X(102,"); // socketcall has no twin
});

test("only the calls whose arguments can change under a reader have an enter event", () => {
  expect(syscalls.filter(({ enter }) => enter !== null).map(({ name }) => name)).toEqual(
    ["open", "creat", "connect", "openat", "openat2"].sort((a, b) => syscall(a).sc - syscall(b).sc),
  );
});

test("calls without an event of their own are generic", () => {
  expect(syscall("getpid")).toMatchObject({ exit: PPME.GENERIC_X, filler: "generic", kind: "syscall" });
});

test("tracepoints", () => {
  expect(syscalls.filter(({ kind }) => kind === "tracepoint").map(({ sc, name }) => [sc, name])).toEqual([
    [396, "sched_process_exit"],
    [397, "sched_switch"],
    [398, "page_fault_user"],
    [399, "page_fault_kernel"],
    [400, "signal_deliver"],
  ]);
  expect(syscall("sched_process_exit").exit).toBe(186);
  expect(events[186]?.name).toBe("procexit");
});

test("codes: 453 and the unknown one", () => {
  expect(syscalls.map(({ sc }) => sc)).toEqual(Array.from({ length: 453 }, (_, i) => i + 1));
  expect(PPM_SC.UNKNOWN).toBe(0);
  expect(PPM_SC.READ).toBe(3);
});

test("types", () => {
  expect(PT.PID32).toBe(48);
  expect(typeSize.FD).toBe(8);
  expect(typeSize.CHARBUF).toBeNull();
  expect(dynamic.sockopt?.map(({ type }) => type)).toEqual([
    "BYTEBUF",
    "ERRNO",
    "UINT32",
    "UINT64",
    "RELTIME",
  ]);
});

test("constants and tables", () => {
  expect(PPM.PPM_O_RDWR).toBe(3);
  expect(PPM.PPM_CL_CLONE_VM).toBe(0x8000);
  expect<number>(PPM.PPM_CAP_CHECKPOINT_RESTORE).toBe(2 ** 40);
  expect(PPM.PPM_AT_FDCWD).toBe(-100);
  expect(flagTables.shutdown_how?.find(({ value }) => value === 2)?.name).toBe("SHUT_RDWR");
});
