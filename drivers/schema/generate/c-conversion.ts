/** scap_conversion.{h,c}: how events of old files become events of today. */
import type { Conversion, ConversionSource, Schema } from "../model/model.ts";
import { cHeader } from "./c.ts";

export function conversionHeader(schema: Schema): string {
  return cHeader(
    "Upgrades of old events.",
    "SCAP_CONVERSION_H",
    `${types}\n#define SCAP_CONVERSIONS ${schema.conversions.length}\n${tables}`,
  );
}

const types = `#include <stdint.h>

#include "scap_schema.h"

/* Where a parameter of the new event comes from. */
enum scap_conversion_from {
	SCAP_FROM_OLD, /* parameter \`index\` of the event */
	SCAP_FROM_ENTER, /* of the stored enter event; without one, the default of its type */
	SCAP_FROM_ENTER_OR_EMPTY,
	SCAP_FROM_EMPTY,
	SCAP_FROM_DEFAULT,
	SCAP_FROM_CONTAINER_JSON, /* made of the event's id, type, name and image */
};

/* Of so many parameters in a row: \`index\`, \`index\` + 1, … */
struct scap_conversion_source {
	uint8_t from; /* enum scap_conversion_from */
	uint8_t index;
	uint8_t count;
};

enum scap_conversion_action {
	SCAP_CONVERT_PASS,
	SCAP_CONVERT_STORE, /* keep it for the exit of the same thread */
	SCAP_CONVERT_STORE_AND_PASS,
	SCAP_CONVERT_BUILD, /* make a \`to\` of the sources, and look that up in turn */
};

struct scap_conversion {
	uint16_t type;
	uint8_t nparams; /* that the event has in the file */
	uint8_t action; /* enum scap_conversion_action */
	uint16_t to;
	uint8_t count; /* of parameters of the new event */
	uint8_t nsources;
	const struct scap_conversion_source *sources;
};
`;

const tables = `
/* By type, then nparams. */
extern const struct scap_conversion scap_conversions[SCAP_CONVERSIONS];

/* Rows of an event code: from [code] up to [code + 1]. */
extern const uint16_t scap_conversion_rows[PPM_EVENT_MAX + 1];
`;

export function conversionSource({ conversions, events }: Schema): string {
  const firsts = [...events, { code: events.length }].map(
    ({ code }) => conversions.filter(({ from }) => from.code < code).length,
  );
  return [
    "/* Made by drivers/schema/generate; do not edit. */",
    '#include "scap_conversion.h"\n',
    ...conversions.flatMap(sourceArray),
    "const struct scap_conversion scap_conversions[SCAP_CONVERSIONS] = {",
    ...conversions.map(row),
    "};\n",
    "const uint16_t scap_conversion_rows[PPM_EVENT_MAX + 1] = {",
    `\t${firsts.join(", ")}`,
    "};",
    "",
  ].join("\n");
}

const arrayName = ({ from, nparams }: Conversion) => `sources_${from.symbol}_${nparams}`;

function sourceArray(conversion: Conversion): string[] {
  if (conversion.action !== "build" || conversion.sources.length === 0) return [];
  const items = runs(conversion.sources).map(({ from, index, count }) => `{ ${from}, ${index}, ${count} }`);
  return [
    `static const struct scap_conversion_source ${arrayName(conversion)}[] = { ${items.join(", ")} };\n`,
  ];
}

interface Run {
  readonly from: string;
  readonly index: number;
  readonly count: number;
}

/** Sources that follow each other in what they come from are one: libscap copies their bytes in one piece. */
function runs(sources: readonly ConversionSource[]): Run[] {
  const all: Run[] = [];
  for (const source of sources) {
    const from = sourceName(source);
    const index = "index" in source ? source.index : 0;
    const last = all.at(-1);
    const next = last && "index" in source ? last.index + last.count : 0;
    if (last?.from === from && index === next) all[all.length - 1] = { ...last, count: last.count + 1 };
    else all.push({ from, index, count: 1 });
  }
  return all;
}

function sourceName(source: ConversionSource): string {
  if (source.kind === "enter") return source.optional ? "SCAP_FROM_ENTER_OR_EMPTY" : "SCAP_FROM_ENTER";
  return `SCAP_FROM_${source.kind.replace("-", "_").toUpperCase()}`;
}

function row(conversion: Conversion): string {
  const { from, nparams, action } = conversion;
  const start = `\t{ PPME_${from.symbol}, ${nparams}, SCAP_CONVERT_${action.replaceAll("-", "_").toUpperCase()}`;
  if (conversion.action !== "build") return `${start}, 0, 0, 0, 0 },`;
  const { to, sources } = conversion;
  const list = sources.length > 0 ? arrayName(conversion) : 0;
  return `${start}, PPME_${to.symbol}, ${sources.length}, ${runs(sources).length}, ${list} },`;
}
