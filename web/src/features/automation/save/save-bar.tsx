import { ActionIcon, Alert, Button, Checkbox, Group, Text } from '@mantine/core';
import { Redo2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GREEN } from '../editing/screen.tsx';
import type { Draft, Edit } from '../model/draft.ts';
import { inWords } from '../settings/errors-by-field.ts';
import styles from './save.module.css';
import type { SaveState } from './use-save.ts';

interface SaveBarProps {
  readonly draft: Draft;
  readonly state: SaveState;
  readonly apply: (change: Edit) => void;
  /** How many runs wait that belong to rules deleted or switched off in this draft. */
  readonly orphans: number;
  readonly nameOf: (uid: string) => string;
  readonly onProblem: (uid: string, field: string) => void;
}

/** Appears when there is something unsaved: undo, discard, save, and what stood in the way. */
export function SaveBar({ draft, state, apply, orphans, nameOf, onProblem }: SaveBarProps) {
  const { t } = useTranslation('automation');
  const [cancelRuns, setCancelRuns] = useState(false);
  const discard = () => apply({ do: 'load', file: draft.file, version: draft.version });
  return (
    <section className={styles.bar} aria-label={t('save.bar')}>
      <Problems state={state} nameOf={nameOf} onProblem={onProblem} />
      <Group gap="sm" wrap="wrap">
        <ActionIcon
          aria-label={t('save.undo')}
          title={t('save.undo')}
          disabled={draft.past.length === 0}
          onClick={() => apply({ do: 'undo' })}
        >
          <Undo2 size={17} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('save.redo')}
          title={t('save.redo')}
          disabled={draft.future.length === 0}
          onClick={() => apply({ do: 'redo' })}
        >
          <Redo2 size={17} />
        </ActionIcon>
        <Text size="sm" flex={1} miw={120}>
          {t('save.unsaved')}
        </Text>
        {orphans > 0 && (
          <Checkbox
            size="xs"
            label={t('save.cancelRuns', { count: orphans })}
            checked={cancelRuns}
            onChange={(event) => setCancelRuns(event.currentTarget.checked)}
          />
        )}
        <Button variant="default" onClick={discard} disabled={state.saving}>
          {t('save.discard')}
        </Button>
        <Button color={GREEN} loading={state.saving} onClick={() => state.save(draft, { cancelRuns })}>
          {t('save.save')}
        </Button>
      </Group>
    </section>
  );
}

const SHOWN = 5;

function Problems({ state, nameOf, onProblem }: Pick<SaveBarProps, 'state' | 'nameOf' | 'onProblem'>) {
  const { t } = useTranslation('automation');
  const { problems, failed } = state;
  if (problems.length === 0 && failed === null) return null;
  return (
    <Alert color="red" p="xs" mb="xs" role="alert" title={t('save.refused', { count: problems.length })}>
      {failed !== null && <Text size="sm">{failed}</Text>}
      <ul className={styles.problems}>
        {problems.slice(0, SHOWN).map((problem) => (
          <li key={`${problem.uid}:${problem.path}:${problem.code}`}>
            {problem.uid === null ? (
              inWords(problem, t)
            ) : (
              <button type="button" className={styles.link} onClick={() => onProblem(problem.uid ?? '', problem.field)}>
                {nameOf(problem.uid)}: {inWords(problem, t)}
              </button>
            )}
          </li>
        ))}
        {problems.length > SHOWN && <li>{t('save.more', { count: problems.length - SHOWN })}</li>}
      </ul>
    </Alert>
  );
}
