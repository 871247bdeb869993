import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { findSignalKind } from '@signalbox/automation/signals/index.ts';
import type { ItemSignal } from '@signalbox/contract/automation/signals.ts';
import { ArrowRight, Bot, Clock, Minus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { TextLink } from '../../ui/button-link.tsx';
import { useFormat } from '../../ui/text/format.ts';
import styles from './automation-tab.module.css';
import { FieldChange } from './field-change.tsx';
import { changedFields, evidenceOf, isPassedOver, machineOf, signalDetail, textKey } from './signal-in-words.ts';
import type { TabFacts } from './use-tab-facts.ts';
import { useVerdictWords } from './use-verdict-words.ts';

interface SignalLineProps {
  readonly signal: ItemSignal;
  /** The code of the stage it left, when it moved. */
  readonly from: string | undefined;
  readonly facts: TabFacts;
  /** Somebody asked "why?" about this one. */
  readonly asked: boolean;
}

/** "E-mail opened, 10:04 → moved Offer sent → Interested, because …" – and every verdict behind it. */
export function SignalLine({ signal, from, facts, asked }: SignalLineProps) {
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!asked) return;
    line.current?.scrollIntoView({ block: 'center' });
    line.current?.focus({ preventScroll: true });
  }, [asked]);
  const { t } = useTranslation('automation');
  const format = useFormat();
  const say = useVerdictWords(signal, facts);
  const mover = signal.verdicts.find(({ verdict }) => verdict === 'moves');
  const name = findSignalKind(signal.kind)?.nameIn(facts.language) ?? t('signals.unknown', { kind: signal.kind });
  const Sign =
    mover !== undefined ? ArrowRight : signal.decidedAt === null ? Clock : machineOf(signal.payload) ? Bot : Minus;
  const reasons = mover === undefined ? signal.verdicts : [mover];
  const others = mover === undefined ? [] : signal.verdicts.filter((one) => one !== mover);
  return (
    <li
      ref={line}
      className={styles.signal}
      data-moved={mover !== undefined || undefined}
      data-asked={asked || undefined}
      aria-current={asked || undefined}
      tabIndex={asked ? -1 : undefined}
    >
      <span className={styles.sign}>
        <Sign size={15} aria-hidden />
      </span>
      <div className={styles.signalText}>
        <p className={styles.said}>
          <strong>{name}</strong> <Detail text={signalDetail(signal.payload)} />
          <time className={styles.at} dateTime={signal.occurredAt}>
            {format.moment(signal.occurredAt)}
          </time>
        </p>
        {changedFields(signal.payload).map((change) => (
          <p key={change.code} className={styles.changed}>
            <FieldChange change={change} facts={facts} />
          </p>
        ))}
        <p className={styles.outcome}>
          → <Outcome signal={signal} to={mover?.stage} from={from} facts={facts} />
          {mover !== undefined && (
            <>
              , {t('log.because')} {say(mover)} <ToTrigger id={mover.trigger} facts={facts} />
            </>
          )}
        </p>
        <ul className={styles.verdicts}>
          {(mover === undefined ? reasons : others).map((verdict) => (
            <li key={verdict.trigger}>
              {say(verdict)} <ToTrigger id={verdict.trigger} facts={facts} />
            </li>
          ))}
        </ul>
        <Evidence payload={signal.payload} />
        <details className={styles.details}>
          <summary>{t('log.details')}</summary>
          <pre className={styles.payload}>{JSON.stringify(signal.payload, null, 2)}</pre>
        </details>
      </div>
    </li>
  );
}

function ToTrigger({ id, facts }: { id: string; facts: TabFacts }) {
  const { t } = useTranslation('automation');
  return (
    <TextLink
      underline="always"
      to="/automation/$type/$pipeline"
      params={{ type: facts.type, pipeline: String(facts.pipeline) }}
      hash={id}
      size="xs"
    >
      {t('log.openTrigger')}
    </TextLink>
  );
}

const Detail = ({ text }: { text: string }) => (text === '' ? null : <span className={styles.detail}>{text} </span>);

function Outcome({
  signal,
  to,
  from,
  facts,
}: Pick<SignalLineProps, 'signal' | 'facts'> & { to: string | undefined; from: string | undefined }) {
  const { t } = useTranslation('automation');
  const nameOf = (code: string) => facts.stages.find((stage) => stage.code === code)?.name ?? code;
  if (to !== undefined)
    return (
      <b>
        {from === undefined
          ? t('log.moved', { to: nameOf(to) })
          : t('log.movedFrom', { from: nameOf(from), to: nameOf(to) })}
      </b>
    );
  if (signal.decidedAt === null) return <>{t('log.pending')}</>;
  if (signal.verdicts.length > 0) return <>{t('log.nothing')}</>;
  return <>{`${t('log.nothing')}: ${t(isPassedOver(signal.note) ? 'log.closed' : 'log.noTrigger')}`}</>;
}

/** Why an open or a click was taken for a machine's or a person's. */
function Evidence({ payload }: { payload: unknown }) {
  const { t } = useTranslation('automation');
  if (!isRecord(payload)) return null;
  const pieces = evidenceOf(payload);
  const machine = machineOf(payload);
  if (pieces.length === 0 && !machine) return null;
  return (
    <div className={styles.evidence} data-machine={machine || undefined}>
      <span>{t(machine ? 'log.machine' : 'log.person')}</span>
      {pieces.map(({ what, detail }) => (
        <span key={what} className={styles.piece} title={detail}>
          {t(`evidence.${textKey(what)}`, { defaultValue: what })}
        </span>
      ))}
    </div>
  );
}
