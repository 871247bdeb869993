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
