import { describe, expect, it } from 'vitest';
import { sendCards, takeArriving } from './arriving.ts';
import { edit, openDraft } from './draft.ts';
import { cardsOf } from './file.ts';
import type { BoardFile } from './file-shape.ts';
import { cardsFor, placesOn } from './sent-cards.ts';

const file: BoardFile = {
  type: 'deal',
  pipeline: 'Sales',
  stages: [],
  triggers: [{ id: 't1', on: 'email/opened', stage: 'WARM' }],
  rules: [
    { id: 'mail', do: 'clients/email', stage: 'WARM', settings: { subject: 'Hi' } },
    { id: 'note', do: 'alerts/comment', stage: 'WARM', settings: { text: 'Sent {{ rules.mail.emailId }}' } },
    {
      id: 'far',
      do: 'alerts/comment',
      stage: 'WON',
      when: {
        all: [
          { field: 'rules.mail.emailId', is: 'filled' },
          { field: 'rules.mailing.emailId', is: 'filled' },
        ],
      },
      settings: { text: 'Bye' },
    },
  ],
};
const cards = cardsOf(file);
const copies = (...of: string[]) => of.map((uid) => ({ of: uid, uid: `copy:${uid}` }));
const sent = (of: readonly string[], unfit: readonly string[] = []) =>
  cardsFor(cards, { copies: copies(...of), places: { WARM: 'SENT' }, unfit: new Set(unfit) });

describe('cards for another board', () => {
  it('stand on the stages chosen there, with ids of their own', () => {
    const [trigger, rule] = sent(['t:t1', 'r:mail']);
    expect([trigger?.stage, rule?.stage]).toEqual(['SENT', 'SENT']);
    expect(trigger?.id).toBeNull();
    expect(rule?.id).not.toBe('mail');
  });

  it('go on naming the results of those that come along', () => {
    const [mail, note, far] = sent(['r:mail', 'r:note', 'r:far']);
    expect(note?.settings).toEqual({ text: `Sent {{ rules.${mail?.id}.emailId }}` });
    expect(JSON.stringify(far?.when)).toContain(`"rules.${mail?.id}.emailId"`);
    expect(JSON.stringify(far?.when)).toContain('"rules.mailing.emailId"');
  });

  it('keep naming what stays behind, so that it is seen to be missing', () => {
    expect(sent(['r:note'])[0]?.settings).toEqual({ text: 'Sent {{ rules.mail.emailId }}' });
  });

  it('are yellow where something does not fit, and only there', () => {
    expect(sent(['t:t1', 'r:note'], ['r:note']).map(({ fresh }) => fresh)).toEqual([false, true]);
  });

  it('are offered the stage of the same code, else of the same name, else the first', () => {
    const there = [
      { code: 'NEW', name: 'Draft' },
      { code: 'S2', name: 'interested' },
      { code: 'WON', name: 'Accepted' },
    ];
    const from = [
      { code: 'WON', name: 'Won' },
      { code: 'WARM', name: 'Interested' },
      { code: 'OFFER', name: 'Offer' },
    ];
    expect(placesOn(from, there)).toEqual({ WON: 'WON', WARM: 'S2', OFFER: 'NEW' });
  });
});

describe('the way from board to board', () => {
  it('is taken once, after what was sent before, and is one step to undo', () => {
    const shelf = shelfOf();
    sendCards(shelf, 'quotes', sent(['t:t1']));
    sendCards(shelf, 'quotes', sent(['r:mail']));
    const arriving = takeArriving(shelf, 'quotes', ['NEW', 'SENT']);
    expect(arriving.map(({ key }) => key)).toEqual(['email/opened', 'clients/email']);
    expect(takeArriving(shelf, 'quotes', ['NEW', 'SENT'])).toEqual([]);

    const draft = edit(openDraft({ ...file, triggers: [], rules: [] }, 1), { do: 'arrive', cards: arriving });
    expect(draft.cards).toHaveLength(2);
    expect(edit(draft, { do: 'undo' }).cards).toEqual([]);
  });

  it('brings a card whose stage has gone to the first one, yellow', () => {
    const shelf = shelfOf();
    sendCards(shelf, 'quotes', sent(['t:t1']));
    expect(takeArriving(shelf, 'quotes', ['NEW'])[0]).toMatchObject({ stage: 'NEW', fresh: true });
  });

  it('says so when the browser keeps nothing, and passes over what it did not write', () => {
    const full = { ...shelfOf(), setItem: () => expect.fail('full') };
    expect(sendCards(full, 'quotes', cards)).toBe(false);
    const strange = shelfOf();
    strange.setItem('quotes.arriving', '{"uid":1}');
    expect(takeArriving(strange, 'quotes', ['NEW'])).toEqual([]);
  });
});

function shelfOf() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string): void => void kept.set(name, value),
    removeItem: (name: string): void => void kept.delete(name),
  };
}
