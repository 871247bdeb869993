const BASE = 36;
const LEAST = 1;
const MOST = 26;
const FIRST_BIAS = 72;
const FIRST_LETTER = 0x80;

/** The letters that a label stands for, without its `xn--` (RFC 3492, 6.2); undefined when it stands for none. */
export function decodePunycode(label: string): string | undefined {
  const dash = label.lastIndexOf('-');
  const letters = [...label.slice(0, Math.max(dash, 0))].map((letter) => letter.codePointAt(0) ?? 0);
  const digits = [...label.slice(dash + 1)].map((digit) => Number.parseInt(digit, BASE)).map(turned);
  if (digits.length === 0 || digits.some(Number.isNaN)) return undefined;
  let [letter, place, bias] = [FIRST_LETTER, 0, FIRST_BIAS];
  for (let at = 0; at < digits.length; ) {
    const before = place;
    const read = readNumber(digits, at, bias);
    if (read === undefined) return undefined;
    place += read.value;
    at = read.next;
    const count = letters.length + 1;
    bias = adapted(place - before, count, before === 0);
    letter += Math.floor(place / count);
    place %= count;
    if (letter > 0x10_ff_ff) return undefined;
    letters.splice(place, 0, letter);
    place += 1;
  }
  return String.fromCodePoint(...letters);
}

// As digits `a` is 0 and `0` is 26; parseInt takes `0` for 0 and `a` for 10.
function turned(digit: number): number {
  return digit < 10 ? digit + 26 : digit - 10;
}

function readNumber(digits: readonly number[], from: number, bias: number) {
  let [value, weight] = [0, 1];
  for (let at = from; at < digits.length; at += 1) {
    const digit = digits[at] ?? 0;
    const threshold = Math.min(MOST, Math.max(LEAST, BASE * (at - from + 1) - bias));
    value += digit * weight;
    if (!Number.isSafeInteger(value)) return undefined;
    if (digit < threshold) return { value, next: at + 1 };
    weight *= BASE - threshold;
  }
  return undefined;
}

function adapted(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? 700 : 2));
  rest += Math.floor(rest / count);
  let steps = 0;
  for (; rest > ((BASE - LEAST) * MOST) / 2; steps += BASE) rest = Math.floor(rest / (BASE - LEAST));
  return steps + Math.floor(((BASE - LEAST + 1) * rest) / (rest + 38));
}
