import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { linkClicked } from './link-clicked.ts';

describe('email/link-clicked', () => {
  it.each([
    [
      'hears a click on its link',
      { links: ['https://shop.example/offer'] },
      'email.link-clicked',
      { url: 'https://shop.example/offer?utm_source=mail' },
      null,
    ],
    [
      'hears a click on one of several links',
      { links: ['https://a.example', 'https://shop.example/*'] },
      'email.link-clicked',
      { url: 'https://shop.example/offer?utm_source=mail' },
      null,
    ],
    [
      'hears any link when told so',
      { links: 'any' },
      'email.link-clicked',
      { url: 'https://shop.example/offer?utm_source=mail' },
      null,
    ],
    [
      'takes one link for a list',
      { links: 'shop.example/offer' },
      'email.link-clicked',
      { url: 'https://shop.example/offer?utm_source=mail' },
      null,
    ],
    [
      'ignores a click on another link',
      { links: ['https://shop.example/other'] },
      'email.link-clicked',
      { url: 'https://shop.example/offer?utm_source=mail' },
      'links',
    ],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(linkClicked, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });

  it('wants links, or the explicit choice of any', () => {
    expect(linkClicked.bind({}).ok).toBe(false);
    expect(linkClicked.bind({ links: [] }).ok).toBe(false);
  });
});
