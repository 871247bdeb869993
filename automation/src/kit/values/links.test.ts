import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers } from './links.ts';

describe('a link pattern', () => {
  it.each([
    ['https://shop.example/*', 'https://shop.example/'],
    ['https://shop.example/*', 'https://shop.example'],
    ['https://shop.example/*', 'https://shop.example/?utm=1'],
    ['https://shop.example/*', 'https://shop.example?utm=1#top'],
    ['https://shop.example/*', 'https://shop.example/offer/a?b=c'],
    ['https://*.example/*', 'https://shop.example/'],
    ['https://*.example/*', 'https://a.b.example/offer?utm=1'],
    ['*.shop.example/*', 'http://www.shop.example'],
    ['https://shop.example/offer/*', 'https://shop.example/offer'],
    ['https://shop.example/offer/*', 'https://shop.example/offer/'],
    ['https://shop.example/*/order', 'https://shop.example/en/order/?utm=1'],
    ['*://shop.example/offer', 'https://shop.example/offer'],
    ['https://shop.example*', 'https://shop.example/offer'],
    ['http*://shop.example/*', 'https://shop.example/offer'],
    ['http*://shop.example/*', 'http://shop.example'],
    ['*.pdf', 'https://shop.example/list.pdf?utm=1'],
    ['https://shop.example/?id=*', 'https://shop.example/?id=7'],
    ['https://shop.example', 'https://shop.example/'],
    ['https://shop.example/offer?id=7', 'https://shop.example/offer?id=7&utm_source=mail#top'],
    ['*/offer/*', 'https://shop.example/de/offer/3'],
    ['*/offer', 'https://shop.example/offer/?utm=1'],
    ['https://müller.example/größe/*', 'https://xn--mller-kva.example/gr%C3%B6%C3%9Fe'],
    ['https://shop-*.example/*', 'https://shop-pl.example?utm=1'],
  ])('%s covers %s', (pattern, url) => expect(covers(pattern, url)).toBe(true));

  it.each([
    ['https://shop.example/*', 'https://shop.example.test/'],
    ['https://*.example/*', 'https://example/'],
    ['http*://shop.example/*', 'ftp://shop.example/offer'],
    ['https://*.example/*', 'https://evil.test/x.example/'],
    ['https://*.example/*', 'http://shop.example/'],
    ['https://shop.example/offer/*', 'https://shop.example/offers'],
    ['https://shop.example/offer/', 'https://shop.example/offer'],
    ['https://shop.example/?id=*', 'https://shop.example/'],
    ['https://shop.example/*/order', 'https://shop.example/order'],
    ['https://shop.example', 'https://shop.example/offer'],
    ['https://shop.example/offer?id=7', 'https://shop.example/offer?id=71'],
    ['*/offer', 'https://shop.example/offers'],
    ['https://*.example/*', 'https://evil.test\\.example/'],
    ['https://*.example/*', 'https://evil.test?x=.example/'],
    ['https://shop.example/*', 'https://shop.example@evil.test/'],
  ])('%s does not cover %s', (pattern, url) => expect(covers(pattern, url)).toBe(false));

  it('with a star at the end covers what begins like it, whatever follows', () => {
    const piece = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 3 }), fc.array(piece, { maxLength: 3 }), piece, (way, more, value) => {
        const base = ['https://shop.example', ...way].join('/');
        const url = [base, ...more].join('/');
        for (const end of ['', '/', '?utm=', '/?utm=', '#'])
          expect(covers(`${base}/*`, `${url}${end}${end.length > 1 ? value : ''}`)).toBe(true);
      }),
    );
  });
});
