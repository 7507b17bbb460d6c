import { type Arch, architectures } from "../run/target.ts";

const bunNames: Readonly<Record<string, Arch>> = { x64: "x86_64", arm64: "aarch64" };

/** The architecture that this process runs on. */
export function hostArch(): Arch {
  const arch = bunNames[process.arch];
  if (!arch)
    throw new Error(
      `this machine is ${process.arch}; scapyard runs on ${architectures.slice(0, 2).join(", ")}`,
    );
  return arch;
}
