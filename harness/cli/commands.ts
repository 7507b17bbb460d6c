/** Every command, loaded only when it is asked for: a start of the command line must stay cheap. */
import type { Command } from "./command.ts";

/** Of what lists cases: the schema's modules are imported with it, so they must be up to date before. */
async function withSchema<T>(load: () => Promise<T>): Promise<T> {
  const { ensureSchema } = await import("../../drivers/schema/build.ts");
  await ensureSchema();
  return load();
}

const load = {
  setup: async () => (await import("./setup.ts")).setupCommand,
  run: async () => (await withSchema(() => import("./run.ts"))).runCommand,
  test: async () => (await import("./test.ts")).testCommand,
  report: async () => (await import("./report.ts")).reportCommand,
  repro: async () => (await withSchema(() => import("./repro.ts"))).reproCommand,
  kernels: async () => (await import("../../kernels/commands/index.ts")).kernelsCommand,
  soak: async () => (await import("./soak.ts")).soakCommand,
  fuzz: async () => (await import("./fuzz.ts")).fuzzCommand,
  bench: async () => (await import("./bench.ts")).benchCommand,
  "sinsp-example": async () => (await import("./sinsp-example.ts")).sinspExampleCommand,
  "vmtest-export": async () => (await withSchema(() => import("./vmtest-export.ts"))).vmtestExportCommand,
  "scap-open": async () => (await import("./scap-open.ts")).scapOpenCommand,
} satisfies Record<string, () => Promise<Command>>;

export const commandNames = Object.keys(load);

export async function findCommand(name: string): Promise<Command | undefined> {
  return Object.hasOwn(load, name) ? await load[name as keyof typeof load]() : undefined;
}
