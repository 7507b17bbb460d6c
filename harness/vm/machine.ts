/** A running machine, cold-booted or restored. */
import type { Arch } from "../run/target.ts";
import { type Accelerator, accelerator } from "./accel.ts";
import { archMachine } from "./arch/index.ts";
import type { Channel } from "./channel.ts";
import { DeadlineError, measuredSlowdown, typicalSlowdown, within } from "./deadline.ts";
import type { BootError, VmCause } from "./error.ts";
import {
  agentChannel,
  bareMachine,
  commandLine,
  controlSocket,
  directBoot,
  exitOnPanic,
  type Intention,
  initialRam,
  memory,
  processors,
  serialConsole,
} from "./intentions.ts";
import { Qemu, type Sockets } from "./qemu.ts";

export interface MachineConfig {
  readonly arch: Arch;
  /** Path of the bootable kernel. */
  readonly kernel: string;
  /** Path of the initramfs. */
  readonly initramfs: string;
  /** Default 1. */
  readonly cpus?: number;
  /** MiB; default 512. */
  readonly memory?: number;
  /** Whatever else the machine is to have. */
  readonly extra?: readonly Intention[];
}

export interface Machine extends AsyncDisposable {
  readonly arch: Arch;
  readonly accel: Accelerator;
  /** How many times slower than a machine on KVM it started. Deadlines are stretched by it. */
  readonly slowdown: number;
  /** To the agent. */
  readonly channel: Channel;
  /** The console's last part. */
  readonly console: string;
  /** QEMU's command, quoted for a shell. */
  readonly qemuLine: string;
  /** QEMU's exit status, when it has ended. */
  readonly exited: Promise<number>;
  /** A `what` for error messages: "the agent's hello". `ms` is what a machine on KVM may take. @throws BootError */
  within<T>(ms: number, what: string, promise: Promise<T>): Promise<T>;
  /** Why the machine is of no use any more: panic, if there was one, else what the caller noticed. */
  failure(cause: VmCause, summary: string): BootError;
  /** For snapshots. */
  readonly qemu: Qemu;
}

/** Milliseconds that a machine on KVM takes from launch to an open port. */
const nominalBoot = 600;
/** … and may take, on a busy host. */
const patientBoot = 20_000;

/**
 * Boots until the agent has opened its port.
 * @param patience milliseconds that a machine on KVM may take
 * @throws BootError
 */
export async function boot(config: MachineConfig, patience = patientBoot): Promise<Machine> {
  const accel = await accelerator(config.arch, config.kernel);
  const ram = memory(archMachine(config.arch), config.memory ?? defaultMemory);
  return bootWith(config, accel, ram, patience);
}

export const defaultMemory = 512;

/** @param ram the intention that gives the machine its RAM */
export async function bootWith(
  config: MachineConfig,
  accel: Accelerator,
  ram: Intention,
  patience = patientBoot,
): Promise<Machine> {
  const started = performance.now();
  let portOpened = () => {};
  const opened = new Promise<void>((resolve) => {
    portOpened = resolve;
  });
  const deadline = patience * typicalSlowdown(accel);
  const qemu = await Qemu.launch(
    (sockets) => machineCommand(config, accel, ram, sockets),
    deadline,
    (name, data) => {
      if (name === "VSERPORT_CHANGE" && data.id === "agent" && data.open === true) portOpened();
    },
  );
  try {
    const ended = qemu.exited.then((status) => {
      throw qemu.panic !== undefined
        ? qemu.failure("guest-panic", `the kernel panicked while booting: ${qemu.panic}`)
        : qemu.failure("boot", `the guest ended (QEMU status ${status}) before its agent opened the port`);
    });
    await within(Promise.race([opened, ended]), deadline).catch((error) => {
      if (!(error instanceof DeadlineError)) throw error;
      throw qemu.failure("timeout", `the guest's agent has not opened its port within ${deadline / 1000} s`);
    });
  } catch (error) {
    await qemu.kill();
    throw error;
  }
  const slowdown = measuredSlowdown(accel, performance.now() - started, nominalBoot);
  return machineOf(config.arch, accel, slowdown, qemu);
}

export function machineCommand(
  config: MachineConfig,
  accel: Accelerator,
  ram: Intention,
  sockets: Sockets,
): string[] {
  const arch = archMachine(config.arch);
  return [
    arch.qemu,
    ...commandLine([
      bareMachine(),
      ram,
      processors(arch, accel, config.cpus ?? 1),
      exitOnPanic(),
      serialConsole(arch),
      directBoot(arch, config.kernel),
      initialRam(config.initramfs),
      agentChannel(arch, sockets.agent),
      controlSocket(sockets.control),
      ...(config.extra ?? []),
    ]),
  ];
}

export function machineOf(arch: Arch, accel: Accelerator, slowdown: number, qemu: Qemu): Machine {
  const failure = (cause: VmCause, summary: string) =>
    qemu.panic !== undefined
      ? qemu.failure("guest-panic", `the guest's kernel panicked: ${qemu.panic} (${summary})`)
      : qemu.failure(cause, summary);
  return {
    arch,
    accel,
    slowdown,
    channel: channelOf(qemu),
    get console() {
      return qemu.console;
    },
    qemuLine: qemu.line,
    exited: qemu.exited,
    failure,
    qemu,
    async within(ms, what, promise) {
      const ended = qemu.exited.then((status) => {
        throw failure("channel", `the guest ended (QEMU status ${status}) while waiting for ${what}`);
      });
      try {
        return await within(Promise.race([promise, ended]), ms * slowdown);
      } catch (error) {
        if (!(error instanceof DeadlineError)) throw error;
        throw failure("timeout", `waited for ${what}: ${error.message}`);
      }
    },
    [Symbol.asyncDispose]: () => qemu.kill(),
  };
}

/** The end of the stream is passed on only when QEMU has ended too: then the console tells the reason. */
function channelOf(qemu: Qemu): Channel {
  return {
    async read() {
      const bytes = await qemu.channel.read();
      if (bytes === null) await qemu.exited;
      return bytes;
    },
    write: (data) => qemu.channel.write(data),
    close: () => qemu.channel.close(),
  };
}
