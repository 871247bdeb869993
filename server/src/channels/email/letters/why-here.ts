import type { WhyHere } from '@signalbox/contract/channels/emails.ts';
import { z } from 'zod';
import type { StoredEmail } from './emails.store.ts';

const tied = z.looseObject({
  how: z.string().catch(''),
  by: z.unknown().optional(),
  choice: z.string().optional(),
  decided: z.string().optional(),
  why: z.string().optional(),
  made: z.number().optional(),
});

const ofMachines: Readonly<Record<string, string>> = {
  bounce: 'It is the report of a mail server; such mail makes no lead',
  autoReply: 'It is an automatic reply; such mail makes no lead',
  spam: 'It is marked as spam; such mail makes no lead',
  flood: 'Too many letters of new senders came at once; it is held back until somebody lets it through',
};

/** Why a mail stands on its item, or on none: a code for programs and English words for people (semantics.md 2.5). Pure. */
export function whyHere(email: Pick<StoredEmail, 'direction' | 'audience' | 'item_id' | 'tied_by'>): WhyHere {
  const { direction, audience, item_id: itemId } = email;
  const found = tied.safeParse(email.tied_by ?? {}).data ?? { how: '' };
  if (direction === 'out') {
    if (audience === 'employee') return { code: 'to-employee', words: 'It was sent to an employee' };
    return itemId === null
      ? { code: 'sent', words: 'It was sent from here' }
      : { code: 'sent-from-item', words: 'It was sent from the item' };
  }
  if (itemId !== null) return whyOnItem(found);
  if (wasOnItem(found)) return { code: 'item-gone', words: 'Its item was deleted' };
  if (audience === 'employee')
    return { code: 'ours', words: 'A colleague or a mailbox of ours wrote it; such mail makes no lead' };
  return whyNowhere(found);
}

function wasOnItem({ how, choice, made }: z.infer<typeof tied>): boolean {
  return how === 'thread' || how === 'person' || choice !== undefined || made !== undefined;
}

function whyOnItem({ how, by, choice, made, decided }: z.infer<typeof tied>): WhyHere {
  if (how === 'person') return { code: 'person', words: 'A person tied it to the item' };
  if (how === 'thread') return inThread(by);
  if (made !== undefined) return { code: 'made', words: `Nobody knew the sender; "${decided ?? ''}" made the item` };
  return choice === 'all'
    ? { code: 'client-all', words: 'Each open item of the sender has it' }
    : { code: 'client-latest', words: 'The item is the latest of the sender that is open' };
}

function inThread(by: unknown): WhyHere {
  if (by === 'subject') return { code: 'thread-subject', words: 'Its subject goes on with a conversation of the item' };
  if (by === 'reply') return { code: 'thread-reply', words: 'A mail of the item answers it, which came before it' };
  return { code: 'thread', words: 'It answers a mail of the item' };
}

function whyNowhere({ decided, why = '' }: z.infer<typeof tied>): WhyHere {
  if (decided !== 'ignore') return { code: 'waiting', words: 'It has not been decided yet' };
  const machine = ofMachines[why];
  if (machine !== undefined) return { code: 'machine', words: machine };
  if (why === 'unknown client')
    return { code: 'unknown-client', words: 'No open item of the sender; the mailbox is set to make none' };
  return { code: 'nothing-made', words: `Nothing could be made for the sender: ${why}` };
}
