/** `enum scap_status` of scap.h. */
export const statusNames = {
  0: "OK",
  1: "FAILURE",
  [-1]: "TIMEOUT",
  3: "ILLEGAL_INPUT",
  4: "NOT_FOUND",
  5: "INPUT_TOO_SMALL",
  6: "EOF",
  7: "UNEXPECTED_BLOCK",
  8: "VERSION_MISMATCH",
  9: "NOT_SUPPORTED",
  11: "BUFFER_TOO_SMALL",
} as const;
export type ScapStatus = (typeof statusNames)[keyof typeof statusNames];

export const Status = { OK: 0, TIMEOUT: -1, EOF: 6, BUFFER_TOO_SMALL: 11 } as const;

/** A failure of libscap, or of decoding an event. `code` is the name of scap.h without its prefix. */
export class ScapError extends Error {
  override readonly name = "ScapError";
  readonly code: ScapStatus;

  constructor(status: number, text: string) {
    super(text);
    this.code = statusNames[status as keyof typeof statusNames] ?? "FAILURE";
  }
}

export function malformed(text: string): ScapError {
  return new ScapError(3, text);
}
