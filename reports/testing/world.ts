/**
 * What a maintainer may find one morning: every kernel of the catalogue, several nights, and each thing that can go wrong somewhere.
 * What it says follows from the names alone.
 */
import type { CaseResult, ResultLine, TargetResult } from "../../harness/run/results.ts";
import { architectures } from "../../harness/run/target.ts";
import { readCatalogue } from "../../kernels/catalogue.ts";
import { schemaFact, schemaSyscalls } from "../schema-facts.ts";
import { targetParts } from "../target-parts.ts";
import { result, run, targetLine } from "./results.ts";

const special = ["x86_64/debian-6.12/modern_bpf+jit=off", "x86_64/debian-6.12/kmod+compat=off"];
const headless = new Set(readCatalogue().flatMap(({ id, headers }) => (headers === false ? [id] : [])));

export const worldTargets: readonly string[] = [
  ...readCatalogue().flatMap(({ id }) => [`${id}/modern_bpf`, `${id}/kmod`]),
  ...special,
];

/** Those with an event of their own somewhere. */
const syscalls = schemaSyscalls.filter((name) =>
  architectures.some((arch) => schemaFact(name, arch) === "own"),
);
const titles = ["a-file", "fails-with-ebadf", "a-file@ia32"];

/** @param nights from the first of November on */
export function* worldResults(nights: number): Generator<ResultLine> {
  for (let night = 1; night <= nights; night++) {
    yield run(night, { command: ["run", "--profile", "full"] });
    for (const target of worldTargets) yield* targetResults(target, night, nights);
  }
}

type Why = Omit<Partial<CaseResult>, "kind">;

function* targetResults(target: string, night: number, nights: number): Generator<ResultLine> {
  const whole = unusable(target);
  yield line(target, night, whole);
  for (const syscall of syscalls)
    for (const title of titles) {
      const id = `${syscall}/${title}`;
      const why = whole ?? oneResult(target, id, night === nights ? 0 : nights - night);
      yield result(id, why.outcome ?? "pass", { target, ms: 8 + (dice(target, id) % 60), ...why });
    }
}

function line(target: string, night: number, whole: Why | null): TargetResult {
  const wobble = dice(target, night) % 40;
  if (whole) {
    const { kind, arch, driver, target: name } = targetLine(target);
    const { outcome, cause, reason, console } = whole;
    const verifierLog =
      cause === "verifier" ? "0: R1=ctx() R10=fp0\n1: (79) r6 = *(u64 *)(r1 +8)\nR1 !read_ok" : undefined;
    return { kind, target: name, arch, driver, ...defined({ outcome, cause, reason, console, verifierLog }) };
  }
  const { arch } = targetParts(target);
  return targetLine(target, {
    toolchain: { compiler: "Debian clang version 14.0.6", bun: "1.4.5", "QEMU version": "7.2.22" },
    agentSha256: "00ff".repeat(16),
    btf: target.includes("5.10") ? "headers of 5.10.0-28" : "kernel",
    timings: { boot: 9000 + 100 * wobble, restore: 150 + wobble, driverLoad: 60 + wobble + 4 * night },
    stats: { driverBytes: 1_400_000 + 1000 * night, verifiedInstructions: 120_000 + 10 * wobble, rings: 1 },
    qemu: `qemu-system-${arch} -nodefaults -m 512M`,
  });
}

/** Why nothing can run there. */
function unusable(target: string): Why | null {
  const { arch, kernel, driver } = targetParts(target);
  if (driver === "kmod" && headless.has(`${arch}/${kernel}`))
    return {
      outcome: "unsupported",
      cause: "no-headers",
      reason: "the archive has no headers of this series",
    };
  if (target === "s390x/debian-6.1/modern_bpf")
    return { outcome: "fail", cause: "verifier", reason: "the kernel refused sys_exit: R1 !read_ok" };
  if (target.startsWith("ppc64le/debian-7.2-64k/"))
    return {
      outcome: "infra-error",
      cause: "boot",
      reason: "no answer in 120 s",
      console: "Kernel panic - not syncing: VFS",
    };
  return null;
}

/** @param ago nights before the last one */
function oneResult(target: string, id: string, ago: number): Why {
  const { arch, kernel, driver } = targetParts(target);
  const [syscall = "", title = ""] = id.split("/");
  if (schemaFact(syscall, arch) === "not on arch")
    return { outcome: "unsupported", cause: "not-on-arch", reason: `${arch} has no ${syscall}`, ms: 0 };
  if (title.endsWith("@ia32") && (arch !== "x86_64" || driver.includes("compat=off")))
    return {
      outcome: "unsupported",
      cause: "no-compat",
      reason: "the kernel is built without CONFIG_COMPAT",
      ms: 0,
    };
  if (kernel === "debian-5.10" && ["futex_waitv", "mseal", "openat2"].includes(syscall))
    return { outcome: "unsupported", cause: "enosys", reason: `${syscall} is not in this kernel` };
  if (syscall === "delete_module") return { outcome: "skipped", reason: "nothing to unload" };
  if (target === "riscv64/debian-6.12/kmod" && syscall > "t" && ago === 0)
    return {
      outcome: "not-run",
      cause: "interrupted",
      reason: "the run was interrupted before this case",
      ms: 0,
    };
  if (target === "x86_64/debian-7.3/modern_bpf" && ago === 0 && syscall.startsWith("open"))
    return mismatch(id);
  if (kernel.endsWith("-16k") && syscall === "mmap") return mismatch(id);
  if (target === "aarch64/debian-7.3/kmod" && id === "ptrace/a-file")
    return {
      outcome: "fail",
      cause: "guest-panic",
      reason: "the kernel panicked",
      console: "Oops: 0000 [#1] SMP",
    };
  if (syscall === "poll" && dice(target, ago) % 9 === 0)
    return {
      outcome: "flaky",
      cause: "mismatch",
      reason: "failed, then passed when repeated: an event is missing",
    };
  if (syscall === "clone3" && kernel.includes("7."))
    return { reason: "run 2 times: the kernel skipped 3 hook runs before" };
  return {};
}

function mismatch(id: string): Why {
  const [syscall = ""] = id.split("/");
  return {
    outcome: "fail",
    cause: "mismatch",
    reason: `${syscall}: 1 parameter differs`,
    diff: `${syscall} exit [tid 311]\n  flags: expected O_CREAT|O_RDWR (0x42), got O_RDWR (0x2)\ncaptured:\n${syscall} enter …`,
    program: `m0 = data 5 "file"\nr0 = ${syscall}(-100, &m0, 66, 0x180)\nr1 = close(r0)\nexit 0`,
    raw: ["d2040000000000003701000000000000480000000700000000000000"],
  };
}

const dice = (...words: (string | number)[]) => Bun.hash.crc32(words.join(" "));

/** Without what is undefined: a results file has no such things. */
function defined<T extends object>(all: T) {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
