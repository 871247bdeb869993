import { plainWords } from '../plain-words.ts';
import { lostWords, wonWords } from './header-words.ts';

interface KnownStage {
  readonly code: string;
  readonly name: string;
  readonly kind: 'open' | 'won' | 'lost';
}

/** The stage that a text names: by code or name, else the only won or lost one; `+`: none, it has to be made. */
export function guessStage(text: string, stages: readonly KnownStage[]): string {
  const words = plainWords(text);
  const named = stages.find(({ code, name }) => plainWords(name) === words || plainWords(code) === words);
  if (named !== undefined) return named.code;
  const kind = guessStageKind(text);
  const ofKind = kind === 'open' ? [] : stages.filter((stage) => stage.kind === kind);
  return ofKind[0] !== undefined && ofKind.length === 1 ? ofKind[0].code : '+';
}

export function guessStageKind(text: string): KnownStage['kind'] {
  const words = plainWords(text);
  if (lostWords.test(words)) return 'lost';
  return wonWords.test(words) ? 'won' : 'open';
}

/** A code for a name: capitals and digits, not taken yet. */
export function makeCode(name: string, taken: ReadonlySet<string>, fallback: string): string {
  const base = plainWords(name).replaceAll(' ', '_').replace(/[^\w]/g, '').slice(0, 40);
  const plain = /^[a-z_]/i.test(base) ? base : `${fallback}_${base}`.replace(/_$/, '');
  const lower = new Set([...taken].map((code) => code.toLowerCase()));
  for (let count = 1; ; count += 1) {
    const code = count === 1 ? plain : `${plain}_${count}`;
    if (!lower.has(code.toLowerCase())) return code;
  }
}
