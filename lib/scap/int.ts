/** 64-bit integers: a number where that is exact, else a bigint. */
export type Int = number | bigint;

export const two32 = 4294967296;
/** High words of numbers within ±2^53. */
const highLimit = 2 ** 21;

export function getI64(view: DataView, at: number): Int {
  const high = view.getInt32(at + 4, true);
  return high >= -highLimit && high < highLimit
    ? high * two32 + view.getUint32(at, true)
    : view.getBigInt64(at, true);
}

export function getU64(view: DataView, at: number): Int {
  const high = view.getUint32(at + 4, true);
  return high < highLimit ? high * two32 + view.getUint32(at, true) : view.getBigUint64(at, true);
}
