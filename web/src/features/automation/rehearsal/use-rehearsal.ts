import { useEffect, useRef, useState } from 'react';
import type { BoardAddress } from '../../../api/automation/automation.ts';
import { type RehearsalResult, type RehearsedItem, rehearse } from '../../../api/automation/rehearsal.ts';

export interface RehearsalState {
  readonly running: boolean;
  readonly done: number;
  readonly total: number;
  readonly items: readonly RehearsedItem[];
  readonly result: RehearsalResult | null;
  readonly error: Error | null;
}

const idle: RehearsalState = { running: false, done: 0, total: 0, items: [], result: null, error: null };

export interface RehearsalInput {
  readonly file: unknown;
  readonly days: 7 | 30 | 90;
}

/** One rehearsal at a time; leaving or cancelling ends it on the server too. */
export function useRehearsal(address: BoardAddress) {
  const [state, setState] = useState(idle);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const cancel = () => {
    running.current?.abort();
    setState((before) => ({ ...before, running: false }));
  };
  const start = async (body: RehearsalInput) => {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    setState({ ...idle, running: true });
    const change = (next: (before: RehearsalState) => RehearsalState) => own.signal.aborted || setState(next);
    try {
      await rehearse(address, {
        body,
        signal: own.signal,
        onLine: (line) => change((before) => ({ ...before, ...told(line, before) })),
      });
    } catch (error) {
      change((before) => ({ ...before, error: error instanceof Error ? error : new Error(String(error)) }));
    }
    change((before) => ({ ...before, running: false }));
  };
  return { state, start, cancel };
}

type Line = Parameters<Parameters<typeof rehearse>[1]['onLine']>[0];

function told(line: Line, { items }: RehearsalState): Partial<RehearsalState> {
  if ('progress' in line) return line.progress;
  if ('item' in line) return { items: [...items, line.item] };
  return 'result' in line
    ? { result: line.result }
    : { error: Object.assign(new Error(line.error.message), { code: 'internal' }) };
}
