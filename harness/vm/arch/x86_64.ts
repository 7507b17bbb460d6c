import type { ArchMachine } from "./machine.ts";

export const x86_64: ArchMachine = {
  qemu: "qemu-system-x86_64",
  // Calibration against an emulated HPET fails now and then, and the kernel then gives up the TSC.
  machine: "q35,hpet=off",
  cpu: { tcg: "max", kvm: "host" },
  console: "ttyS0",
  serialBus: "virtio-serial-pci",
  kernelArgs: [
    // The timer check counts ticks that a loaded host delivers late.
    "no_timer_check",
    "tsc=reliable",
    // Nobody attacks the guest, and emulated mitigations cost a third of its speed.
    "mitigations=off",
  ],
  modules: ["virtio_pci", "virtio_console"],
};
