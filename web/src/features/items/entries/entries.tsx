import { Button } from '@mantine/core';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { Item } from '@signalbox/contract/items.ts';
import type { TimelineEntry } from '@signalbox/contract/timeline.ts';
import { useQuery } from '@tanstack/react-query';
import { ArrowRightLeft, CalendarClock, CircleDot, MessageSquare, Sparkles, TriangleAlert } from 'lucide-react';
import { Trans, useTranslation } from 'react-i18next';
import { automationFactsQueries } from '../../../api/automation/automation-facts.ts';
import { usePipelines } from '../../../api/automation/pipelines.ts';
import { useRetryDelivery } from '../../../api/items/emails.ts';
import { useMay } from '../../../api/workspace/may.ts';
import { ownName } from '../../../controls/definitions.ts';
import { ReasonText, useReasonWords } from '../../../controls/words/reason-words.tsx';
import { useCauseName } from '../../../controls/words/use-cause-name.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { sayFailed } from '../../../ui/notify.ts';
import { useFormat } from '../../../ui/text/format.ts';
import styles from '../timeline.module.css';
import { EntryFrame } from './entry-frame.tsx';
import type { EntryProps } from './entry-props.ts';

export function CommentEntry({ entry }: EntryProps) {
  const { t } = useTranslation();
  return (
    <EntryFrame icon={MessageSquare} name={t('timeline.kinds.comment')} at={entry.at} author={entry.author} boxed>
      <p className={styles.words}>{entry.text}</p>
      {entry.rule && <ByRule rule={entry.rule} />}
    </EntryFrame>
  );
}

/** "from Offer to Won by E-mail opened, as Anna", and the way to why. */
export function MovedEntry({ entry, item }: EntryProps) {
  const { t } = useTranslation();
  const nameOf = useStageNames(item);
  const nameOfCause = useCauseName();
  const values = {
    from: nameOf(entry.from, entry.fromPipeline),
    to: nameOf(entry.to, entry.toPipeline),
    trigger: nameOfCause(entry),
    person: entry.by?.name ?? entry.author?.name ?? '',
  };
  return (
    <EntryFrame
      icon={ArrowRightLeft}
      name={t('timeline.kinds.moved')}
      at={entry.at}
      author={entry.trigger ? null : (entry.by ?? entry.author)}
    >
      <span>
        <Trans
          i18nKey={`timeline.moved.${howMoved(entry, values.person)}`}
          values={values}
          components={{ b: <strong />, i: <em /> }}
          tOptions={{ interpolation: { escapeValue: true } }}
          shouldUnescape
        />
      </span>{' '}
      {entry.signal && (
        <TextLink
          underline="always"
          size="sm"
          from="/board/$type/$pipeline/items/$item"
          to="."
          search={(before) => ({ ...before, tab: 'automation', signal: entry.signal ?? undefined })}
        >
          {t('timeline.why')}
        </TextLink>
      )}
    </EntryFrame>
  );
}

function howMoved({ trigger, rule }: TimelineEntry, person: string): 'trigger' | 'triggerAs' | 'person' {
  if (!trigger && !rule) return 'person';
  return person === '' ? 'trigger' : 'triggerAs';
}

export function CreatedEntry({ entry }: EntryProps) {
  const { t } = useTranslation();
  return (
    <EntryFrame icon={Sparkles} name={t('timeline.kinds.created')} at={entry.at} author={entry.author}>
      {entry.text || t('timeline.created')}
    </EntryFrame>
  );
}

/** A rule that could not do what it is set up to do: why, what to do, and the way to try again. */
export function RuleFailedEntry({ entry, item }: EntryProps) {
  const { t, i18n } = useTranslation();
  const words = useReasonOf({ entry, item });
  const kind = { lane: 'rule', key: String(entry.key) } as const;
  const rule = ownName(kind, entry.rule ?? '', parseLanguage(i18n.language));
  return (
    <EntryFrame
      icon={TriangleAlert}
      name={t('timeline.kinds.rule-failed')}
      at={entry.at}
      author={null}
      tone="fail"
      boxed
    >
      <p className={styles.words}>{t('timeline.ruleFailed', { rule })}</p>
      {words && (
        <p className={styles.small}>
          <ReasonText words={words} />
        </p>
      )}
      <TextLink
        underline="always"
        size="sm"
        from="/board/$type/$pipeline/items/$item"
        to="."
        search={(before) => ({ ...before, tab: 'automation' })}
      >
        {t('timeline.toRuns')}
      </TextLink>
    </EntryFrame>
  );
}

