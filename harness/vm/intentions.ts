/** What a machine is to have, each as an object: what it adds to QEMU's command line and to the kernel's. */
import type { ArchMachine } from "./arch/machine.ts";

export interface Intention {
  readonly qemu?: readonly string[];
  readonly kernel?: readonly string[];
}

/** No default devices, no user's configuration, no window. */
export const bareMachine = (): Intention => ({
  qemu: ["-nodefaults", "-no-user-config", "-display", "none"],
});

/** A panic, an oops and a power-off all end QEMU at once, instead of waiting or starting again. */
export const exitOnPanic = (): Intention => ({
  qemu: ["-no-reboot"],
  kernel: ["panic=-1", "oops=panic"],
});

/** The kernel's console on QEMU's standard output; warnings and worse only. */
export const serialConsole = (arch: ArchMachine): Intention => ({
  qemu: ["-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"],
  kernel: [`console=${arch.console}`, "quiet"],
});

/** The port that the agent talks through; the host's end is a UNIX socket. */
export const agentChannel = (arch: ArchMachine, socket: string): Intention => ({
  qemu: [
    ...["-device", arch.serialBus],
    ...["-chardev", `socket,id=agent,path=${comma(socket)},server=on,wait=off`],
    ...["-device", `virtserialport,id=agent,chardev=agent,name=${agentPort}`],
  ],
});

/** Under this name the guest finds the port in /sys/class/virtio-ports. */
export const agentPort = "scapyard.agent";

/** QEMU's own control socket. */
export const controlSocket = (socket: string): Intention => ({
  qemu: ["-qmp", `unix:${comma(socket)},server=on,wait=off`],
});

/**
 * More than one CPU makes emulation slower; it is for what only several CPUs show. Their emulation takes turns in one thread:
 * with a thread each, QEMU 7.2 now and then ran stale code where the guest kernel patches its own (6.12: int3 oops at a
 * static branch; 7.3: panic in sched_clock_tick at boot).
 */
export const processors = (arch: ArchMachine, accel: "kvm" | "tcg", count: number): Intention => {
  const emulation = `tcg,thread=${count > 1 ? "single" : "multi"}`;
  const accelerator = accel === "kvm" ? "kvm" : emulation;
  return { qemu: ["-accel", accelerator, "-cpu", arch.cpu[accel], "-smp", String(count)] };
};

/** `mebibytes` of RAM that ends with the machine. */
export const memory = (arch: ArchMachine, mebibytes: number): Intention => ({
  qemu: ["-machine", arch.machine, "-m", String(mebibytes)],
});

/**
 * RAM that is a file. `shared` writes go to the file: for a machine that is to become a snapshot. Otherwise they
 * stay with the machine, so that any number of clones start from one file.
 */
export const memoryInFile = (
  arch: ArchMachine,
  mebibytes: number,
  file: string,
  shared: boolean,
): Intention => ({
  qemu: [
    ...["-machine", `${arch.machine},memory-backend=ram`, "-m", String(mebibytes)],
    ...[
      "-object",
      `memory-backend-file,id=ram,size=${mebibytes}M,mem-path=${comma(file)},share=${shared ? "on" : "off"}`,
    ],
  ],
});

/** Wait for a snapshot's state instead of booting. */
export const incoming = (): Intention => ({ qemu: ["-incoming", "defer"] });

/** QEMU itself starts the kernel: no firmware, no boot loader. */
export const directBoot = (arch: ArchMachine, kernel: string): Intention => ({
  qemu: ["-kernel", kernel],
  // Self-tests of ciphers are a quarter of an emulated boot.
  kernel: [...arch.kernelArgs, "cryptomgr.notests"],
});

/** The first file system, and `/init` in it as first process. */
export const initialRam = (initramfs: string): Intention => ({
  qemu: ["-initrd", initramfs],
  kernel: ["rdinit=/init"],
});

/** Further words for the kernel's command line. */
export const kernelArguments = (...words: string[]): Intention => ({ kernel: words });

/** QEMU's arguments for all of it. */
export function commandLine(intentions: readonly Intention[]): string[] {
  const kernel = intentions.flatMap((intention) => intention.kernel ?? []);
  const qemu = intentions.flatMap((intention) => intention.qemu ?? []);
  return [...qemu, "-append", kernel.join(" ")];
}

/** In QEMU's option values a comma is written twice. */
const comma = (value: string) => value.replaceAll(",", ",,");
