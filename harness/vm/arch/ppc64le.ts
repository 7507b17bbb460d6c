import type { ArchMachine } from "./machine.ts";

export const ppc64le: ArchMachine = {
  qemu: "qemu-system-ppc64",
  machine: [
    "pseries",
    // Emulation has none of these mitigations; unless told so, QEMU refuses to start (ccf-assist: warns).
    "cap-cfpc=broken,cap-sbbc=broken,cap-ibs=broken,cap-ccf-assist=off",
    // Open Firmware inside QEMU instead of SLOF, which takes four seconds to start a kernel.
    "x-vof=on",
  ].join(","),
  cpu: { tcg: "power9", kvm: "host" },
  console: "hvc0",
  serialBus: "virtio-serial-pci",
  kernelArgs: [],
  // Seen once: no clone of a guest that was saved right after its driver was loaded answered (QEMU 7.2). What was lost is not known.
  settleMs: 100,
  modules: ["virtio_pci", "virtio_console"],
};
