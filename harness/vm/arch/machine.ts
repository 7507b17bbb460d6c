/** What a machine of an architecture is called in QEMU and in its kernel. */
export interface ArchMachine {
  /** `qemu-system-x86_64` */
  readonly qemu: string;
  /** Value of `-machine`. */
  readonly machine: string;
  /** Values of `-cpu`; `host` needs KVM. */
  readonly cpu: { readonly tcg: string; readonly kvm: string };
  /** The kernel's name of the first serial console. */
  readonly console: string;
  /** Device with the ports. */
  readonly serialBus: string;
  readonly kernelArgs: readonly string[];
  /** Milliseconds on KVM that a guest is left alone before it is saved; default 0. */
  readonly settleMs?: number;
  /** Modules without which the guest has no port, in kernels that do not have them built in. */
  readonly modules: readonly string[];
}
