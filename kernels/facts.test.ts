import { expect, test } from "bun:test";
import { factsOf, parseConfig, parseRequirement } from "./facts.ts";

const config = parseConfig(`
CONFIG_BPF=y
CONFIG_BPF_JIT=y
# CONFIG_KVM is not set
CONFIG_VIRTIO_BLK=m
CONFIG_DEBUG_INFO_BTF=y
CONFIG_COMPAT=y
CONFIG_LOCALVERSION=""
`);

test("options that are not set are absent", () => {
  expect(Object.fromEntries(parseConfig('# CONFIG_KVM is not set\nCONFIG_A=m\nCONFIG_B=""\n'))).toEqual({
    CONFIG_A: "m",
    CONFIG_B: '""',
  });
});

test("facts of a configuration", () => {
  expect(factsOf("aarch64", config, true)).toEqual({
    btf: true,
    jit: true,
    compat: true,
    headers: true,
    pageSize: 4096,
  });
  expect(factsOf("x86_64", new Map(), false)).toEqual({
    btf: false,
    jit: false,
    compat: false,
    headers: false,
    pageSize: 4096,
  });
});

test("32-bit programs on x86_64 want their own option", () => {
  expect(factsOf("x86_64", config, true).compat).toBe(false);
  expect(factsOf("x86_64", parseConfig("CONFIG_IA32_EMULATION=y"), true).compat).toBe(true);
});

test.each([
  ["# CONFIG_ARM64_4K_PAGES is not set\nCONFIG_ARM64_16K_PAGES=y", 16384],
  ["CONFIG_PPC_64K_PAGES=y", 65536],
  ["CONFIG_PAGE_SIZE_LESS_THAN_64KB=y\nCONFIG_PAGE_SIZE_16KB=y", 16384],
  ["CONFIG_PAGE_SIZE_LESS_THAN_64KB=y", 4096],
])("page size of %j", (text, size) => {
  expect(factsOf("aarch64", parseConfig(text), true).pageSize).toBe(size);
});

const facts = factsOf("aarch64", config, false);
test.each([
  ["btf", true],
  ["!btf", false],
  ["headers", false],
  ["page-size=4k", true],
  ["page-size=64k", false],
  ["CONFIG_VIRTIO_BLK", true],
  ["CONFIG_VIRTIO_BLK=m", true],
  ["CONFIG_VIRTIO_BLK=y", false],
  ["CONFIG_KVM", false],
  ["CONFIG_KVM=n", true],
  ["!CONFIG_KVM", true],
])("%s is %p", (text, met) => {
  expect(parseRequirement(text).met(facts, config)).toBe(met);
});

test.each([
  ["bft", "unknown requirement bft; did you mean btf?"],
  ["page-size=3", "unknown requirement page-size=3"],
  ["kprobes", "CONFIG_NAME"],
])("%s is refused", (text, message) => {
  expect(() => parseRequirement(text)).toThrow(message);
});
