import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import type { ReactNode } from 'react';
import type { Value } from './values.ts';

export interface InputField {
  readonly kind: FieldKind;
  readonly multiple?: boolean;
  /** Of a client: only contacts, or only companies. */
  readonly only?: 'contact' | 'company';
  readonly options?: readonly { readonly value: string; readonly name: string }[];
}

/** What the inputs of all kinds share with Mantine's. */
export interface InputFrame {
  readonly label?: ReactNode;
  readonly 'aria-label'?: string;
  readonly 'aria-labelledby'?: string;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
  readonly size?: 'xs' | 'sm';
  readonly autoFocus?: boolean;
  readonly withAsterisk?: boolean;
  /** What an empty one says: of a person, of a choice. */
  readonly placeholder?: string;
}

export interface InputProps {
  readonly field: InputField;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly frame: InputFrame;
}
