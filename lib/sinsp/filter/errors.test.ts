import { expect, test } from "bun:test";
import { compileFilter, FilterError, type Names, parse, pretty, print } from "./index.ts";
import { model } from "./testdata/model.ts";

function refusal(text: string, names: Names = {}): FilterError {
  try {
    compileFilter(model, text, names);
  } catch (error) {
    if (error instanceof FilterError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

test.each([
  ["", "EMPTY", 0],
  [" \t\b\n", "EMPTY", 0],
  ["evt.num = 1 evt.num = 2", "UNEXPECTED_TOKEN", 12],
  ["evt.num < 5abc", "UNEXPECTED_TOKEN", 11],
  ["evt.num = 1 and", "EXPECTED_BLANK", 15],
  ["evt.num = 1 and ", "EXPECTED_CHECK", 16],
  ["(evt.num = 1", "EXPECTED_CLOSE", 12],
  ["proc.name like x", "EXPECTED_OPERATOR", 10],
  ["proc.name contains'x'", "EXPECTED_BLANK", 10],
  ["proc.name = ", "EXPECTED_VALUE", 12],
  ["evt.num < x", "EXPECTED_NUMBER", 10],
  ["proc.name in 'x'", "EXPECTED_LIST", 13],
  ["proc.name = val(x)", "EXPECTED_FIELD", 16],
  ["proc.name in (a b)", "EXPECTED_CLOSE", 16],
  ["proc.name = 'x", "UNTERMINATED_STRING", 12],
  ["proc.name = 'a\\q'", "BAD_ESCAPE", 14],
  ["proc.name = 'a\\x00'", "NUL_IN_VALUE", 14],
  ["proc.name = a\0", "NUL_IN_VALUE", 13],
  ["proc.nam = x", "UNKNOWN_FIELD", 0],
  ["proc.name = x and spawned", "UNKNOWN_MACRO", 18],
  ["proc.name[1] = x", "ARGUMENT_REFUSED", 0],
  ["evt.arg = x", "ARGUMENT_REQUIRED", 0],
  ["evt.rawarg[1] = x", "ARGUMENT_REFUSED", 0],
  ["evt.type.is[open] = 1", "ARGUMENT_REFUSED", 0],
  ["evt.arg.nosuch = x", "BAD_ARGUMENT", 0],
  ["proc.aname[x] = x", "BAD_ARGUMENT", 0],
  ["evt.type = opne", "UNKNOWN_EVENT", 11],
  ["evt.outputtime = x", "PRINT_ONLY", 0],
  ["proc.pid contains 1", "OPERATOR_REFUSED", 0],
  ["fd.types = file", "OPERATOR_REFUSED", 0],
  ["evt.around[1] > 5", "OPERATOR_REFUSED", 0],
  ["proc.pid = val(proc.name)", "TYPE_MISMATCH", 0],
  ["proc.aname = val(proc.name)", "NOT_COMPARABLE", 0],
  ["tolower(proc.aname) = x", "TRANSFORMER_REFUSED", 8],
  ["tolower(proc.pid) = x", "TRANSFORMER_ARGUMENTS", 0],
  ["concat(proc.name) = x", "TRANSFORMER_ARGUMENTS", 0],
  ["proc.pid = 0x10", "BAD_NUMBER", 11],
  ["proc.pid = 9223372036854775808", "NUMBER_OUT_OF_RANGE", 11],
  ["evt.is_io = yes", "BAD_BOOLEAN", 12],
  ["fd.sip = 10.0.0.0/8", "BAD_ADDRESS", 9],
  ["fd.snet = 10.0.0.1", "BAD_NETWORK", 10],
  ["fd.sport = nosuch", "BAD_PORT", 11],
  ["evt.buffer bcontains 123", "BAD_HEX", 21],
  ["proc.name regex 'a('", "BAD_REGEX", 16],
  [`${"(".repeat(101)}evt.num = 1${")".repeat(101)}`, "TOO_DEEP", 100],
  [`${"not ".repeat(101)}evt.num = 1`, "TOO_DEEP", 400],
] as const)("%p: %s at %d", (text, code, offset) => {
  const error = refusal(text);
  expect({ code: error.code, offset: error.offset }).toEqual({ code, offset });
});

test("a hint names the nearest word", () => {
  expect(refusal("proc.nmae = x").hint).toStartWith("did you mean proc.name");
  expect(refusal("evt.type in (open, opne)").hint).toContain("open");
});

test("lines and columns; \\r and \\n each start a line", () => {
  const { line, column, message } = refusal("evt.num = 1 and\r\n  proc.nam = x");
  expect({ line, column }).toEqual({ line: 3, column: 3 });
  expect(message).toBe("filter error at index 19, line 3, column 3: there is no field proc.nam");
});

test("pretty: the line, a caret below, no control characters", () => {
  expect(pretty(refusal("evt.type = open and\n proc.nam = '\x1b[31m'"))).toBe(
    [
      "filter: there is no field proc.nam (UNKNOWN_FIELD)",
      "  2 |  proc.nam = '\u{FFFD}[31m'",
      "    |  ^~~~~~~~",
      "  did you mean proc.name or proc.aname or proc.pname?",
    ].join("\n"),
  );
});

test("an error in a macro counts in the macro's text", () => {
  const { where, offset, code } = refusal("evt.num = 1 and m", {
    macros: { m: "evt.num = 2 or proc.nam = x" },
  });
  expect({ where, offset, code }).toEqual({ where: "macro m", offset: 15, code: "UNKNOWN_FIELD" });
  expect(refusal("a", { macros: { a: "b", b: "evt.num = 1 or a" } }).code).toBe("RECURSIVE_MACRO");
});

test.each([
  ["evt.num=1 or(evt.num==2)and not(evt.num>3)", "evt.num = 1 or evt.num == 2 and not evt.num > 3"],
  ['proc.name in(a,"b c",)', null],
  ["proc.name in (a, 'b c')", 'proc.name in (a, "b c")'],
  ["proc.name = oneof", "proc.name = oneof"],
  ["proc.name = oneof and evt.num = 1", "proc.name = oneof and evt.num = 1"],
  ["proc.name = oneof (a, b)", "proc.name = oneof (a, b)"],
  ["proc.name glob anyof shells", "proc.name glob anyof shells"],
  [String.raw`proc.name = "a b\\"`, String.raw`proc.name = "a b\\"`],
  [String.raw`proc.name = '\xff\'\ '`, String.raw`proc.name = "\xff'\\"`],
  ["tolower( proc.name )=val( proc.exe )", "tolower(proc.name) = val(proc.exe)"],
] as const)("%p is printed as %p", (text, printed) => {
  if (printed === null) expect(() => parse(text)).toThrow(FilterError);
  else expect(print(parse(text))).toBe(printed);
});
