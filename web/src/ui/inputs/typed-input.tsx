import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';

export type TypedInputFrame = Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange' | 'type'>;

interface TypedInputProps extends TypedInputFrame {
  /** The value as the language writes it: what the field shows when nobody is typing in it. */
  readonly shown: string;
  /** What a text means; null for nothing that fits. */
  readonly read: (text: string) => string | null;
  /** Called with each text that means something; null for an empty one. */
  readonly onRead: (value: string | null) => void;
  /** What is said of a text that means nothing that fits. */
  readonly refusal: (text: string) => string;
}

/** A text whose meaning is kept: shown anew when it is left. What means nothing changes nothing, and is named. */
export function TypedInput({ shown, read, onRead, refusal, error, onBlur, onKeyDown, ...rest }: TypedInputProps) {
  // What is being typed, until the field is left: 1.2 may be on its way to 1.200.
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const change = (text: string) => {
    setTyped(text);
    setRefused(null);
    const value = text.trim() === '' ? null : read(text);
    if (text.trim() === '' || value !== null) onRead(value);
  };
  const refuse = (event: { preventDefault(): void }) => {
    if (typed === null || typed.trim() === '' || read(typed) !== null) return;
    setRefused(typed);
    event.preventDefault();
  };
  return (
    <TextInput
      autoComplete="off"
      {...rest}
      value={typed ?? shown}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={(event) => {
        // Whoever closes when it is left stays open.
        refuse(event);
        setTyped(null);
        onBlur?.(event);
      }}
      onKeyDown={(event) => {
        // Enter sends a form, and would send it without what could not be read.
        if (event.key === 'Enter') refuse(event);
        onKeyDown?.(event);
      }}
      error={refused === null ? error : refusal(refused)}
    />
  );
}
