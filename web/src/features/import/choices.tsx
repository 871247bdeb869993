import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './import.module.css';
import { LocaleChoice } from './locale-choice.tsx';
import type { SettingsProps } from './settings-props.ts';

interface Props extends SettingsProps {
  readonly isItem: boolean;
  /** How the workspace writes: a language tag. */
  readonly home: string;
}

/** What a row that updates does to what is there. */
function UpdateChoices({ settings, set }: SettingsProps) {
  const { t } = useTranslation('lists');
  return (
    <>
      <Radio.Group label={t('import.emptyCells')} value={settings.emptyCells ?? 'keep'}>
        <Radio mt={6} value="keep" label={t('import.keep')} onChange={() => set({ emptyCells: 'keep' })} />
        <Radio mt={6} value="clear" label={t('import.clear')} onChange={() => set({ emptyCells: 'clear' })} />
      </Radio.Group>
      <Radio.Group label={t('import.lists')} value={settings.lists ?? 'add'}>
        <Radio mt={6} value="add" label={t('import.listsAdd')} onChange={() => set({ lists: 'add' })} />
        <Radio mt={6} value="replace" label={t('import.listsReplace')} onChange={() => set({ lists: 'replace' })} />
      </Radio.Group>
    </>
  );
}

/** What happens to rows that are here already, to dirty cells, and whether rules run. */
export function Choices({ isItem, home, settings, set }: Props) {
  const { t } = useTranslation('lists');
  const duplicates = ['skip', 'update', 'make'] as const;
  return (
    <div className={styles.choices}>
      <Radio.Group label={t('import.duplicates')} value={settings.duplicates ?? 'skip'}>
        {duplicates.map((one) => (
          <Radio key={one} mt={6} value={one} label={t(`import.${one}`)} onChange={() => set({ duplicates: one })} />
        ))}
      </Radio.Group>
      {settings.duplicates === 'update' && <UpdateChoices settings={settings} set={set} />}
      <Radio.Group label={t('import.badCells')} value={settings.badCells ?? 'refuse'}>
        <Radio mt={6} value="refuse" label={t('import.refuse')} onChange={() => set({ badCells: 'refuse' })} />
        <Radio mt={6} value="empty" label={t('import.leaveEmpty')} onChange={() => set({ badCells: 'empty' })} />
      </Radio.Group>
      {isItem && (
        <Radio.Group
          maw={360}
          label={t('import.rules')}
          description={t('import.rulesNote')}
          value={settings.runRules ? 'run' : 'no'}
        >
          <Radio mt={6} value="no" label={t('import.noRules')} onChange={() => set({ runRules: false })} />
          <Radio mt={6} value="run" label={t('import.runRules')} onChange={() => set({ runRules: true })} />
        </Radio.Group>
      )}
      <LocaleChoice home={home} settings={settings} set={set} />
    </div>
  );
}
