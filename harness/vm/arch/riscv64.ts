import type { ArchMachine } from "./machine.ts";

export const riscv64: ArchMachine = {
  qemu: "qemu-system-riscv64",
  // QEMU brings the firmware (OpenSBI) that the kernel needs.
  machine: "virt",
  cpu: { tcg: "rv64", kvm: "host" },
  console: "ttyS0",
  serialBus: "virtio-serial-pci",
  kernelArgs: [],
  modules: ["virtio_pci", "virtio_console"],
};
