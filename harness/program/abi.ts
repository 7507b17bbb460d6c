/** What a program's memory looks like to the kernel: word size, byte order, alignment. */
import type { Arch } from "../run/target.ts";

export type AbiName = Arch | "ia32";

export interface Abi {
  readonly name: AbiName;
  readonly bits: 32 | 64;
  readonly bigEndian: boolean;
  /** Alignment of 64-bit integers inside structs. */
  readonly align64: 4 | 8;
  /** ELF machine number: the agent refuses a program of another machine. */
  readonly machine: number;
}

const lp64 = { bits: 64, bigEndian: false, align64: 8 } as const;

export const abis: { readonly [N in AbiName]: Abi } = {
  x86_64: { ...lp64, name: "x86_64", machine: 62 },
  aarch64: { ...lp64, name: "aarch64", machine: 183 },
  s390x: { ...lp64, name: "s390x", bigEndian: true, machine: 22 },
  riscv64: { ...lp64, name: "riscv64", machine: 243 },
  ppc64le: { ...lp64, name: "ppc64le", machine: 21 },
  /** 32-bit calls of x86_64 programs; never the ABI of a whole program. */
  ia32: { name: "ia32", bits: 32, bigEndian: false, align64: 4, machine: 3 },
};

/** Integer to bytes in the ABI's order; negative values in two's complement, higher bits dropped. */
export function intBytes(value: bigint, size: number, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(size);
  let rest = BigInt.asUintN(size * 8, value);
  for (let i = 0; i < size; i++, rest >>= 8n) bytes[bigEndian ? size - 1 - i : i] = Number(rest & 0xffn);
  return bytes;
}

/** Bytes to integer in the ABI's order. */
export function bytesInt(bytes: Uint8Array, signed: boolean, bigEndian: boolean): bigint {
  let value = 0n;
  for (let i = 0; i < bytes.length; i++)
    value = (value << 8n) | BigInt(bytes[bigEndian ? i : bytes.length - 1 - i] ?? 0);
  return signed ? BigInt.asIntN(bytes.length * 8, value) : value;
}
