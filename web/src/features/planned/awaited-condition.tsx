import type { Planned } from '@signalbox/contract/automation/planned.ts';
import { useTranslation } from 'react-i18next';
import { useConditionWords } from './use-condition-words.ts';

interface AwaitedConditionProps {
  readonly condition: NonNullable<Planned['condition']>;
  /** Of the item that waits. */
  readonly type: string;
  /** It is told at the moment at which it waits no longer. */
  readonly hasDeadline: boolean;
}

/** What has to be true for a rule to go on, in words. */
export function AwaitedCondition({ condition, type, hasDeadline }: AwaitedConditionProps) {
  const { t } = useTranslation('planned');
  const words = useConditionWords(condition, type);
  return (
    <>
      <span>{words === '' ? t('line.waitsFor.condition') : t('line.waitsForThis', { condition: words })}</span>
      {hasDeadline && <span>{t('line.atMost')}</span>}
    </>
  );
}
