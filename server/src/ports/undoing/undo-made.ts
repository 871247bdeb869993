import type { DeedKind } from '@signalbox/automation/kit/definitions/deeds.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import type { UndoOf } from '../../parts/undoing.ts';

/** What others may have worked with since, on pages of its own, stays; no name of it is told, for not everybody may see it. */
export const leaveIt: UndoOf<DeedKind> = {
  undo: () => Promise.resolve([{ about: '', reason: because('undo-by-hand') }]),
  findRestorable: () => Promise.resolve([]),
};
