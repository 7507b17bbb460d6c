import type { ArchMachine } from "./machine.ts";

export const aarch64: ArchMachine = {
  qemu: "qemu-system-aarch64",
  // The default, version 2, is for eight CPUs at most, and KVM on newer hosts has none.
  machine: "virt,gic-version=3",
  // `max` costs twice the time: it has pointer authentication, which is slow to emulate. The smaller Cortexes up to A72 have
  // no pages of 16 KiB: a kernel with such pages hangs on them before it says a word.
  cpu: { tcg: "neoverse-n1", kvm: "host" },
  console: "ttyAMA0",
  serialBus: "virtio-serial-pci",
  kernelArgs: [
    // As on x86_64: nobody attacks the guest.
    "mitigations=off",
  ],
  modules: ["virtio_pci", "virtio_console"],
};
