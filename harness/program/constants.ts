/** Kernel constants by their own names. */
export * from "./constants/files.ts";
export * from "./constants/memory.ts";
export * from "./constants/net.ts";
export * from "./constants/per-architecture.ts";
export * from "./constants/process.ts";
export * from "./constants/system.ts";
export * from "./constants/x86.ts";
