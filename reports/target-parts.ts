/** Names of targets and cells, whatever they are: a results file may name anything. */
export interface TargetParts {
  readonly arch: string;
  readonly kernel: string;
  /** With what is special about the guest: `modern_bpf+jit=off`. */
  readonly driver: string;
}

export function targetParts(target: string): TargetParts {
  const [arch = "", kernel = "", ...driver] = target.split("/");
  return { arch, kernel, driver: driver.join("/") };
}

/** Where the report tells about a cell, after `#`. */
export function cellAddress(target: string, syscall: string): string {
  return `${target}/${syscall}`;
}
