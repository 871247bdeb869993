import { ActionIcon, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lane } from '../model/cards.ts';

const choices = ['all', 'trigger', 'rule'] as const;

interface OnlyMenuProps {
  readonly only: Lane | 'all';
  readonly onChange: (only: Lane | 'all') => void;
  readonly icon: ReactNode;
  readonly className?: string | undefined;
}

/** The filter: everything, triggers or rules alone. */
export function OnlyMenu({ only, onChange, icon, className }: OnlyMenuProps) {
  const { t } = useTranslation('automation');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          className={className}
          size="lg"
          aria-label={t('catalogue.filter')}
          title={t(`catalogue.only.${only}`)}
          variant={only === 'all' ? 'default' : 'light'}
        >
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={only}
          onChange={(value) => onChange(choices.find((choice) => choice === value) ?? 'all')}
        >
          {choices.map((choice) => (
            <Menu.RadioItem key={choice} value={choice} closeMenuOnClick>
              {t(`catalogue.only.${choice}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
