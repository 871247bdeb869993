import { describe, expect, it } from 'vitest';
import { isSigned, signatureOf } from './signature.ts';

// The example of Twilio's own libraries.
const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const params = {
  ...{ CallSid: 'CA1234567890ABCDE', Digits: '1234', From: '+14158675309', To: '+18005551212', Caller: '+14158675309' },
};
const signature = 'RSOYDt4T1cUTdK1PDd93/VVr8B8=';

describe('a request of Twilio', () => {
  it('is signed as Twilio’s example is', () => {
    expect(signatureOf('12345', { url, params })).toBe(signature);
    expect(isSigned('12345', signature, { url, params })).toBe(true);
  });

  it.each([
    ['https://crm.firm.test:8443/hooks/a?b=c:1', 'https://crm.firm.test/hooks/a?b=c:1'],
    ['https://crm.firm.test/hooks/a', 'https://crm.firm.test:443/hooks/a'],
    ['http://[::1]:3000/hooks/a', 'http://[::1]/hooks/a'],
  ])('to %s may be signed with its port or without it', (asked, signed) => {
    expect(isSigned('12345', signatureOf('12345', { url: signed, params }), { url: asked, params })).toBe(true);
    expect(isSigned('12345', signatureOf('12345', { url: asked, params }), { url: asked, params })).toBe(true);
  });

  it.each([
    ['another port', 'https://mycompany.com:8443/myapp.php?foo=1&bar=2'],
    ['another host', 'https://mycompany.com.evil.test/myapp.php?foo=1&bar=2'],
    ['another scheme', 'http://mycompany.com/myapp.php?foo=1&bar=2'],
  ])('is refused when it is signed for %s', (_, elsewhere) => {
    expect(isSigned('12345', signatureOf('12345', { url: elsewhere, params }), { url, params })).toBe(false);
  });

  it.each([
    ['another token', '12346', signature, { url, params }],
    ['no token', '', signatureOf('', { url, params }), { url, params }],
    ['no signature', '12345', undefined, { url, params }],
    ['a signature of another length', '12345', 'x', { url, params }],
    ['another address', '12345', signature, { url: `${url}&more=1`, params }],
    ['another value', '12345', signature, { url, params: { ...params, Digits: '12345' } }],
    ['a field more', '12345', signature, { url, params: { ...params, Zone: '1' } }],
    ['a field less', '12345', signature, { url, params: { CallSid: params.CallSid } }],
  ])('is refused with %s', (_, token, given, signed) => {
    expect(isSigned(token, given, signed)).toBe(false);
  });
});
