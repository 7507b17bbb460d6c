/**
 * KVM or emulation. That /dev/kvm exists proves nothing: it may hang, or make QEMU abort. So a kernel is booted once,
 * and the verdict kept for this host and this QEMU.
 */
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { dirname } from "node:path";
import { withLock } from "../build/lock.ts";
import { buildPath } from "../build/root.ts";
import type { Arch } from "../run/target.ts";
import { archMachine } from "./arch/index.ts";
import type { ArchMachine } from "./arch/machine.ts";
import { BootError } from "./error.ts";
import {
  bareMachine,
  commandLine,
  directBoot,
  exitOnPanic,
  memory,
  processors,
  serialConsole,
} from "./intentions.ts";
import { Tail } from "./tail.ts";

export type Accelerator = "kvm" | "tcg";

const hostArch: Readonly<Record<string, Arch>> = {
  x64: "x86_64",
  arm64: "aarch64",
  s390x: "s390x",
  ppc64: "ppc64le",
  riscv64: "riscv64",
};

/** @param kernel path of a kernel that the probe may boot */
export async function accelerator(arch: Arch, kernel: string): Promise<Accelerator> {
  const host = `${release()} ${await qemuVersion(archMachine(arch))}`;
  if (hostArch[process.arch] !== arch || !mayOpen("/dev/kvm")) return "tcg";
  return withLock("accel", async () => {
    const file = buildPath("accel.json");
    const known = knownVerdict(file, host);
    if (known) return known;
    const accel = (await kernelBoots(archMachine(arch), kernel, "kvm")) ? "kvm" : "tcg";
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ host, accel }));
    return accel;
  });
}

/** A verdict of another kernel or QEMU, or a damaged one, is none. */
function knownVerdict(file: string, host: string): Accelerator | undefined {
  try {
    const known = JSON.parse(readFileSync(file, "utf8"));
    if (known.host === host && (known.accel === "kvm" || known.accel === "tcg")) return known.accel;
  } catch {}
  return undefined;
}

const versions = new Map<string, Promise<string>>();

/** First line of `qemu --version`; asked once a process. @throws BootError if there is no QEMU for the architecture */
export function qemuVersion({ qemu }: ArchMachine): Promise<string> {
  const version = versions.get(qemu) ?? askVersion(qemu);
  versions.set(qemu, version);
  return version;
}

async function askVersion(qemu: string): Promise<string> {
  if (!Bun.which(qemu))
    throw new BootError("boot", `${qemu} is missing; run ./scapyard setup`, {
      console: "",
      qemuLine: "(not started)",
    });
  const child = Bun.spawn([qemu, "--version"], { stdout: "pipe", stderr: "ignore" });
  return (await new Response(child.stdout).text()).split("\n")[0]!;
}

/** Milliseconds that the probe waits. A kernel on KVM has panicked for want of a file system after one second. */
const probeDeadline = 10_000;

/** Boots a kernel without any file system: it works if the kernel gets as far as missing that. */
export async function kernelBoots(
  arch: ArchMachine,
  kernel: string,
  accel: Accelerator,
  deadline = probeDeadline,
): Promise<boolean> {
  const command = commandLine([
    bareMachine(),
    memory(arch, 256),
    processors(arch, accel, 1),
    exitOnPanic(),
    serialConsole(arch),
    directBoot(arch, kernel),
  ]);
  const child = Bun.spawn(["setsid", "setpriv", "--pdeathsig", "KILL", "--", arch.qemu, ...command], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "ignore",
    timeout: deadline,
    killSignal: "SIGKILL",
  });
  const console = new Tail(16 * 1024);
  await console.follow(child.stdout);
  return (
    (await child.exited) === 0 && /Kernel panic - not syncing: VFS: Unable to mount root/.test(console.text)
  );
}

function mayOpen(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
