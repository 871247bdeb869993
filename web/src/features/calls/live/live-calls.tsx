import type { LiveCall } from '@signalbox/contract/channels/calls.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { liveCallsQuery } from '../../../api/items/calls.ts';
import { useNarrow } from '../../../ui/hooks/use-media.ts';
import styles from './live-calls.module.css';
import { LiveCard } from './live-card.tsx';
import { useRingTone } from './use-ring-tone.ts';

const isRinging = ({ state, direction }: LiveCall) => state === 'ringing' && direction === 'incoming';

/** The telephone rings, or one talks: a card for each, on every page of every tab, until it is over or somebody else took it. */
export function LiveCalls() {
  const { t } = useTranslation('phone');
  const isNarrow = useNarrow();
  const { data: live = [] } = useQuery(liveCallsQuery);
  const [hidden, setHidden] = useState<readonly number[]>([]);
  // What is being written down is not taken away with the end of the call.
  const [held, setHeld] = useState<readonly LiveCall[]>([]);
  const over = held.filter(({ id }) => !live.some((call) => call.id === id));
  const shown = [...live, ...over].filter(({ id }) => !hidden.includes(id));
  // Whom one talks to is what one works on.
  const main = shown.find(({ state }) => state === 'answered') ?? shown[0];
  // Nothing rings into a conversation: its card is enough.
  useRingTone(main?.state !== 'answered' && live.some((call) => isRinging(call) && !hidden.includes(call.id)));
  return (
    <section className={styles.cards} aria-label={t('live.region')} aria-live="polite">
      {shown.map((call) => (
        <LiveCard
          key={call.id}
          call={call}
          isOver={over.includes(call)}
          hold={(held) => setHeld((before) => [...before.filter(({ id }) => id !== call.id), ...(held ? [call] : [])])}
          small={call !== main || (isNarrow && call.state === 'ringing')}
          hide={() => setHidden((before) => [...before, call.id])}
        />
      ))}
    </section>
  );
}
