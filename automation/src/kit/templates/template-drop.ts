import { type Comparable, Drop } from 'liquidjs';

/** A value with parts: shown as text, its parts by name, compared by its number when it has one (money). */
export class TextDrop extends Drop implements Comparable {
  readonly #text: string;
  readonly #parts: Readonly<Record<string, unknown>>;
  readonly #number: number | null;

  constructor(text: string, parts: Readonly<Record<string, unknown>>, number: number | null = null) {
    super();
    this.#text = text;
    this.#parts = parts;
    this.#number = number;
  }

  override valueOf(): string {
    return this.#text;
  }

  override liquidMethodMissing(key: string | number): unknown {
    return Object.hasOwn(this.#parts, key) ? this.#parts[key] : undefined;
  }

  equals(other: unknown): boolean {
    return this.#number === null ? this.#text === textOf(other) : this.#number === numberOf(other);
  }

  gt(other: unknown): boolean {
    return (this.#number ?? Number.NaN) > numberOf(other);
  }

  geq(other: unknown): boolean {
    return (this.#number ?? Number.NaN) >= numberOf(other);
  }

  lt(other: unknown): boolean {
    return (this.#number ?? Number.NaN) < numberOf(other);
  }

  leq(other: unknown): boolean {
    return (this.#number ?? Number.NaN) <= numberOf(other);
  }

  get number(): number | null {
    return this.#number;
  }
}

function numberOf(value: unknown): number {
  if (value instanceof TextDrop) return value.number ?? Number.NaN;
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}

function textOf(value: unknown): unknown {
  return value instanceof TextDrop ? value.valueOf() : value;
}
