import { Checkbox } from '@mantine/core';
import { deedNames } from '@signalbox/automation/kit/definitions/deeds.ts';
import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import type { UndoneLine } from '@signalbox/contract/automation/undo.ts';
import { CircleSlash, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { writtenName } from '../../controls/definitions.ts';
import { useReasonWords } from '../../controls/words/reason-words.tsx';
import { FieldChange } from './field-change.tsx';
import styles from './undo.module.css';
import type { TabFacts } from './use-tab-facts.ts';

interface UndoneLinesProps {
  readonly lines: readonly UndoneLine[];
  readonly facts: TabFacts;
  readonly overwrite: readonly string[];
  readonly onOverwrite: (codes: readonly string[]) => void;
}

/** One line for each thing that rules did: what it is, from what to what it goes, and why it stays. */
export function UndoneLines({ lines, ...props }: UndoneLinesProps) {
  return (
    <ul className={styles.lines}>
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own, and their order is that of what happened
        <Line key={place} line={line} {...props} />
      ))}
    </ul>
  );
}

interface LineProps extends Omit<UndoneLinesProps, 'lines'> {
  readonly line: UndoneLine;
}

function Line({ line, facts, overwrite, onOverwrite }: LineProps) {
  const { t } = useTranslation('automation');
  const words = useReasonWords()({ reason: line.reason });
  const Sign = line.takenBack ? Undo2 : CircleSlash;
  const isChosen = overwrite.includes(line.about);
  const mayOverwrite = line.kind === 'fields' && (line.reason?.code === 'undo-changed-since' || isChosen);
  return (
    <li className={styles.line} data-back={line.takenBack || undefined}>
      <Sign size={16} aria-hidden className={styles.sign} />
      <span className={styles.text}>
        <span className={styles.what}>
          <What line={line} facts={facts} />
        </span>
        {words && <span className={styles.why}>{words.what}</span>}
        {line.rule && <span className={styles.rule}>{writtenName('rule', line.rule.name, facts.language)}</span>}
        {mayOverwrite && (
          <Checkbox
            size="xs"
            label={t('undo.overwrite')}
            checked={isChosen}
            onChange={() =>
              onOverwrite(isChosen ? overwrite.filter((code) => code !== line.about) : [...overwrite, line.about])
            }
          />
        )}
      </span>
    </li>
  );
}

function What({ line, facts }: Pick<LineProps, 'line' | 'facts'>) {
  const kind = new Map(Object.entries(deedNames[facts.language])).get(line.kind) ?? line.kind;
  if (line.kind !== 'fields')
    return (
      <>
        {kind}
        {line.about !== '' && `: ${line.about}`}
        <FromTo line={line} />
      </>
    );
  const { about: code, from, to, hidden } = line;
  return <FieldChange change={{ code, from, to, hidden }} facts={facts} />;
}

function FromTo({ line: { kind, from, to } }: Pick<LineProps, 'line'>) {
  const { t } = useTranslation('tasks');
  if (typeof from !== 'string' || typeof to !== 'string') return null;
  const statusOf = (name: string) => {
    const known = taskStatuses.find((status) => status === name);
    return known === undefined ? name : t(`statuses.${known}`);
  };
  return kind === 'task-status' ? ` (${statusOf(from)} → ${statusOf(to)})` : ` (${from} → ${to})`;
}
