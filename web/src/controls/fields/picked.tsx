import { Input, Pill, PillsInput, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputFrame } from './input-props.ts';
import styles from './picked.module.css';

interface Found {
  readonly value: string;
  readonly label: string;
}

interface PickedProps {
  readonly frame: InputFrame;
  readonly chosen: readonly string[];
  readonly several: boolean;
  readonly change: (chosen: readonly string[]) => void;
  /** What fits the text; called with every pause in typing. */
  readonly useFound: (text: string) => readonly Found[];
  /** Leaves out what may not be chosen here. */
  readonly fits?: (value: string) => boolean;
  readonly name: (value: string) => ReactNode;
  readonly placeholder: string;
}

// A list of nothing is no list for screen readers: the hint stands in it.
const NONE = 'none';

/** A search for things that are too many to list, and what was chosen of them. */
export function Picked({ frame, chosen, several, change, useFound, fits, name, placeholder }: PickedProps) {
  const { t } = useTranslation('fields');
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const found = useFound(q).filter(({ value }) => !chosen.includes(value) && fits?.(value) !== false);
  const { label, description, error, withAsterisk, ...input } = frame;
  const pick = (value: string | null) => {
    if (value === null) return;
    setText('');
    change(several ? [...chosen, value] : [value]);
  };
  const isFull = !several && chosen.length > 0;
  return (
    <Input.Wrapper {...{ label, description, error, withAsterisk }}>
      {chosen.length > 0 && (
        <PillsInput variant="unstyled" size="xs" mb={4}>
          <Pill.Group>
            {chosen.map((value) => (
              <Pill
                key={value}
                withRemoveButton
                onRemove={() => change(chosen.filter((one) => one !== value))}
                removeButtonProps={{ 'aria-label': t('removeChosen'), 'aria-hidden': false, tabIndex: 0 }}
              >
                {name(value)}
              </Pill>
            ))}
          </Pill.Group>
        </PillsInput>
      )}
      {/* Of one, another takes its place. */}
      <Select
        {...input}
        aria-label={input['aria-label'] ?? (typeof label === 'string' ? label : undefined)}
        placeholder={isFull ? t('replace') : placeholder}
        data={
          found.length > 0
            ? found
            : [{ value: NONE, label: t(q === '' ? 'typeToFind' : 'nothingFound'), disabled: true }]
        }
        value={null}
        onChange={pick}
        classNames={{ option: styles.option ?? '' }}
        searchable
        searchValue={text}
        onSearchChange={setText}
        filter={({ options }) => options}
      />
    </Input.Wrapper>
  );
}
