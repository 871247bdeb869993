import type { FieldSpec, Scalar } from '../values/values.ts';

export interface Target {
  /** Undefined: a field without a spec takes what it is given. */
  readonly spec: FieldSpec | undefined;
  readonly field: string;
  /** For amounts that name none. */
  readonly currency: string;
  /** In which moments without an offset are read. */
  readonly timeZone: string;
}

/** What a field stores for a rendered value; undefined when it can't be that. */
export type Coerce = (value: Scalar, target: Target) => Scalar | undefined;

/** Questions of a condition that go together (semantics.md 6). */
export type Question = 'same' | 'size' | 'words' | 'members' | 'clock';

/** Everything that the engine, the server and the screens have to know of a kind of field. */
export interface FieldKindDefinition {
  /** One value, one or several as the field says, or always several. */
  readonly holds: 'one' | 'one or several' | 'several';
  /** How two values stand to each other. */
  readonly compared: 'text' | 'number' | 'money' | 'moment' | 'yesNo';
  /** What may be asked beside `is filled`, `is empty` and `changed`. */
  readonly asked: readonly Question[];
  /** Text that people write as they like: of letters, whose case may count, or of digits. */
  readonly freeText: 'letters' | 'digits' | null;
  /** Its values are some of the field's own options. */
  readonly hasOptions: boolean;
  /** What a value names; null: nothing but itself. */
  readonly names: 'employee' | 'client' | 'item' | 'file' | null;
  /** Whether a column of a file may become a field of this kind. */
  readonly fromColumn: boolean;
  readonly coerce: Coerce;
  /** Whether a field of this kind may keep the value as it is, whoever writes it. */
  readonly keeps: (value: Scalar, spec: FieldSpec) => boolean;
  /** What the API expects, in English, after "Expected". */
  readonly expected: string;
}

const usual = {
  holds: 'one or several',
  compared: 'text',
  freeText: null,
  hasOptions: false,
  names: null,
  fromColumn: true,
} as const;

/** A kind of field; what is left out is as with most kinds. */
export function defineFieldKind(
  own: Partial<FieldKindDefinition> & Pick<FieldKindDefinition, 'asked' | 'coerce' | 'keeps' | 'expected'>,
): FieldKindDefinition {
  return { ...usual, ...own };
}
