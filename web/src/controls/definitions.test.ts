import { channels } from '@signalbox/automation/channels/index.ts';
import * as kinds from '@signalbox/automation/channels/kinds.ts';
import { rules } from '@signalbox/automation/rules/index.ts';
import { triggers } from '@signalbox/automation/triggers/index.ts';
import { describe, expect, it } from 'vitest';
import { isUnconnected, kindName, ownName, writtenName } from './definitions.ts';
import { isDrawn } from './icon.tsx';

const all = [
  ...triggers,
  ...rules,
  ...channels,
  ...Object.values(kinds).map(({ kind, icon }) => ({ key: kind, icon })),
];

describe('the definitions on the screen', () => {
  it.each(all.map(({ key, icon }) => [key, icon]))('draws the icon of %s', (_, icon) => {
    expect(isDrawn(icon)).toBe(true);
  });

  it('tells a default name in the language of the user, and leaves a given one', () => {
    const kind = { lane: 'trigger', key: 'email/opened' } as const;
    expect(ownName(kind, kindName(kind, 'en'), 'pl')).toBe(kindName(kind, 'pl'));
    expect(ownName(kind, 'Offer was read', 'pl')).toBe('Offer was read');
  });

  it.each([...triggers.map(({ key }) => ['trigger', key] as const), ...rules.map(({ key }) => ['rule', key] as const)])(
    'tells the written name of the %s %s in the language of the user',
    (lane, key) => {
      const kind = { lane, key };
      expect(writtenName(lane, kindName(kind, 'en'), 'it')).toBe(kindName(kind, 'it'));
      expect(writtenName(lane, kindName(kind, 'pl'), 'en')).toBe(kindName(kind, 'en'));
    },
  );

  it('leaves the name that people gave, also one that is called as a kind of the other lane', () => {
    expect(writtenName('trigger', 'Offer was read', 'it')).toBe('Offer was read');
    expect(writtenName('trigger', kindName({ lane: 'rule', key: 'alerts/notify' }, 'en'), 'it')).toBe(
      kindName({ lane: 'rule', key: 'alerts/notify' }, 'en'),
    );
  });

  it('says that a trigger has no channel to listen to', () => {
    const missed = triggers.find(({ key }) => key === 'telephony/missed-call');
    expect(missed && isUnconnected(missed, [])).toBe(true);
    expect(missed && isUnconnected(missed, [{ kind: 'phone-line', enabled: true }])).toBe(false);
    expect(missed && isUnconnected(missed, [{ kind: 'phone-line', enabled: false }])).toBe(true);
  });
});
