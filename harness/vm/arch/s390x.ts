import type { ArchMachine } from "./machine.ts";

export const s390x: ArchMachine = {
  qemu: "qemu-system-s390x",
  machine: "s390-ccw-virtio",
  cpu: { tcg: "max", kvm: "host" },
  // The service processor's ASCII console; there is no serial port.
  console: "ttysclp0",
  // Channel I/O is in every kernel; PCI would need modules and is slower to probe.
  serialBus: "virtio-serial-ccw",
  kernelArgs: [],
  // QEMU 7.2 does not save I/O interrupts that are pending: a guest that is stopped with one never hears of its port again.
  settleMs: 100,
  modules: ["virtio_console"],
};
