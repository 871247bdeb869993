import { ActionIcon, ColorSwatch, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownEscape } from '../../ui/panels/side-panel.tsx';
import styles from './pipelines.module.css';
import { stageColors } from './stage-edits.ts';

interface ColorChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (color: string) => void;
}

/** The colour as a button; behind it the colours to choose from, or any other by its number. */
export function ColorChoice({ label, value, onChange }: ColorChoiceProps) {
  const [opened, setOpened] = useState(false);
  const choose = (color: string) => {
    onChange(color);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus>
      <Popover.Target>
        <ActionIcon aria-label={label} title={label} onClick={() => setOpened(!opened)} {...(opened && ownEscape)}>
          <ColorSwatch color={value} size={20} withShadow={false} component="span" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown {...ownEscape}>
        <Colors value={value} onChange={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Colors({ value, onChange }: Omit<ColorChoiceProps, 'label'>) {
  const { t } = useTranslation('pipelines');
  const [own, setOwn] = useState(value);
  return (
    <>
      <div className={styles.colors}>
        {stageColors.map((color) => (
          <ColorSwatch
            key={color}
            color={color}
            component="button"
            type="button"
            size={26}
            className={styles.color}
            aria-label={color}
            aria-pressed={color === value}
            onClick={() => onChange(color)}
            {...ownEscape}
          />
        ))}
      </div>
      <TextInput
        mt="xs"
        {...ownEscape}
        size="xs"
        label={t('stages.ownColor')}
        value={own}
        maxLength={7}
        onChange={({ currentTarget }) => setOwn(currentTarget.value)}
        onKeyDown={({ key }) => key === 'Enter' && isColor(own) && onChange(own)}
        onBlur={() => isColor(own) && own !== value && onChange(own)}
        error={isColor(own) ? null : t('stages.badColor')}
      />
    </>
  );
}

const isColor = (text: string) => /^#[0-9a-f]{6}$/i.test(text);
