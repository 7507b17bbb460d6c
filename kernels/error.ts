/** Why a kernel cannot be had. Never a test failure: results call it `infra-error`, cause `kernel-download`. */
export type KernelCode =
  /** The catalogue has no kernel of that name. */
  | "unknown-kernel"
  /** apt is missing, or names no Debian mirror. */
  | "no-mirror"
  /** A Release file is not signed by the Debian archive, or belongs to another suite, or is out of date. */
  | "signature"
  /** Bytes are not those that the index or the lock promises. */
  | "sha256"
  /** The mirror (or its signed index) no longer has what the lock names. */
  | "gone"
  /** The transfer failed or was cut; a partial file is kept and continued the next time. */
  | "download"
  | "disk-full"
  /** A file that a local kernel's entry names is not there. */
  | "missing-file"
  /** A package does not contain what such a package contains. */
  | "unpack";

export class KernelError extends Error {
  override readonly name = "KernelError";
  constructor(
    readonly code: KernelCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
