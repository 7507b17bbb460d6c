/** sinsp-example: prints the events of a capture file or of this machine. */
import { helpText, parseSettings, type Settings, UsageError } from "./options.ts";

export const exit = { ok: 0, failure: 1, usage: 2, unsupported: 95, interrupted: 130 } as const;

/**
 * @param prepare makes what is missing; not called if the arguments are wrong
 * @returns the exit status
 */
export async function main(argv: readonly string[], prepare: () => Promise<void> = nothing): Promise<number> {
  let settings: Settings;
  try {
    settings = parseSettings(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`sinsp-example: ${error.message}\nSee: scapyard sinsp-example --help`);
    return exit.usage;
  }
  if (settings.help) {
    process.stdout.write(helpText());
    return exit.ok;
  }
  await prepare();
  // Loaded only now: help and wrong usage need no event table, which may not have been there before.
  const { run } = await import("./run.ts");
  return run(settings);
}

async function nothing(): Promise<void> {}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
