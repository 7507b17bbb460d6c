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
