/** libscap.so through bun:ffi: opened once, on the main thread; functions as in lib/libscap/include/scap.h. */
import { dlopen, FFIType as T } from "bun:ffi";
import { existsSync } from "node:fs";
import { buildPath } from "../../harness/build/root.ts";

const signatures = {
  scap_open_file: { args: [T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_open_fd: { args: [T.i32, T.ptr, T.ptr], returns: T.i32 },
  scap_open_memory: { args: [T.ptr, T.u64, T.ptr, T.ptr], returns: T.i32 },
  scap_close: { args: [T.ptr], returns: T.void },
  scap_last_error: { args: [T.ptr], returns: T.cstring },
  scap_next_batch: { args: [T.ptr, T.ptr, T.u64, T.ptr, T.ptr], returns: T.i32 },
  scap_machine_info: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_get_file_info: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_set_raw: { args: [T.ptr, T.i32], returns: T.i32 },
  scap_threads: { args: [T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_fds: { args: [T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_interfaces: { args: [T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_users: { args: [T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_groups: { args: [T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_texts: { args: [T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_open_live: { args: [T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_start: { args: [T.ptr], returns: T.i32 },
  scap_stop: { args: [T.ptr], returns: T.i32 },
  scap_reset: { args: [T.ptr], returns: T.i32 },
  scap_set_interest: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_set_snaplen: { args: [T.ptr, T.u32], returns: T.i32 },
  scap_set_scope: { args: [T.ptr, T.u64], returns: T.i32 },
  scap_set_drop_failed: { args: [T.ptr, T.i32], returns: T.i32 },
  scap_set_sampling: { args: [T.ptr, T.u32], returns: T.i32 },
  scap_set_dynamic_snaplen: { args: [T.ptr, T.i32], returns: T.i32 },
  scap_set_fullcapture_ports: { args: [T.ptr, T.u16, T.u16], returns: T.i32 },
  scap_set_statsd_port: { args: [T.ptr, T.u16], returns: T.i32 },
  scap_get_losses: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_get_metrics: { args: [T.ptr, T.u32, T.ptr, T.ptr], returns: T.i32 },
  scap_get_stats: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_get_driver_info: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_scan_reason: { args: [T.ptr], returns: T.cstring },
  scap_scan: { args: [T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_local_agent_info: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_get_lists: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_writer_open_fd: { args: [T.i32, T.u32, T.ptr, T.ptr], returns: T.i32 },
  scap_writer_open_rotating: { args: [T.ptr, T.u32, T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_writer_due: { args: [T.ptr, T.u64, T.u32], returns: T.i32 },
  scap_writer_rotate: { args: [T.ptr], returns: T.i32 },
  scap_writer_section: { args: [T.ptr], returns: T.i32 },
  scap_writer_lists: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_writer_get_info: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_writer_open_file: { args: [T.ptr, T.u32, T.ptr, T.ptr], returns: T.i32 },
  scap_writer_open_memory: { args: [T.u32, T.ptr, T.ptr], returns: T.i32 },
  scap_writer_machine_info: { args: [T.ptr, T.ptr], returns: T.i32 },
  scap_writer_event: { args: [T.ptr, T.ptr, T.u16, T.u32], returns: T.i32 },
  scap_writer_batch: { args: [T.ptr, T.ptr, T.u64], returns: T.i32 },
  scap_writer_flush: { args: [T.ptr], returns: T.i32 },
  scap_writer_memory: { args: [T.ptr, T.ptr, T.ptr], returns: T.i32 },
  scap_writer_last_error: { args: [T.ptr], returns: T.cstring },
  scap_writer_close: { args: [T.ptr], returns: T.i32 },
  scap_local_machine_info: { args: [T.ptr, T.ptr], returns: T.i32 },
} as const;

type Library = ReturnType<typeof dlopen<typeof signatures>>["symbols"];

let library: Library | undefined;

/** What `uname -m` calls the machine that Bun runs on. */
export const arch = process.arch === "arm64" ? "aarch64" : "x86_64";

/** @throws if libscap.so was not built. */
export function libscap(): Library {
  if (!library) {
    const path = buildPath(arch, "libscap.so");
    if (!existsSync(path)) throw new Error(`${path} is missing: run ./scapyard setup`);
    library = dlopen(path, signatures).symbols;
  }
  return library;
}
