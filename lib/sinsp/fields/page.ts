/** The reference page of all fields: `bun lib/sinsp/fields/page.ts` writes docs/07-fields.md. */
import { classes, type Field, type FieldClass } from "./catalogue.ts";

export const pagePath = `${import.meta.dir}/../../../docs/07-fields.md`;

const head = `# Fields

What can be asked of an event: in filters (\`proc.name = cat\`), in formats (\`%proc.name\`), by \`evt.get("proc.name")\`.
Made by \`bun lib/sinsp/fields/page.ts\` from \`lib/sinsp/fields/catalogue\`.

**Absent** means: no value. Text shows \`<NA>\` or leaves the line out, JSON shows null, and every comparison is false, \`exists\` and \`!=\`, too. An
empty text is a value. Words that the descriptions use:

- **fd info**: what is known of the descriptor that an event works on. All \`fd.*\` fields are absent for events that have nothing to do
  with a descriptor, and for unknown threads; most also without fd info. **role**: it is known which end of a socket is the client.
- **main thread**: the thread whose tid is the pid of its process. **ancestor(N)**: N steps up from it, each by a main thread.
  **walk**: from its parent up, nearest first. \`proc.*\`, \`thread.*\`, \`user.*\` and \`group.*\` are absent if the thread is unknown.
- **leader(id, virtual or host)**: the thread with that tid; inside a pid namespace, whose numbers are not those of the host, the
  farthest ancestor in a row that has the same id.
- **local**: an IPv4 address of an interface of the machine, or an IPv6 address in the same /64.
- **rule abs**: absolute paths are cleaned. Relative ones are put behind: the opened file's own name (openat, openat2; \`<UNKNOWN>\` if it
  was not opened), the directory's name (mkdirat, unlinkat, fchmodat, fchownat, symlinkat; \`<UNKNOWN>\` if it is not known, also for AT_FDCWD),
  the working directory (all others).

Integers are decimal numbers in text and JSON unless the type says hex; an integer beyond 2^53 is a bigint in TypeScript.
`;

const titles: Readonly<Record<string, string>> = {
  evt: "Events",
  process: "Processes and threads",
  user: "Users",
  group: "Groups",
  fd: "Descriptors",
  "fs.path": "Paths",
  util: "Helpers",
  fdlist: "Polled descriptors",
};

export function referencePage(): string {
  return [head, ...classes.map(section)].join("\n");
}

function section({ name, fields }: FieldClass): string {
  const items = fields.map(
    ({ desc, ...field }) => `- \`${written(field)}\` ${kind(field)}: ${desc}${notes(field)}\n`,
  );
  return `## ${titles[name] ?? name}\n\n${items.join("")}`;
}

const argumentForms: Readonly<Record<string, string>> = {
  index: "[N]",
  name: "[NAME]",
  param: "[N], .NAME",
  "param-name": ".NAME",
  time: "[NS]",
  event: ".EVENT",
  cgroup: ".SUBSYSTEM",
  "path-side": ", .src, .dst",
  key: "[KEY]",
};

/** With its argument, in round brackets if it may be left out. */
function written({ name, argument }: Pick<Field, "name" | "argument">): string {
  if (!argument) return name;
  const form = argumentForms[argument.kind]!;
  const isOpen = argument.need === "optional";
  return isOpen ? `${name}(${form})` : name + form;
}

/** In words of TypeScript, with the type of the schema where that says more. */
function kind({ type, format, flags }: Omit<Field, "desc">): string {
  const words: Readonly<Record<string, string>> = {
    CHARBUF: "text",
    BYTEBUF: "bytes",
    BOOL: "boolean",
    DYN: "the parameter's",
    IPADDR: "address",
    IPNET: "network",
    PORT: "port",
    RELTIME: "ns",
    ABSTIME: "ns since the epoch",
  };
  const word = (words[type] ?? type.toLowerCase()) + (format === "hex" ? ", hex" : "");
  return flags.has("list") ? `${word}, many` : word;
}

/** Flags that say what can be done with a field. */
function notes({ flags, match }: Omit<Field, "desc">): string {
  const found = [
    flags.has("filter-only") && "Filters only.",
    flags.has("print-only") && "Output only.",
    match === "any" && "In filters without an argument: any of them.",
    flags.has("no-transformer") && "No transformers.",
    flags.has("hidden") && "Not listed by tools.",
    flags.has("deprecated") && "Deprecated.",
  ].filter((note) => note !== false);
  return found.length > 0 ? ` _${found.join(" ")}_` : "";
}

if (import.meta.main) await Bun.write(pagePath, referencePage());
