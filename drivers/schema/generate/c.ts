/** Pieces that all generated C files share. */

export const cHeader = (comment: string, guard: string, body: string): string =>
  `/* Made by drivers/schema/generate; do not edit. ${comment} */
#ifndef ${guard}
#define ${guard}

${body.trim()}

#endif
`;

/** A C literal; `U` and `ULL` as soon as a plain int would overflow, also on the preprocessor's side. */
export function cNumber(value: number): string {
  if (value < 2 ** 31) return value < 0 ? `(${value})` : String(value);
  return `0x${value.toString(16)}${value < 2 ** 32 ? "U" : "ULL"}`;
}

export const cDefine = (name: string, value: number): string => `#define ${name} ${cNumber(value)}`;

export function cEnum(name: string, members: readonly (readonly [string, number])[]): string {
  const lines = members.map(([member, value]) => `\t${member} = ${value},`);
  return `enum ${name} {\n${lines.join("\n")}\n};`;
}

/** An X-macro: `#define NAME(X) X(…) X(…)`, one use a line. */
export function cXMacro(name: string, uses: readonly string[]): string {
  return [`#define ${name}(X)`, ...uses.map((use) => `\tX(${use})`)].join(" \\\n");
}
