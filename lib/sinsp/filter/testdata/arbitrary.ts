/** Random syntax trees, random filters that make sense, and random events. */

import fc from "fast-check";
import { events } from "#schema/events";
import type { FieldValue } from "../../fields/source.ts";
import type { Argument, Expression, Literal, Operand } from "../ast.ts";
import { comparisons, modifiers, transformers } from "../ast.ts";
import type { ModelEvent } from "./model.ts";

const span = { start: 0, end: 0 };

const identifier = fc
  .stringMatching(/^[a-z]{1,4}[A-Z0-9_]{0,2}$/)
  .filter((name) => !["and", "or", "not", "in", "len", "join", "b64", "val"].includes(name));
/** Any text without NUL, with bytes that are no UTF-8. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 3 }),
      fc.constantFrom('"', "'", "\\", " ", "\udc80", "\udcff", "\n"),
    ),
  )
  .map((parts) => parts.join("").replaceAll("\0", ""));

const literal: fc.Arbitrary<Literal> = fc
  .oneof(anyText, fc.constantFrom("oneof", "allof", "not", "or", "val", "1", ""))
  .map((text) => ({ kind: "literal", text, ...span }));
const quoted = anyText.map((text) => ({ kind: "literal" as const, text, quoted: true, ...span }));
const number = fc
  .constantFrom("0", "-1", "+5", "1.5", "2.", "1e9", "3E-2", "0xfF", "18446744073709551615")
  .map((text) => ({ kind: "literal" as const, text, ...span }));
const bracket = fc.option(
  anyText.filter((text) => text !== ""),
  { nil: undefined },
);

const field = fc
  .record({ parts: fc.array(identifier, { minLength: 2, maxLength: 3 }), argument: bracket })
  .map(({ parts, argument }) => ({
    kind: "field" as const,
    name: parts.join("."),
    ...(argument !== undefined && { argument }),
    ...span,
  }));

const { operand } = fc.letrec<{ operand: Operand; argument: Argument }>((tie) => ({
  operand: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    field,
    fc
      .record({
        name: fc.constantFrom(...transformers),
        args: fc.array(tie("argument"), { minLength: 1, maxLength: 3 }),
        argument: bracket,
      })
      .map(({ name, args, argument }) => ({
        kind: "transformer" as const,
        name,
        args,
        ...(argument !== undefined && { argument }),
        ...span,
      })),
  ),
  argument: fc.oneof(
    tie("operand"),
    quoted,
    number,
    fc
      .array(fc.oneof(tie("operand"), quoted, number), { maxLength: 3 })
      .map((items) => ({ kind: "tuple" as const, items, ...span })),
  ),
}));

const list = fc.oneof(
  fc.array(literal, { maxLength: 4 }).map((items) => ({ kind: "list" as const, items, ...span })),
  identifier.map((name) => ({ kind: "list-name" as const, name, ...span })),
);
const ordering = new Set(["<", "<=", ">", ">="]);

const check: fc.Arbitrary<Expression> = fc.oneof(
  operand.map((left) => ({ kind: "exists" as const, left, ...span })),
  fc
    .record({ left: operand, operator: fc.constantFrom(...comparisons), word: literal, count: number })
    .chain(({ left, operator, word, count }) =>
      fc
        .oneof(fc.constant(ordering.has(operator) ? count : word), operand)
        .map((right) => ({ kind: "compare" as const, left, operator, right, ...span })),
    ),
  fc
    .record({
      left: operand,
      operator: fc.constantFrom(...comparisons.filter((one) => !ordering.has(one))),
      modifier: fc.constantFrom(...modifiers),
      right: list,
    })
    .map((node) => ({ kind: "compare" as const, ...node, ...span })),
  fc
    .record({
      left: operand,
      operator: fc.constantFrom("in", "intersects", "pmatch"),
      right: fc.oneof(list, operand),
    })
    .map((node) => ({ kind: "compare" as const, ...node, ...span }) as Expression),
  identifier.map((name) => ({ kind: "macro" as const, name, ...span })),
);

const combined = (leaf: fc.Arbitrary<Expression>) =>
  fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc
        .record({
          kind: fc.constantFrom("and" as const, "or" as const),
          children: fc.array(tie("tree"), { minLength: 2, maxLength: 4 }),
        })
        .map((node) => ({ ...node, ...span })),
      tie("tree").map((child) => ({ kind: "not" as const, child, ...span })),
    ),
  })).tree;

/** Any tree that can be written, whether or not its names mean something. */
export const anyTree = combined(check);

const names = ["cat", "cAt", "bash", "é", "a/b", "", "cat cat"];
const paths = ["/etc", "/etc/passwd", "/etcetera", "/e*", "/", "a/b", "/etc/*/x", "/etc/a/x"];
const numbers = ["0", "1", "-1", "9007199254740991", "9007199254740993", "-9223372036854775808"];
const addresses = ["10.0.0.1", "10.1.2.3", "192.0.2.7"];
const networks = ["10.0.0.0/8", "10.0.0.0/15", "0.0.0.0/0", "192.0.2.7/32"];
const types = ["open", "openat", "read", "connect", "umask", "execve"];
const bytes = ["ab", "b", "", "ba"];
const hex = ["61", "6162", "", "ff"];

const equality = ["=", "==", "!=", "in", "intersects"];
const order = ["<", "<=", ">", ">="];
const textual = [...equality, "contains", "icontains", "startswith", "endswith", "glob", "iglob"];

