import type { Call } from '@signalbox/contract/channels/calls.ts';
import { useEffect, useState } from 'react';
import { clockOf } from '../../../controls/phone/call-kind.ts';

/** How long it has rung, or gone on. */
export function CallTime({ call: { startedAt, answeredAt } }: { call: Call }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const since = new Date(answeredAt ?? startedAt).getTime();
  return <time aria-hidden>{clockOf(Math.max(Math.floor((now - since) / 1_000), 0))}</time>;
}
