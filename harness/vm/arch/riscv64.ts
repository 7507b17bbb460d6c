import type { ArchMachine } from "./machine.ts";

export const riscv64: ArchMachine = {
  qemu: "qemu-system-riscv64",
  // QEMU brings the firmware (OpenSBI) that the kernel needs.
  machine: "virt",
  // Sstc is the supervisor's own timer. QEMU (7.2) does not arm it again in a machine that it restores: no tick ever comes, and a
  // program that waits for another one without a call hangs the guest. With the firmware's timer it wakes up (see settleMs).
  cpu: { tcg: "rv64,sstc=off", kvm: "host" },
  console: "ttyS0",
  serialBus: "virtio-serial-pci",
  kernelArgs: [],
  // QEMU 7.2 does not arm the firmware's timer again either. A guest that has been idle for a while has stopped its tick, and programs
  // the timer anew when it wakes up; one that is saved earlier waits for a tick that never comes.
  settleMs: 100,
  modules: ["virtio_pci", "virtio_console"],
};
