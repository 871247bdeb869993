import { Alert, Group, Text, Title } from '@mantine/core';
import { CircleX } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tested } from '../../../api/automation/rehearsal.ts';
import { definitionOf, ownName } from '../../../controls/definitions.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { RunGraph, Ties } from '../../../controls/run-graph/run-graph.tsx';
import { ReasonText, useReasonWords } from '../../../controls/words/reason-words.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import styles from './rehearsal.module.css';
import { awaitedBy, wouldFail } from './told-run.ts';

/** What a test found, in words. */
export function TestFound({ found: { verdicts, move, runs } }: { readonly found: Tested }) {
  const { t } = useTranslation('rehearsal');
  const { language } = useFormFacts();
  return (
    <>
      <Alert color={move === null ? 'gray' : 'green'} role="status">
        {move === null ? t('test.stays') : t('test.moves', { from: move.from.name, to: move.to.name })}
      </Alert>
      <section>
        <Title order={3} size="h5" mb={6}>
          {t('test.verdicts')}
        </Title>
        {verdicts.length === 0 && <Text size="sm">{t('test.noVerdicts')}</Text>}
        <ul className={styles.list}>
          {verdicts.map((verdict) => (
            <li key={verdict.trigger} className={styles.line}>
              <Text size="sm" fw={550}>
                {ownName({ lane: 'trigger', key: verdict.key }, verdict.name, language)} · {verdict.stage.name}
              </Text>
              <Text size="sm">{verdict.words}</Text>
            </li>
          ))}
        </ul>
      </section>
      {move !== null && (
        <section>
          <Title order={3} size="h5" mb={6}>
            {t('test.rules')}
          </Title>
          {runs.length === 0 && <Text size="sm">{t('test.noRules')}</Text>}
          <RunGraph rules={runs}>{(run) => <RunLine key={run.rule} run={run} runs={runs} />}</RunGraph>
        </section>
      )}
    </>
  );
}

type Run = Tested['runs'][number];

function RunLine({ run, runs }: { readonly run: Run; readonly runs: readonly Run[] }) {
  const { language, fields } = useFormFacts();
  const words = useReasonWords()({ reason: run.reason, error: run.error, rule: run.key, fields });
  const kind = { lane: 'rule' as const, key: run.key };
  const definition = definitionOf(kind);
  const nameOf = (id: string) => {
    const found = runs.find(({ rule }) => rule === id);
    return found === undefined ? id : ownName({ lane: 'rule', key: found.key }, found.name, language);
  };
  const when = useWhen(run, awaitedBy(run, runs).map(nameOf));
  const fails = wouldFail(run);
  const texts = Object.entries(run.settings).filter(
    ([name, value]) => definition?.fields[name]?.template === true && value !== '',
  );
  return (
    <li className={styles.line} data-fails={fails || undefined}>
      <Group gap={8}>
        {fails && <Fails />}
        <Text size="sm" fw={550}>
          {ownName(kind, run.name, language)}
        </Text>
        <span className={styles.when}>{when}</span>
      </Group>
      <Ties rule={run} rules={runs} nameOf={nameOf} />
      {words !== null && (
        <Text size="sm" c={fails ? 'red' : 'dimmed'}>
          <ReasonText words={words} />
        </Text>
      )}
      <dl className={styles.settings}>
        {texts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{definition?.strings[language].fields[name]?.label ?? name}</dt>
            <dd>{String(value)}</dd>
          </Fragment>
        ))}
      </dl>
    </li>
  );
}

function Fails() {
  const { t } = useTranslation('rehearsal');
  return <CircleX size={16} className={styles.fails} role="img" aria-label={t('test.fails')} />;
}

function useWhen({ state, dueAt }: Run, awaited: readonly string[]): string {
  const { t } = useTranslation('rehearsal');
  const format = useFormat();
  if (awaited.length > 0) return t('test.after', { names: awaited.join(', ') });
  if (state !== 'waiting') return t(`test.${state}`);
  return dueAt === null ? t('test.waitingDate') : t('test.waiting', { at: format.moment(dueAt) });
}
