import type { NewStage } from './pipelines.store.ts';

/** A stage that may still lack its code. */
export interface NamedStage extends Omit<NewStage, 'code'> {
  readonly code?: string | undefined;
}

export interface NewCode extends Omit<NewStage, 'color'> {
  readonly color?: string;
}

/** Gives each new stage a code made from its name, which no stage of the pipeline has or has had until now. */
export function withCodes(stages: readonly NamedStage[], taken: readonly string[]): NewCode[] {
  const used = new Set([...taken, ...stages.flatMap(({ code }) => code ?? [])]);
  return stages.map(({ code: given, name, kind, color }) => {
    const code = given ?? freeCode(name, used);
    used.add(code);
    return { code, name, kind, ...(color !== undefined && { color }) };
  });
}

const LONGEST = 40;

function freeCode(name: string, used: ReadonlySet<string>): string {
  const base = codeOf(name);
  if (!used.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const code = `${base}_${number}`;
    if (!used.has(code)) return code;
  }
}

/** `Wysłano ofertę` -> `WYSLANO_OFERTE`; names without Latin letters become `STAGE`. */
function codeOf(name: string): string {
  const plain = name
    .replace(/[łŁ]/g, 'l')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
  const code = plain
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .slice(0, LONGEST)
    .replace(/^_+|_+$/g, '');
  return code === '' ? 'STAGE' : code;
}
