import { helpOption, type Option, type OwnCommand } from "./command.ts";

/** `--target GLOB`, the way it is written on the command line. */
function optionHead(name: string, option: Option): string {
  const short = option.short ? `-${option.short}, ` : "";
  return `${short}--${name}${option.value ? ` ${option.value}` : ""}`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}

export function commandHelp(name: string, command: OwnCommand): string {
  const options = Object.entries({ ...command.options, help: helpOption });
  const rows = options.map(([key, option]) => [optionHead(key, option), option.help] as const);
  const parts = [`usage: scapyard ${name} ${command.usage}`.trimEnd(), command.summary];
  if (command.details) parts.push(command.details);
  return `${[...parts, `options:\n${columns(rows)}`].join("\n\n")}\n`;
}

export function groupHelp(
  name: string,
  summary: string,
  details: string,
  members: Readonly<Record<string, OwnCommand>>,
): string {
  const rows = Object.entries(members).map(([member, command]) => [member, command.summary] as const);
  return `usage: scapyard ${name} COMMAND [options]

${summary}

commands:
${columns(rows)}

${details}
scapyard ${name} COMMAND --help tells more.
`;
}

export function generalHelp(summaries: readonly (readonly [string, string])[]): string {
  return `usage: scapyard COMMAND [options]

Proves Linux syscall-capture drivers: boots stock kernels, loads a driver, checks every event.

commands:
${columns(summaries)}

scapyard COMMAND --help tells more; scapyard --version prints the version.
`;
}
