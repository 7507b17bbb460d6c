/**
 * Constants of Linux's uapi headers that are not the same on all architectures. They have the value of the architecture whose program
 * is being built, so the functions that build programs read them as they read any other; x86_64's before the first.
 */
import type { Arch } from "../../run/target.ts";

type Others = { readonly [A in Exclude<Arch, "x86_64">]?: number };

/** Ends in a value: x86_64's unless the architecture has one of its own. */
const on = (arch: Arch, usual: number, others: Others): number =>
  (arch === "x86_64" ? undefined : others[arch]) ?? usual;

export let FIONBIO: number;
export let FIONREAD: number;
export let MAP_LOCKED: number;
export let MAP_NORESERVE: number;
export let MCL_CURRENT: number;
export let MCL_FUTURE: number;
export let MCL_ONFAULT: number;
export let O_DIRECT: number;
export let O_DIRECTORY: number;
export let O_LARGEFILE: number;
export let O_NOFOLLOW: number;
export let O_TMPFILE: number;
export let SA_RESTORER: number;
export let SECCOMP_IOCTL_NOTIF_ADDFD: number;
export let SECCOMP_IOCTL_NOTIF_ID_VALID: number;
export let SO_PASSCRED: number;
export let SO_PEERCRED: number;
export let SO_RCVLOWAT: number;
export let SO_RCVTIMEO: number;
export let SO_SNDLOWAT: number;
export let SO_SNDTIMEO: number;
export let TCGETS: number;
export let TIOCGPTPEER: number;
export let TIOCGWINSZ: number;
export let TIOCSPTLCK: number;

export function useArchitecture(arch: Arch): void {
  FIONBIO = on(arch, 0x5421, { ppc64le: 0x8004667e });
  FIONREAD = on(arch, 0x541b, { ppc64le: 0x4004667f });
  MAP_LOCKED = on(arch, 0x2000, { ppc64le: 0x80 });
  MAP_NORESERVE = on(arch, 0x4000, { ppc64le: 0x40 });
  MCL_CURRENT = on(arch, 1, { ppc64le: 0x2000 });
  MCL_FUTURE = on(arch, 2, { ppc64le: 0x4000 });
  MCL_ONFAULT = on(arch, 4, { ppc64le: 0x8000 });
  O_DIRECT = on(arch, 0x4000, { aarch64: 0x10000, ppc64le: 0x20000 });
  O_DIRECTORY = on(arch, 0x10000, { aarch64: 0x4000, ppc64le: 0x4000 });
  O_LARGEFILE = on(arch, 0x8000, { aarch64: 0x20000, ppc64le: 0x10000 });
  O_NOFOLLOW = on(arch, 0x20000, { aarch64: 0x8000, ppc64le: 0x8000 });
  O_TMPFILE = on(arch, 0x410000, { aarch64: 0x404000, ppc64le: 0x404000 });
  // riscv64 has no such flag.
  SA_RESTORER = on(arch, 0x4000000, { riscv64: 0 });
  SECCOMP_IOCTL_NOTIF_ADDFD = on(arch, 0x40182103, { ppc64le: 0x80182103 });
  SECCOMP_IOCTL_NOTIF_ID_VALID = on(arch, 0x40082102, { ppc64le: 0x80082102 });
  SO_PASSCRED = on(arch, 16, { ppc64le: 20 });
  SO_PEERCRED = on(arch, 17, { ppc64le: 21 });
  SO_RCVLOWAT = on(arch, 18, { ppc64le: 16 });
  SO_RCVTIMEO = on(arch, 20, { ppc64le: 18 });
  SO_SNDLOWAT = on(arch, 19, { ppc64le: 17 });
  SO_SNDTIMEO = on(arch, 21, { ppc64le: 19 });
  TCGETS = on(arch, 0x5401, { ppc64le: 0x402c7413 });
  TIOCGPTPEER = on(arch, 0x5441, { ppc64le: 0x20005441 });
  TIOCGWINSZ = on(arch, 0x5413, { ppc64le: 0x40087468 });
  TIOCSPTLCK = on(arch, 0x40045431, { ppc64le: 0x80045431 });
}

useArchitecture("x86_64");
