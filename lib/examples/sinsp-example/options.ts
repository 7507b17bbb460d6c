/** The command line of sinsp-example. */
import { parseArgs } from "node:util";
import { didYouMean } from "../../../harness/yaml/nearest.ts";

interface Option {
  readonly short: string;
  /** How the help calls the value. */
  readonly value?: string;
  readonly help: string;
}

/** In the order of the help. */
export const options = {
  scap_file: { short: "s", value: "FILE", help: "read a capture file, plain or gzip" },
  modern_bpf: { short: "m", help: "capture live with the eBPF driver (root); this is the default" },
  kmod: { short: "k", help: "capture live with the kernel module (root)" },
  module: { short: "M", value: "FILE", help: "-k: the module to insert if it is not loaded yet" },
  filter: { short: "f", value: "FILTER", help: "print only events that it matches" },
  "output-fields": {
    short: "o",
    value: "FORMAT",
    help: "what to print of an event; a leading * prints <NA> for missing values",
  },
  json: { short: "j", help: "print a JSON object for each event" },
  raw: { short: "r", help: "print each event's parameters, with nothing of the state" },
  "all-threads": { short: "a", help: "print events of all threads, not only of main threads" },
  "num-events": { short: "n", value: "N", help: "stop after N printed events" },
  "exclude-users": { short: "E", help: "keep no list of users and groups" },
  buffer_dim: { short: "d", value: "BYTES", help: "live: size of one ring, a power of two (default 8 MiB)" },
  "cpus-for-each-buffer": {
    short: "c",
    value: "N",
    help: "live: N CPUs share a ring; 0: all share one (default 1)",
  },
  "all-cpus": { short: "A", help: "live: rings for all CPUs, not only those online" },
  "disable-iterators": { short: "i", help: "live: read /proc instead of asking BPF iterators" },
  "ppm-sc-modifies-state": {
    short: "z",
    help: "live: capture what the filter can match and what changes the state",
  },
  "ppm-sc-repair-state": {
    short: "x",
    help: "live: capture what the filter can match and what its fields need",
  },
  "remove-io-sc-state": {
    short: "q",
    help: "with -z: without system calls of I/O that the filter does not match",
  },
  perftest: { short: "t", help: "print no events, but how many there are a second" },
  tables: {
    short: "T",
    value: "[brief|list]",
    help: "at the end, print the state tables: their entries, sizes (brief) or fields (list)",
  },
  plugin: { short: "p", value: "LIB", help: "not in this version" },
  "enable-glogger": { short: "g", help: "not in this version" },
  help: { short: "h", help: "print this and exit" },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof options;

/** Wrong usage; the message is for the user. */
export class UsageError extends Error {}

export type TablesMode = "entries" | "brief" | "list";

export interface Settings {
  readonly help: boolean;
  readonly source: { readonly file: string } | { readonly engine: "modern_bpf" | "kmod" };
  readonly filter?: string;
  readonly format?: string;
  readonly json: boolean;
  readonly raw: boolean;
  readonly allThreads: boolean;
  /** Infinity: all. */
  readonly count: number;
  readonly excludeUsers: boolean;
  readonly modulePath?: string;
  readonly bufferBytes?: number;
  readonly cpusPerBuffer?: number;
  readonly allCpus: boolean;
  readonly disableIterators: boolean;
  readonly interest: "all" | "state" | "repair";
  readonly withoutIo: boolean;
  readonly perftest: boolean;
  readonly tables?: TablesMode;
}

const notInThisVersion: readonly OptionName[] = ["plugin", "enable-glogger"];

/** What parseArgs() tells of an option. */
interface OptionToken {
  readonly name: string;
  /** As it was written. */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Written as `--name=value` or `-nvalue`. */
  readonly inlineValue?: boolean | undefined;
}

/** @throws {UsageError} */
export function parseSettings(argv: readonly string[]): Settings {
  const values = read(argv);
  const is = (name: OptionName) => values[name] === true;
  const text = (name: OptionName) => values[name] as string | undefined;
  const help = is("help");
  const [format, filter] = [text("output-fields"), text("filter")];
  const [bufferBytes, cpusPerBuffer] = [
    number(text("buffer_dim"), "buffer_dim"),
    number(text("cpus-for-each-buffer"), "cpus-for-each-buffer"),
  ];
  const tables = tablesMode(text("tables"));
  const modulePath = text("module");
  return {
    help,
    source: source(text("scap_file"), is("modern_bpf"), is("kmod")),
    json: is("json"),
    raw: is("raw"),
    allThreads: is("all-threads"),
    count: number(text("num-events"), "num-events") ?? Number.POSITIVE_INFINITY,
    excludeUsers: is("exclude-users"),
    allCpus: is("all-cpus"),
    disableIterators: is("disable-iterators"),
    interest: is("ppm-sc-repair-state") ? "repair" : is("ppm-sc-modifies-state") ? "state" : "all",
    withoutIo: is("remove-io-sc-state"),
    perftest: is("perftest"),
    ...(filter !== undefined && { filter }),
    ...(format !== undefined && { format }),
    ...(modulePath !== undefined && { modulePath }),
    ...(bufferBytes !== undefined && { bufferBytes }),
    ...(cpusPerBuffer !== undefined && { cpusPerBuffer }),
    ...(tables && { tables }),
  };
}

function read(argv: readonly string[]): Partial<Record<OptionName, string | boolean>> {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { short, ...option }]) => [
      name,
      { type: "value" in option ? ("string" as const) : ("boolean" as const), short },
    ]),
  );
  const { values, tokens } = parseArgs({
    args: joinTables(argv),
    options: config,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional") throw new UsageError(`unexpected argument "${token.value}"`);
    if (token.kind === "option") checkOption(token);
  }
  return values as ReturnType<typeof read>;
}

