import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/workspace/me.ts';
import { sayFailed } from '../../../ui/notify.ts';
import { copiesOf } from '../editing/use-carrying.ts';
import type { Editing } from '../editing/use-draft.ts';
import { sendCards } from '../model/arriving.ts';
import { keptName } from '../model/kept-draft.ts';
import { cardsFor, type Places } from '../model/sent-cards.ts';
import { saySent } from './say-sent.tsx';

/** Where the cards go. */
export interface Destination {
  /** Null: they stay on this board. */
  readonly pipeline: Pipeline | null;
  readonly places: Places;
  /** The uids of the cards that lack something there. */
  readonly unfit: ReadonlySet<string>;
}

interface Asked {
  readonly how: 'copy' | 'move';
  readonly uids: readonly string[];
}

/** Carries out what the copy dialog was told: a step of this draft, or of the draft of another board. */
export function useDestination() {
  const { t } = useTranslation('automation');
  const { workspace } = useMe();
  const navigate = useNavigate();
  return useCallback(
    (editing: Editing, asked: Asked, { pipeline, places, unfit }: Destination) => {
      if (pipeline === null) return place(editing, asked, places);
      const { type, id, name } = pipeline;
      const copies = copiesOf(asked.uids);
      const cards = cardsFor(editing.draft.cards, { copies, places, unfit });
      if (!sendCards(localStorage, keptName({ workspace: workspace.id, type, pipeline: String(id) }), cards))
        return sayFailed(new Error(t('copy.noRoom')));
      if (asked.how === 'move') editing.apply({ do: 'remove', uids: asked.uids });
      saySent({
        message: t('copy.sent', { count: cards.length, name }),
        open: t('copy.open'),
        close: t('copy.close'),
        onOpen: () => void navigate({ to: '/automation/$type/$pipeline', params: { type, pipeline: String(id) } }),
      });
    },
    [t, workspace.id, navigate],
  );
}

function place({ draft, apply }: Editing, { how, uids }: Asked, places: Places): void {
  const first = draft.cards.find(({ uid }) => uid === uids[0]);
  const to = { stage: places[first?.stage ?? ''] ?? first?.stage ?? '', before: null };
  if (how === 'copy') apply({ do: 'copy', copies: copiesOf(uids), to });
  else apply({ do: 'move', uids, to });
}
