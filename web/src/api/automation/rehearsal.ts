import {
  type RehearsalLine,
  type RehearseBody,
  rehearsalLine,
  type Tested,
  tested,
} from '@signalbox/contract/automation/rehearsal.ts';
import { Refusal } from '../transport/errors.ts';
import { writeAndRead } from '../transport/request.ts';
import type { BoardAddress } from './automation.ts';

export type { RehearsalResult, RehearsedItem, Tested } from '@signalbox/contract/automation/rehearsal.ts';

const pathOf = ({ type, pipeline }: BoardAddress) =>
  `/api/v1/automation/${encodeURIComponent(type)}/${encodeURIComponent(String(pipeline))}`;

interface Rehearsing {
  readonly body: Omit<RehearseBody, 'file'> & { readonly file: unknown };
  /** Aborting it stops the work on the server too. */
  readonly signal: AbortSignal;
  readonly onLine: (line: RehearsalLine) => void;
}

/** What a draft would have done, told line by line as it is found; throws Refusal. */
export async function rehearse(address: BoardAddress, { body, signal, onLine }: Rehearsing): Promise<void> {
  const response = await fetch(`${pathOf(address)}/rehearse`, {
    method: 'POST',
    headers: { Accept: 'application/x-ndjson', 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    credentials: 'same-origin',
    signal,
  });
  if (!response.ok) throw new Refusal(response.status, await response.json().catch(() => undefined));

  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
    const lines = (rest + read.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(rehearsalLine.parse(JSON.parse(line)));
  }
}

interface Testing {
  readonly file: unknown;
  readonly item: number;
  readonly language: string;
  readonly signal: { readonly kind: string; readonly payload: unknown };
}

/** What a signal would do to an item now; nothing is sent. */
export const testSignal = (address: BoardAddress, testing: Testing): Promise<Tested> =>
  writeAndRead('POST', `${pathOf(address)}/test`, { answer: tested, body: testing });
