import { exitStatus } from "../run/exit-status.ts";
import { failureText } from "../setup/failure-text.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { parseCommand, UsageError } from "./command.ts";
import { commandNames, findCommand } from "./commands.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { version } from "./version.ts";

/** @returns the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  try {
    return await dispatch(name, rest);
  } catch (error) {
    return fail(error, name);
  }
}

async function dispatch(name: string | undefined, rest: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(await overview());
    return name === undefined ? exitStatus.usage : exitStatus.ok;
  }
  if (name === "--version") {
    console.log(`scapyard ${await version()}`);
    return exitStatus.ok;
  }
  const command = await findCommand(name);
  if (!command) {
    const kind = name.startsWith("-") ? "option" : "command";
    throw new UsageError(
      `unknown ${kind} ${name}${didYouMean(name, [...commandNames, "--help", "--version"])}`,
    );
  }
  if ("delegate" in command) return command.delegate(rest);
  const args = parseCommand(command, rest);
  if (args.values.help === true) {
    process.stdout.write(commandHelp(name, command));
    return exitStatus.ok;
  }
  return command.run(args);
}

async function overview(): Promise<string> {
  const rows = commandNames.map(async (name) => [name, (await findCommand(name))?.summary ?? ""] as const);
  return generalHelp(await Promise.all(rows));
}

/** Our own errors are sentences for the user; a defect keeps its stack. */
function fail(error: unknown, name: string | undefined): number {
  if (error instanceof UsageError) {
    console.error(`scapyard: ${error.message}`);
    const about = name !== undefined && commandNames.includes(name) ? `${name} ` : "";
    console.error(`See: scapyard ${about}--help`);
    return exitStatus.usage;
  }
  console.error(error instanceof Error && !isDefect(error) ? `scapyard: ${failureText(error)}` : error);
  return exitStatus.infra;
}

const isDefect = (error: Error) => error instanceof TypeError || error instanceof ReferenceError;

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
