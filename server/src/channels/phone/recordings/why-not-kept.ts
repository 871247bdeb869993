import { because, type Reason } from '@signalbox/automation/kit/words/reasons.ts';
import { UserError } from '../../../platform/errors.ts';
import { StorageAway } from '../../../platform/files/storage.ts';
import { NotFetched, tooLarge } from './fetch-guarded.ts';

/** Why a recording that lies elsewhere is not here, for whoever would hear it; `again`: perhaps later. */
export function whyNotKept(error: unknown, limitBytes: number): { reason: Reason; again: boolean } {
  if (error instanceof NotFetched) return { reason: error.reason, again: error.again };
  if (error instanceof StorageAway) return { reason: because('recording-store-away'), again: true };
  if (!(error instanceof UserError))
    return { reason: because('recording-broken-off', { answer: told(error) }), again: true };
  return {
    reason: refusals(limitBytes)[error.status] ?? because('refused', { message: told(error) }),
    again: error.status === 507,
  };
}

const refusals = (limitBytes: number): Readonly<Record<number, Reason>> => ({
  409: because('recording-quota'),
  413: tooLarge(limitBytes),
  422: because('recording-no-sound'),
  429: because('recording-quota'),
  507: because('recording-no-room'),
});

function told(error: unknown): string {
  const words =
    error instanceof UserError ? (error.detail ?? error.title) : error instanceof Error ? error.message : '';
  return words.toWellFormed().slice(0, 500);
}
