import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { liveCallsQuery } from '../../../api/items/calls.ts';
import styles from './live-calls.module.css';
import { LiveCard } from './live-card.tsx';
import { useRingTone } from './use-ring-tone.ts';

/** The telephone rings, or one talks: a card for each, on every page of every tab, until it is over or somebody else took it. */
export function LiveCalls() {
  const { t } = useTranslation('phone');
  const { data: live = [] } = useQuery(liveCallsQuery);
  const [hidden, setHidden] = useState<readonly number[]>([]);
  const shown = live.filter(({ id }) => !hidden.includes(id));
  useRingTone(shown.some(({ state, direction }) => state === 'ringing' && direction === 'incoming'));
  return (
    <section className={styles.cards} aria-label={t('live.region')} aria-live="polite">
      {shown.map((call) => (
        <LiveCard key={call.id} call={call} hide={() => setHidden((before) => [...before, call.id])} />
      ))}
    </section>
  );
}