function useReasonOf({ entry: { reason, error, key }, item }: Omit<EntryProps, 'answer'>) {
  const { data: fields = [] } = useQuery(automationFactsQueries.fields(item.type));
  return useReasonWords()({ reason, error, rule: typeof key === 'string' ? key : undefined, fields });
}

// What to do is said by the reason, or here when the reason has no words of its own.
const told = {
  short: { failed: 'email.delivery.failed', uncertain: 'email.delivery.uncertain', paused: 'email.delivery.paused' },
  advised: { failed: 'timeline.failed', uncertain: 'timeline.uncertain', paused: 'email.delivery.paused' },
} as const;

/** A message that failed or may have failed: what to do, and the button for it; or one that waits for its channel. */
export function DeliveryEntry({ entry, item }: EntryProps) {
  const { t } = useTranslation();
  const { mutate: retry, isPending } = useRetryDelivery(item.id);
  const mayChange = useMay().item(item, 'change');
  const { delivery } = entry;
  const words = useReasonOf({ entry, item });
  const state = stateOf(entry.kind);
  return (
    <EntryFrame
      icon={TriangleAlert}
      name={t(`timeline.kinds.delivery-${state}`)}
      at={entry.at}
      author={null}
      tone={state === 'paused' ? undefined : 'fail'}
      boxed
    >
      <p className={styles.words}>{t(told[words?.todo ? 'short' : 'advised'][state])}</p>
      {words && (
        <p className={styles.small}>
          <ReasonText words={words} />
        </p>
      )}
      {typeof delivery === 'number' && state !== 'paused' && mayChange && (
        <Button
          size="compact-xs"
          variant="default"
          loading={isPending}
          onClick={() => retry(delivery, { onError: sayFailed })}
        >
          {t('timeline.sendAgain')}
        </Button>
      )}
    </EntryFrame>
  );
}

function stateOf(kind: string): keyof typeof told.short {
  if (kind === 'delivery-paused') return 'paused';
  return kind === 'delivery-uncertain' ? 'uncertain' : 'failed';
}

/** What a person did about a rule that waited. */
export function PlannedEntry({ entry }: EntryProps) {
  const { t, i18n } = useTranslation();
  const { moment } = useFormat();
  const kind = { lane: 'rule', key: String(entry.key) } as const;
  const rule = ownName(kind, entry.rule ?? '', parseLanguage(i18n.language));
  const act = plannedActs.find((one) => one === entry.act) ?? 'cancel';
  return (
    <EntryFrame icon={CalendarClock} name={t('timeline.kinds.planned-changed')} at={entry.at} author={entry.author}>
      {t(`timeline.planned.${act}`, { rule, at: typeof entry.to === 'string' ? moment(entry.to) : '' })}
    </EntryFrame>
  );
}

const plannedActs = ['run-now', 'move', 'cancel'] as const;

interface PlainEntryProps extends Pick<EntryProps, 'entry'> {
  readonly name?: string;
}

/** A kind that is not known here, called as the server calls it, or one that came without what it would be drawn from. */
export function PlainEntry({ entry, name = entry.kind }: PlainEntryProps) {
  return (
    <EntryFrame icon={CircleDot} name={name} at={entry.at} author={entry.author}>
      {entry.text || name}
      {entry.rule && <ByRule rule={entry.rule} />}
    </EntryFrame>
  );
}

export function ByRule({ rule }: { rule: string }) {
  const { t } = useTranslation();
  const nameOfCause = useCauseName();
  return <p className={styles.small}>{t('timeline.byRule', { rule: nameOfCause({ rule }) })}</p>;
}

/** A stage by its name; with its pipeline when the move led from one to another. */
function useStageNames({ type, pipeline }: Item) {
  const { data = [] } = usePipelines();
  // It may have stood in another pipeline then: of several that know the code, its own comes first.
  const ofType = data.filter((one) => one.type === type).toSorted((one) => (one.id === pipeline ? -1 : 0));
  return (code: string | null | undefined, crossing: unknown) => {
    const places = ofType.filter(({ name }) => typeof crossing !== 'string' || name === crossing);
    const name = places.flatMap(({ stages }) => stages).find((stage) => stage.code === code)?.name ?? code ?? '';
    return typeof crossing === 'string' ? `${crossing}: ${name}` : name;
  };
}
