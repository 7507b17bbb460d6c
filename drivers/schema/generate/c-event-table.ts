/** scap_event_table.{h,c}: the event table for user space. */
import type { Event, Schema } from "../model/model.ts";
import { cDefine, cEnum, cHeader } from "./c.ts";

export function eventTableHeader(schema: Schema): string {
  const named = (prefix: string, values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([name, value]) => cDefine(prefix + name, value));
  const parts = [
    '#include <stdint.h>\n\n#include "scap_schema.h"\n',
    "/* What the bytes of a parameter mean. */",
    cEnum("scap_param_type", [
      ...schema.types.map(({ name, code }) => [`SCAP_PT_${name}`, code] as const),
      ["SCAP_PT_MAX", schema.types.length],
    ]),
    "\n/* How a parameter is printed. */",
    cEnum(
      "scap_param_format",
      Object.entries(schema.formats).map(([name, value]) => [`SCAP_PF_${name}`, value] as const),
    ),
    "\n/* Category of an event: what it is about, or-ed with where it comes from. */",
    ...named("SCAP_EC_", { ...schema.categories, ...schema.sources }),
    "\n/* Bits of an event's flags. */",
    ...named("SCAP_EF_", schema.eventFlags),
    structures,
  ];
  return cHeader("The event table.", "SCAP_EVENT_TABLE_H", parts.join("\n"));
}

const structures = `
struct scap_name_value {
	const char *name;
	uint32_t value;
};

struct scap_variant {
	uint8_t type; /* SCAP_PT_* */
	uint8_t format; /* SCAP_PF_* */
};

#define SCAP_NO_DIRFD 255

struct scap_param_info {
	const char *name;
	uint8_t type; /* SCAP_PT_* */
	uint8_t format; /* SCAP_PF_* */
	uint8_t dirfd; /* SCAP_PT_FSRELPATH: index of the parameter with the directory; else SCAP_NO_DIRFD */
	uint8_t nvariants; /* SCAP_PT_DYN: entries of variants, by tag */
	uint8_t size; /* scap_type_size of its type */
	const struct scap_name_value *table; /* flags, enumerations, modes: ends with a NULL name; else NULL */
	const struct scap_variant *variants;
};

struct scap_event_info {
	const char *name; /* "NA" for a code without an event */
	uint32_t category; /* SCAP_EC_* */
	uint32_t flags; /* SCAP_EF_* */
	uint32_t nparams;
	uint8_t nfixed; /* so many of them, from the first on, have types of one size; 0 if lengths are u32 */
	const struct scap_param_info *params; /* NULL if nparams is 0 */
};

/* Index = event code. */
extern const struct scap_event_info scap_event_table[PPM_EVENT_MAX];

/* Bytes of a type by SCAP_PT_*; 0 = the length comes with the event. */
extern const uint8_t scap_type_size[SCAP_PT_MAX];`;

export function eventTableSource(schema: Schema): string {
  const used = new Set(schema.events.flatMap(({ params }) => params.map(({ table }) => table)));
  const usedTables = Object.entries(schema.flagTables).filter(([name]) => used.has(name));
  const tables = usedTables.map(([name, entries]) =>
    array("scap_name_value", `table_${name}`, [
      ...entries.map(({ name, value }) => `{ "${name}", ${value}u }`),
      "{ 0, 0 }",
    ]),
  );
  const variants = Object.entries(schema.dynamic).map(([name, list]) =>
    array(
      "scap_variant",
      `variants_${name}`,
      list.map(({ type, format }) => `{ SCAP_PT_${type}, SCAP_PF_${format} }`),
    ),
  );
  const sizes = schema.types.map(({ name, size }) => `\t[SCAP_PT_${name}] = ${size ?? 0},`);
  return [
    "/* Made by drivers/schema/generate; do not edit. */",
    '#include "scap_event_table.h"\n',
    ...tables,
    ...variants,
    ...schema.events.filter(({ params }) => params.length > 0).map((event) => paramArray(event, schema)),
    `const struct scap_event_info scap_event_table[PPM_EVENT_MAX] = {`,
    ...schema.events.map((event) => eventLine(event, schema)),
    "};\n",
    "const uint8_t scap_type_size[SCAP_PT_MAX] = {",
    ...sizes,
    "};",
    "",
  ].join("\n");
}

const array = (type: string, name: string, items: readonly string[]) =>
  `static const struct ${type} ${name}[] = {\n${items.map((item) => `\t${item},`).join("\n")}\n};\n`;

function paramArray({ symbol, params }: Event, schema: Schema): string {
  const items = params.map(({ name, type, format, table, variants, dirfd }) =>
    [
      `{ "${name}"`,
      `SCAP_PT_${type}`,
      `SCAP_PF_${format}`,
      dirfd ?? "SCAP_NO_DIRFD",
      variants ? schema.dynamic[variants]!.length : 0,
      schema.types.find(({ name }) => name === type)!.size ?? 0,
      table ? `table_${table}` : 0,
      variants ? `variants_${variants} }` : "0 }",
    ].join(", "),
  );
  return array("scap_param_info", `params_${symbol}`, items);
}

function eventLine(event: Event, schema: Schema): string {
  const { symbol, name, category, source, flags, params } = event;
  const categories = [category, ...(source ? [source] : [])].map((part) => `SCAP_EC_${part}`).join(" | ");
  const bits = flags.map((flag) => `SCAP_EF_${flag}`).join(" | ") || "0";
  const list = params.length > 0 ? `params_${symbol}` : "0";
  return `\t[PPME_${symbol}] = { "${name}", ${categories}, ${bits}, ${params.length}, ${fixedParams(event, schema)}, ${list} },`;
}

function fixedParams({ params, flags }: Event, { types }: Schema): number {
  if (flags.includes("LARGE_PAYLOAD")) return 0;
  const sized = new Set(types.filter(({ size }) => size !== null).map(({ name }) => name));
  const first = params.findIndex(({ type }) => !sized.has(type));
  return first < 0 ? params.length : first;
}
