import type { TFunction } from 'i18next';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import english from '../../i18n/en.json' with { type: 'json' };
import { fieldProblem, problemText } from './problem-text.ts';

let t: TFunction;
beforeAll(async () => {
  t = await i18next.createInstance().init({ lng: 'en', resources: { en: { translation: english } } });
});

interface Mistake {
  path: string;
  code: string;
  message: string;
  params?: Record<string, string | number>;
}

const refusal = (code: string, fields: Mistake[] = []) => ({
  name: 'Refusal',
  message: 'What the server said',
  code,
  fields,
});

describe('problemText', () => {
  it('uses our words for a code that we know', () => {
    expect(problemText(refusal('wrong-password'), t)).toBe('Wrong e-mail or password.');
  });

  it("uses the server's sentence for one that we do not know", () => {
    expect(problemText(refusal('stage-needs-delivery-date'), t)).toBe('What the server said');
  });

  it('tells by an example what fits the kind of a field, and says so much where there is none', () => {
    const mistake = { path: 'fields.mail', code: 'kind', message: 'Expected an e-mail address' };
    expect(problemText(refusal('invalid', [{ ...mistake, params: { kind: 'email' } }]), t)).toBe(
      'Expected an e-mail address like anna@example.com.',
    );
    expect(problemText(refusal('invalid', [{ ...mistake, params: { kind: 'item' } }]), t)).toBe(
      'This value does not fit this kind of field.',
    );
  });

  it('names what the first mistake names', () => {
    const mistake = { path: 'rules[0].settings.stage', code: 'unknown-stage', message: 'No stage "WON"' };
    const told = refusal('automation-in-the-way', [{ ...mistake, params: { card: 'Hurry (NEW)' } }]);
    expect(problemText(told, t)).toBe('“Hurry (NEW)” stands in the way: change this trigger or rule first.');
  });

  it("uses the server's sentence where ours would have a gap", () => {
    const mistake = { path: 'fields.size', code: 'required-on-stage', message: 'Fill in "Size" before moving' };
    expect(problemText(refusal('invalid', [mistake]), t)).toBe('Fill in "Size" before moving');
    expect(problemText(refusal('invalid', [{ ...mistake, params: { field: 'Rozmiar' } }]), t)).toContain('“Rozmiar”');
  });

  it('says that nothing is lost when nobody answers', () => {
    expect(problemText({ name: 'Offline', message: '' }, t)).toContain('Your input is kept');
  });
});

describe('fieldProblem', () => {
  const error = refusal('invalid', [{ path: 'to[0]', code: 'invalid-format', message: 'Invalid email' }]);

  it('finds the field that a path lies in', () => {
    expect(fieldProblem(error, 'to', t)).toBe('Please check: this does not look right.');
  });

  it('does not take a longer name for the field', () => {
    expect(
      fieldProblem(refusal('invalid', [{ path: 'total', code: 'required', message: '' }]), 'to', t),
    ).toBeUndefined();
  });
});
