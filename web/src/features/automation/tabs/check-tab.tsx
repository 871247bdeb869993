import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import i18next from 'i18next';
import { CircleCheck } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type CheckResult, checkAutomation } from '../../../api/automation/automation.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { problemText } from '../../../ui/text/problem-text.ts';
import { type Draft, savedFile } from '../model/draft.ts';
import { locate } from '../model/problems.ts';
import { inWords } from '../settings/errors-by-field.ts';
import styles from './tabs.module.css';

interface CheckTabProps {
  readonly draft: Draft;
  readonly nameOf: (uid: string) => string;
  readonly onProblem: (uid: string, field: string) => void;
}

/** What is wrong or doubtful in the draft as it is now: cycles, races, broken references, nobody to tell. */
export function CheckTab({ draft, nameOf, onProblem }: CheckTabProps) {
  const { t } = useTranslation('automation');
  const check = useMutation({ mutationFn: (file: unknown) => checkAutomation(file) });
  const { mutate } = check;
  useEffect(() => mutate(savedFile(draft)), [mutate, draft]);
  if (check.isPending || check.isIdle) return <Loading />;
  if (check.data === undefined) {
    return (
      <Alert color="red" m="md">
        {check.error && problemText(check.error, i18next.t)}{' '}
        <Button size="compact-sm" onClick={() => mutate(savedFile(draft))}>
          {t('check.again')}
        </Button>
      </Alert>
    );
  }
  if (check.data.errors.length + check.data.warnings.length === 0)
    return <EmptyState icon={CircleCheck} title={t('check.fine')} text={t('check.fineText')} />;
  return (
    <Stack gap="md" className={styles.page}>
      <Found kind="errors" found={check.data.errors} draft={draft} nameOf={nameOf} onProblem={onProblem} />
      <Found kind="warnings" found={check.data.warnings} draft={draft} nameOf={nameOf} onProblem={onProblem} />
    </Stack>
  );
}

interface FoundProps extends CheckTabProps {
  readonly kind: 'errors' | 'warnings';
  readonly found: CheckResult['errors'];
}

function Found({ kind, found, draft, nameOf, onProblem }: FoundProps) {
  const { t } = useTranslation('automation');
  if (found.length === 0) return null;
  return (
    <Alert color={kind === 'errors' ? 'red' : 'yellow'} title={t(`check.${kind}`, { count: found.length })}>
      <ul className={styles.changes}>
        {locate(found, savedFile(draft), draft.cards).map((problem) => (
          <li key={`${problem.path}:${problem.code}:${problem.message}`}>
            {problem.uid !== null && (
              <button type="button" className={styles.link} onClick={() => onProblem(problem.uid ?? '', problem.field)}>
                {nameOf(problem.uid)}
              </button>
            )}{' '}
            <Text span size="sm">
              {inWords(problem, t)}
            </Text>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
