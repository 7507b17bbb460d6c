/** Layouts of scap.h, as scap_next_batch() fills an arena: records of header, event frame, padding to 8. */

/** `struct scap_record`: u32 size, u16 cpu, u16 fixed, u32 flags, u32 reserved. */
export const record = { size: 0, cpu: 4, fixed: 6, flags: 8, length: 16 } as const;

/** `struct scap_event`: u64 ts, u64 tid, u32 len, u16 type, u32 nparams; nparams lengths follow. */
export const frame = { ts: 0, tid: 8, len: 16, type: 20, nparams: 22, length: 26 } as const;
