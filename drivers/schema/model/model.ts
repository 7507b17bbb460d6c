/** The event table after reading: all names resolved. This is what the generators see. */
import type { Arch } from "./archs.ts";

export interface Schema {
  readonly version: string;
  readonly types: readonly TypeInfo[];
  readonly formats: Readonly<Record<string, number>>;
  readonly categories: Readonly<Record<string, number>>;
  readonly sources: Readonly<Record<string, number>>;
  readonly eventFlags: Readonly<Record<string, number>>;
  readonly dynamic: Readonly<Record<string, readonly Variant[]>>;
  /** Index = code. */
  readonly events: readonly Event[];
  readonly flagTables: Readonly<Record<string, readonly NamedValue[]>>;
  /** All PPM_* constants. */
  readonly constants: Readonly<Record<string, number>>;
  /** In the order of `sc`. */
  readonly syscalls: readonly Syscall[];
  readonly kernel: Readonly<Record<string, KernelConstant>>;
  readonly flagmaps: readonly Flagmap[];
  /** Sorted by code and number of parameters. */
  readonly conversions: readonly Conversion[];
  readonly losses: readonly Loss[];
}

export interface NamedValue {
  readonly name: string;
  readonly value: number;
}

export interface TypeInfo {
  /** Without PT_. */
  readonly name: string;
  readonly code: number;
  /** Bytes; null for a length that comes with the event. */
  readonly size: number | null;
  /** Default print format, without PF_. */
  readonly format: string;
  readonly takes: "table" | "variants" | "dirfd" | null;
}

/** One alternative of a DYN parameter. */
export interface Variant {
  readonly tag: number;
  readonly type: string;
  readonly format: string;
}

export interface Param {
  readonly name: string;
  /** Without PT_. */
  readonly type: string;
  /** Without PF_. */
  readonly format: string;
  readonly table?: string;
  readonly variants?: string;
  /** Index of the parameter that holds the directory of this relative path. */
  readonly dirfd?: number;
}

export interface Event {
  readonly code: number;
  /** With direction, without PPME_: `SYSCALL_OPENAT_2_X`. */
  readonly symbol: string;
  /** `NA` for the half of a pair that no event uses. */
  readonly name: string;
  readonly dir: "enter" | "exit";
  readonly category: string;
  readonly source: string | null;
  readonly flags: readonly string[];
  readonly params: readonly Param[];
}

export interface Syscall {
  readonly sc: number;
  readonly name: string;
  readonly kind: "syscall" | "tracepoint";
  /** Code of the enter event, if one is sent. */
  readonly enter: number | null;
  /** Code of the exit event; of the event itself for a tracepoint. */
  readonly exit: number;
  /** Codes of all events of all times, oldest numbers first. */
  readonly events: readonly number[];
  /** null: planned, nothing records it yet. */
  readonly filler: string | null;
  /** When a consumer falls behind: always kept, always left out, or (null) sampled. */
  readonly drop: "never" | "always" | null;
  readonly nr: Readonly<Partial<Record<Arch, number>>>;
  /** Numbers in 32-bit x86 programs, the usual one first. */
  readonly ia32: readonly number[];
}

export type KernelConstant = Readonly<Partial<Record<Arch, number>>>;

export interface Flagmap {
  readonly name: string;
  readonly takes: Width;
  readonly returns: Width;
  /** What of the value `cases` look at; null: all. */
  readonly mask: number | null;
  /** Kernel constant → PPM value. */
  readonly cases: readonly { readonly kernel: string; readonly value: Target }[];
  /** Result for a value that is no case. */
  readonly otherwise: Target | "same";
  /** Each kernel constant of which any bit is set adds `set`; if none is, `clear`. */
  readonly bits: readonly { readonly kernel: string; readonly set: Target; readonly clear: Target }[];
}

export type Width = "u8" | "u16" | "u32" | "u64";
/** The name of a PPM constant, or a number. */
export type Target = string | number;

/** What becomes of an event of an old file that has so many parameters. */
export type Conversion = { readonly from: Event; readonly nparams: number } & (
  | { readonly action: "pass" | "store" | "store-and-pass" }
  | { readonly action: "build"; readonly to: Event; readonly sources: readonly ConversionSource[] }
);

/** Where a parameter of the new event comes from. */
export type ConversionSource =
  | { readonly kind: "old"; readonly index: number }
  /** Without an enter event: empty if `optional`, else the type's default. */
  | { readonly kind: "enter"; readonly index: number; readonly optional: boolean }
  | { readonly kind: "empty" | "default" | "container-json" };

/** A kind of events that has a counter of its own for what a full ring lost. */
export interface Loss {
  readonly name: string;
  /** Symbols. */
  readonly events: readonly string[];
}
