/**
 * `bun harness/run/differential.ts [--btf-of-headers] [ARCH/KERNEL [CASE-GLOB]]`: every case's program in one guest with both drivers
 * loaded. A JSON line for each case; exit 1 if the drivers differ anywhere. With the option the eBPF driver gets the layout of kernel
 * structures from the kernel's headers, as it does on kernels without BTF.
 */
import { parseArgs } from "node:util";
import { readEvents } from "../../lib/scap/index.ts";
import { NotOnArchitecture } from "../program/numbers.ts";
import type { SyscallCase } from "./case.ts";
import { compareDrivers } from "./compare-drivers.ts";
import { runComplete } from "./complete-run.ts";
import type { Guest } from "./guest.ts";
import { loadCases } from "./list-cases.ts";
import { openGuestWith } from "./open-guest.ts";
import { type BuiltCase, buildCase, requestOf } from "./run-case.ts";
import { type Arch, defaultTarget, drivers, parseTarget } from "./target.ts";

export interface DifferentialLine {
  readonly case: string;
  /** Events of each driver. */
  readonly events: readonly number[];
  readonly differences: readonly string[];
}

/** Null: the architecture does not have what the case needs. */
function build(item: SyscallCase, arch: Arch): BuiltCase | null {
  try {
    return buildCase(item, arch);
  } catch (error) {
    if (error instanceof NotOnArchitecture) return null;
    throw error;
  }
}

async function differ(item: SyscallCase, built: BuiltCase, guest: Guest): Promise<DifferentialLine> {
  const { done } = await runComplete(guest, requestOf(item, built));
  if (done.kind === "failed") return { case: item.id, events: [], differences: [done.reason] };
  const captures = done.captures.map(({ driver, scap }) => ({
    name: driver,
    events: readEvents({ bytes: scap }, { raw: true }),
  }));
  const [a, b] = captures;
  const differences = a && b ? compareDrivers(a, b) : [`${captures.length} drivers answered, not 2`];
  return { case: item.id, events: captures.map(({ events }) => events.length), differences };
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { "btf-of-headers": { type: "boolean" } },
    allowPositionals: true,
  });
  const [id, glob = "**"] = positionals;
  const options = values["btf-of-headers"] ? { btfOfHeaders: true } : {};
  const cases = (await loadCases()).filter(({ id }) => new Bun.Glob(glob).match(id));
  const { arch, kernel } = parseTarget(id ? `${id}/modern_bpf` : defaultTarget);
  const { guest } = await openGuestWith(arch, kernel, drivers, options);
  await using _ = guest;
  let differing = 0;
  for (const item of cases) {
    const built = build(item, arch);
    if (!built) continue;
    const line = await differ(item, built, guest);
    if (line.differences.length > 0) differing++;
    console.log(JSON.stringify(line));
  }
  return differing > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
