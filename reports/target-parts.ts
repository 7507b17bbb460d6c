export interface TargetParts {
  readonly arch: string;
  readonly kernel: string;
  /** With what is special about the guest: `modern_bpf+jit=off`. */
  readonly driver: string;
}

/** The parts of a target's name, whatever it is: a results file may name anything. */
export function targetParts(target: string): TargetParts {
  const [arch = "", kernel = "", ...driver] = target.split("/");
  return { arch, kernel, driver: driver.join("/") };
}

/** Where the report tells about a cell, after `#`. */
export function cellAddress(target: string, syscall: string): string {
  return `${target}/${syscall}`;
}
