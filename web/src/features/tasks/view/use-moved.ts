import { useState } from 'react';
import { sayFailed } from '../../../ui/notify.ts';

/** What was put elsewhere and is being saved: shown there at once, and back, with the reason, if the server refuses. */
export function useMoved<Value>() {
  const [moved, setMoved] = useState<ReadonlyMap<number, Value>>(new Map());
  const forget = (id: number) => setMoved((before) => new Map([...before].filter(([one]) => one !== id)));
  const move = (id: number, value: Value, saving: Promise<unknown>) => {
    setMoved((before) => new Map([...before, [id, value]]));
    saving.catch(sayFailed).finally(() => forget(id));
  };
  return { moved, move };
}
