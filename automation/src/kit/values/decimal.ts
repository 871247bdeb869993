/** Decimal numbers as text, compared and multiplied without a rounding error. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const longest = 60;

/** Reads `-12.50`, `1e3` not; undefined when the text (or number) is no plain decimal. */
export function parseDecimal(given: string | number): Decimal | undefined {
  const text = typeof given === 'number' ? plain(given) : given.trim();
  const found = text.length > longest ? null : /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (found === null) return undefined;
  const fraction = found[3] ?? '';
  const units = BigInt(`${found[2]}${fraction}`);
  return { units: found[1] === '-' ? -units : units, scale: fraction.length };
}

/** Below zero when `a` is less, zero when they are equal. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = scaled(a, scale) - scaled(b, scale);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

function scaled(decimal: Decimal, scale: number): bigint {
  return decimal.units * 10n ** BigInt(scale - decimal.scale);
}

function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20) : text;
}
