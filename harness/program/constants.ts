/** Kernel constants by their own names. Where architectures differ these are the values of x86_64. */
export * from "./constants/files.ts";
export * from "./constants/memory.ts";
export * from "./constants/net.ts";
export * from "./constants/process.ts";
export * from "./constants/system.ts";