/** The value of -T may be left out, which parseArgs() does not know. */
function joinTables(argv: readonly string[]): string[] {
  const isTables = (word: string | undefined) => word === "-T" || word === "--tables";
  const isMode = (word: string | undefined) => word === "brief" || word === "list";
  return argv.flatMap((word, index) => {
    if (isTables(word)) return isMode(argv[index + 1]) ? [] : ["--tables=entries"];
    return isMode(word) && isTables(argv[index - 1]) ? [`--tables=${word}`] : [word];
  });
}

/** Without `strict`, parseArgs() takes whatever comes; its own words for what is wrong do not name our values. */
function checkOption({ name, rawName, value, inlineValue }: OptionToken): void {
  if (!isOption(name)) throw unknown(rawName);
  const option: Option = options[name];
  const own = `-${option.short}, --${name}`;
  if (notInThisVersion.includes(name)) throw new UsageError(`${own}: not in this version`);
  if (option.value === undefined && value !== undefined) throw new UsageError(`${own} takes no value`);
  // Else `-s -k` would read a file of that name; `--scap_file=-k` does.
  const isMissing = value === undefined || (!inlineValue && value.length > 1 && value.startsWith("-"));
  if (option.value !== undefined && isMissing) throw new UsageError(`${own} takes a value: ${option.value}`);
}

const isOption = (name: string): name is OptionName => Object.hasOwn(options, name);

function unknown(rawName: string): UsageError {
  const names = Object.keys(options).map((name) => `--${name}`);
  return new UsageError(`unknown option ${rawName}${didYouMean(rawName, names)}`);
}

function source(file: string | undefined, bpf: boolean, kmod: boolean): Settings["source"] {
  const given = [file !== undefined && "-s", bpf && "-m", kmod && "-k"].filter((name) => name !== false);
  if (given.length > 1) throw new UsageError(`${given.join(" and ")} exclude each other`);
  if (file !== undefined) return { file };
  return { engine: kmod ? "kmod" : "modern_bpf" };
}

function number(text: string | undefined, name: OptionName): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,15}$/.test(text)) throw new UsageError(`--${name} takes a number, not "${text}"`);
  return Number(text);
}

function tablesMode(text: string | undefined): TablesMode | undefined {
  if (text === undefined || text === "entries" || text === "brief" || text === "list") return text;
  throw new UsageError(`-T takes brief, list or nothing, not "${text}"`);
}

export function helpText(): string {
  const heads = Object.entries<Option>(options).map(
    ([name, { short, value }]) => `-${short}, --${name}${value ? ` ${value}` : ""}`,
  );
  const width = Math.max(...heads.map((head) => head.length));
  const rows = Object.values<Option>(options).map(
    ({ help }, index) => `  ${heads[index]!.padEnd(width)}  ${help}`,
  );
  return `usage: scapyard sinsp-example [options]

Prints the events of a capture with what they mean: processes, files, connections.

${rows.join("\n")}

Without -o: ${defaultFormat}
Exit status: 0; 1 if the capture is damaged or cannot be made; 2 on wrong usage, a filter or a format with an error;
95 if the kernel cannot do --modern_bpf; 130 if reading a file was interrupted. Ctrl-C ends a live capture with a summary.
`;
}

/** What is printed of an event unless the user says otherwise. Events of no thread have no such line. */
export const defaultFormat =
  "%evt.num %evt.time cat=%evt.category proc=%proc.name(%proc.pid.%thread.tid) %evt.type %evt.args";
