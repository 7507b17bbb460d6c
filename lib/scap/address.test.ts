import { expect, test } from "bun:test";
import { isIPv6 } from "node:net";
import fc from "fast-check";
import { ipv6Text } from "./address.ts";

const bytesOf = (groups: number[]) => Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));

test.each([
  [[0, 0, 0, 0, 0, 0, 0, 0], "::"],
  [[0, 0, 0, 0, 0, 0, 0, 1], "::1"],
  [[0xfe80, 0, 0, 0, 0, 0, 0, 0], "fe80::"],
  [[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], "2001:db8:0:1:1:1:1:1"], // RFC 5952 §4.2.2: not for one group
  [[0x2001, 0, 0, 1, 0, 0, 0, 1], "2001:0:0:1::1"], // the longest run
  [[0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], "2001:db8::1:0:0:1"], // the first of equals
  [[0, 0, 0, 0, 0, 0xffff, 0x102, 0x304], "::ffff:1.2.3.4"],
  [[0, 0, 0, 0, 0, 0, 0x102, 0x304], "::1.2.3.4"],
])("%p is %s", (groups, text) => {
  expect(ipv6Text(bytesOf(groups))).toBe(text);
});

test("any address is valid text, and URL parsing gives the same address back", () => {
  const group = fc.oneof(fc.constant(0), fc.nat({ max: 0xffff }));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const text = ipv6Text(bytesOf(groups));
      expect(isIPv6(text)).toBe(true);
      const host = (address: string) => new URL(`http://[${address}]/`).hostname;
      expect(host(text)).toBe(host(groups.map((one) => one.toString(16)).join(":")));
      if (!text.includes(".")) expect(host(text)).toBe(`[${text}]`);
    }),
  );
});
