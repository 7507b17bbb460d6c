/** What a command of the command line is, and how its arguments are read. */
import { parseArgs } from "node:util";
import { didYouMean } from "../yaml/nearest.ts";

export interface Option {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  readonly short?: string;
  /** How the help calls the value: `GLOB`. */
  readonly value?: string;
  readonly help: string;
}

export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

export type Command = OwnCommand | Delegate;

/** A command that reads its arguments, `--help` included, itself. */
export interface Delegate {
  readonly summary: string;
  /** Returns the exit status. */
  readonly delegate: (argv: readonly string[]) => Promise<number>;
}

export interface OwnCommand {
  readonly summary: string;
  /** What stands after the name: `[options] FILE...`. */
  readonly usage: string;
  readonly details?: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Positional arguments: the least and the most. */
  readonly positionals: readonly [number, number];
  /** Returns the exit status. */
  readonly run: (args: Arguments) => Promise<number>;
}

/** The user asked for something that does not exist: exit status 2. */
export class UsageError extends Error {}

export const helpOption: Option = { type: "boolean", short: "h", help: "print this and exit" };

/** @throws UsageError for anything that the command does not take. */
export function parseCommand(command: OwnCommand, argv: readonly string[]): Arguments {
  const options = { ...command.options, help: helpOption };
  const config = { args: [...argv], options, allowPositionals: true } as const;
  for (const token of parseArgs({ ...config, strict: false, tokens: true }).tokens)
    if (token.kind === "option" && !Object.hasOwn(options, token.name)) throw unknown(token.rawName, options);
  const parsed = strictly(() => parseArgs({ ...config, strict: true }));
  if (parsed.values.help !== true) checkCount(command, parsed.positionals);
  return parsed;
}

function unknown(rawName: string, options: Readonly<Record<string, Option>>): UsageError {
  const names = Object.keys(options).map((name) => `--${name}`);
  return new UsageError(`unknown option ${rawName}${didYouMean(rawName, names)}`);
}

function strictly<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function checkCount(command: OwnCommand, positionals: readonly string[]): void {
  const [least, most] = command.positionals;
  if (positionals.length < least) throw new UsageError("an argument is missing");
  if (positionals.length > most) throw new UsageError(`unexpected argument "${positionals[most]}"`);
}

/** The values of a repeatable string option. */
export function strings(args: Arguments, name: string): string[] {
  const value = args.values[name];
  return Array.isArray(value) ? value.map(String) : [];
}

export function string(args: Arguments, name: string): string | undefined {
  const value = args.values[name];
  return typeof value === "string" ? value : undefined;
}

export function flag(args: Arguments, name: string): boolean {
  return args.values[name] === true;
}