/** Fields, what they can be compared with, and by what. */
const subjects: readonly { field: string; operators: readonly string[]; literals: readonly string[] }[] = [
  { field: "evt.type", operators: textual, literals: types },
  { field: "toupper(evt.type)", operators: textual, literals: ["OPEN", "READ", "open"] },
  { field: "evt.dir", operators: textual, literals: ["<", ">"] },
  { field: "evt.is_io", operators: equality, literals: ["true", "false"] },
  { field: "evt.type.is.open", operators: [...equality, ...order], literals: ["0", "1"] },
  { field: "proc.name", operators: [...textual, "pmatch"], literals: names },
  { field: "proc.aname", operators: textual, literals: names },
  { field: "proc.aname[2]", operators: textual, literals: names },
  { field: "tolower(proc.name)", operators: textual, literals: names },
  { field: "fd.name", operators: [...textual, "pmatch"], literals: paths },
  { field: "proc.exe", operators: ["regex"], literals: ["c.t", "[a-z]*", "(a|b)+/?b", "bash|cat", ""] },
  { field: "proc.pid", operators: [...equality, ...order], literals: numbers },
  { field: "proc.apid", operators: [...equality, ...order], literals: numbers },
  { field: "evt.rawarg.res", operators: [...equality, ...order], literals: numbers },
  { field: "proc.fdusage", operators: [...equality, ...order], literals: ["1.5", "2", "-0.25"] },
  { field: "fd.sip", operators: equality, literals: addresses },
  { field: "fd.ip", operators: equality, literals: addresses },
  { field: "fd.snet", operators: equality, literals: networks },
  { field: "fd.net", operators: equality, literals: networks },
  { field: "fd.types", operators: ["in", "intersects"], literals: ["file", "pipe", "ipv4"] },
  { field: "evt.buffer", operators: ["=", "!=", "contains", "startswith", "endswith"], literals: bytes },
  { field: "evt.buffer", operators: ["bcontains"], literals: hex },
];

const sensibleCheck = fc.constantFrom(...subjects).chain(({ field: name, operators, literals }) => {
  const value = fc.constantFrom(...literals).map((text) => JSON.stringify(text));
  const values = fc.array(value, { minLength: 1, maxLength: 3 }).map((all) => `(${all.join(", ")})`);
  const written = fc.constantFrom(...operators).chain((operator) => {
    if (["in", "intersects", "pmatch"].includes(operator))
      return values.map((all) => `${name} ${operator} ${all}`);
    const plain = (order.includes(operator) ? fc.constantFrom(...literals) : value).map(
      (one) => `${name} ${operator} ${one}`,
    );
    if (order.includes(operator)) return plain;
    const modified = fc
      .tuple(fc.constantFrom(...modifiers), values)
      .map((all) => `${name} ${operator} ${all.join(" ")}`);
    return fc.oneof({ arbitrary: plain, weight: 3 }, modified);
  });
  return fc.oneof({ arbitrary: written, weight: 8 }, fc.constant(`${name} exists`));
});

const pairs = fc.constantFrom(
  "proc.name = val(proc.exe)",
  "proc.name != val(proc.exe)",
  "proc.exe glob val(proc.name)",
  "proc.name in val(proc.exe)",
  "proc.pid < val(thread.tid)",
  "toupper(proc.name) = toupper(proc.exe)",
  "fd.sip = val(fd.cip)",
);

/** Text of a filter that compiles. */
export const sensibleFilter: fc.Arbitrary<string> = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof({ arbitrary: sensibleCheck, weight: 6 }, pairs),
    fc
      .tuple(fc.constantFrom(" and ", " or "), fc.array(tie("text"), { minLength: 2, maxLength: 4 }))
      .map(([word, all]) => `(${all.join(word)})`),
    tie("text").map((text) => `not ${text}`),
  ),
})).text;

const absentOr = (value: fc.Arbitrary<FieldValue>) => fc.option(value, { nil: null, freq: 4 });
const oneOf = (all: readonly string[]) => absentOr(fc.constantFrom(...all));
const int = absentOr(
  fc.constantFrom<FieldValue>(0, 1, -1, 9007199254740991, 9007199254740993n, -9223372036854775808n),
);
const some = (value: fc.Arbitrary<FieldValue>, minLength: number) =>
  absentOr(
    fc.array(
      value.map((one) => one ?? 0),
      { minLength, maxLength: 3 },
    ) as fc.Arbitrary<FieldValue>,
  );

const values: fc.Arbitrary<Record<string, FieldValue>> = fc.record({
  "evt.type": fc.constantFrom("umask", "getpid"),
  "proc.name": oneOf(names),
  "proc.exe": oneOf(names),
  "proc.aname": some(fc.constantFrom(...names), 1),
  "proc.aname[2]": oneOf(names),
  "fd.name": oneOf(paths),
  "proc.pid": int,
  "thread.tid": int,
  "proc.apid": some(fc.constantFrom<FieldValue>(0, 1, -1), 1),
  "evt.rawarg.res": int,
  "proc.fdusage": absentOr(fc.constantFrom(1.5, 2, -0.25, 0)),
  "fd.sip": oneOf(addresses),
  "fd.cip": oneOf(addresses),
  "fd.ip": some(fc.constantFrom(...addresses), 0),
  "fd.snet": oneOf(addresses),
  "fd.net": some(fc.constantFrom(...addresses), 0),
  "fd.types": some(fc.constantFrom("file", "pipe"), 1),
  "evt.buffer": absentOr(fc.constantFrom(...bytes).map((text) => Buffer.from(text, "latin1"))),
});

const codes = [0, 1, ...events.filter(({ name }) => types.includes(name)).map(({ code }) => code)];

export const anyEvent: fc.Arbitrary<ModelEvent> = fc.record({ code: fc.constantFrom(...codes), values });
