import type { ArchMachine } from "./machine.ts";

export const aarch64: ArchMachine = {
  qemu: "qemu-system-aarch64",
  // The default, version 2, is for eight CPUs at most, and KVM on newer hosts has none.
  machine: "virt,gic-version=3",
  // `max` costs twice the time: it has pointer authentication, which is slow to emulate.
  cpu: { tcg: "cortex-a57", kvm: "host" },
  console: "ttyAMA0",
  serialBus: "virtio-serial-pci",
  kernelArgs: [
    // As on x86_64: nobody attacks the guest.
    "mitigations=off",
  ],
  modules: ["virtio_pci", "virtio_console"],
};
