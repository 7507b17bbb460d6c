import { expect, test } from "bun:test";
import { defaultTarget, formatTarget, parseTarget } from "./target.ts";

test("a target prints as it parses", () => {
  expect(formatTarget(parseTarget(defaultTarget))).toBe(defaultTarget);
  expect(parseTarget("ppc64le/debian-7.2-64k/kmod")).toEqual({
    arch: "ppc64le",
    kernel: "debian-7.2-64k",
    driver: "kmod",
  });
});

test("a wrong part is named", () => {
  expect(() => parseTarget("x86_64/debian-6.12")).toThrow("not <arch>/<kernel>/<driver>");
  expect(() => parseTarget("amd64/debian-6.12/kmod")).toThrow('architecture "amd64"');
  expect(() => parseTarget("x86_64/debian-6.12/bpf")).toThrow('driver "bpf"');
});

test("an unusual guest is part of the name, in one order; the usual one is not", () => {
  const target = parseTarget("x86_64/debian-6.12/modern_bpf+memory=768+jit=off+cpus=1");
  expect(target.options).toEqual({ jit: "off", memory: 768 });
  expect(formatTarget(target)).toBe("x86_64/debian-6.12/modern_bpf+jit=off+memory=768");
  expect(parseTarget("x86_64/debian-6.12/kmod+jit=on")).toEqual(parseTarget("x86_64/debian-6.12/kmod"));
});

test.each([
  ["kmod+memry=1", 'option "memry" is none of compat, cpus, jit, lockdown, memory'],
  ["kmod+memory=64", "option memory: at least 128 MiB"],
  ["kmod+memory", "option memory:"],
  ["kmod+jit=maybe", "option jit:"],
])("refused: %s", (driver, message) => {
  expect(() => parseTarget(`x86_64/debian-6.12/${driver}`)).toThrow(message);
});
