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

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: scaled(a, scale) + scaled(b, scale), scale };
}

export const negated = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });

/** Exact where it ends within `scale` digits behind the point, else rounded there; undefined: by zero. */
export function divideDecimals(a: Decimal, b: Decimal, scale: number): Decimal | undefined {
  if (b.units === 0n) return undefined;
  // One digit more than is kept tells how it is rounded.
  const units = (a.units * 10n ** BigInt(b.scale + scale + 1)) / (b.units * 10n ** BigInt(a.scale));
  return roundDecimal({ units, scale: scale + 1 }, { scale, towards: 'nearest' });
}

/** What is left of `a` after taking away as many whole `b` as fit, with the sign of `b`; undefined: of zero. */
export function remainder(a: Decimal, b: Decimal): Decimal | undefined {
  if (b.units === 0n) return undefined;
  const scale = Math.max(a.scale, b.scale);
  const [of, by] = [scaled(a, scale), scaled(b, scale)];
  const rest = of % by;
  return { units: rest !== 0n && rest < 0n !== by < 0n ? rest + by : rest, scale };
}

/** To so many digits behind the point; halves go away from zero. */
export function roundDecimal(
  decimal: Decimal,
  { scale, towards }: { readonly scale: number; readonly towards: 'nearest' | 'up' | 'down' },
): Decimal {
  if (decimal.scale <= scale) return decimal;
  const step = 10n ** BigInt(decimal.scale - scale);
  const { units } = decimal;
  const below = units / step - (units % step < 0n ? 1n : 0n);
  const rest = units - below * step;
  const isUp = towards === 'up' ? rest > 0n : rest * 2n > step || (rest * 2n === step && units > 0n);
  return { units: towards !== 'down' && isUp ? below + 1n : below, scale };
}

/** `-12.5`: no zeros at the end, no exponent. */
export function decimalText({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const [whole, fraction] = [digits.slice(0, digits.length - scale), digits.slice(digits.length - scale)];
  const kept = fraction.replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${kept === '' ? '' : `.${kept}`}`;
}

/** A number as JavaScript shortens it, written out: `0.0000001`, not `1e-7`. */
export function plainNumber(value: number): string {
  const [digits = '', exponent] = String(value).split('e');
  const read = exponent === undefined ? undefined : parseDecimal(digits);
  if (read === undefined) return digits;
  const scale = read.scale - Number(exponent);
  return decimalText(scale < 0 ? { units: read.units * 10n ** BigInt(-scale), scale: 0 } : { ...read, scale });
}

function scaled(decimal: Decimal, scale: number): bigint {
  return decimal.units * 10n ** BigInt(scale - decimal.scale);
}

function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20) : text;
}
