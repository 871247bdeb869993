/** What is listed, by its key, and what there is. */
export interface Listed {
  readonly triggers: readonly { readonly key: string }[];
  readonly rules: readonly { readonly key: string }[];
  readonly channels: readonly { readonly key: string }[];
  /** Paths below `src`. */
  readonly files: readonly string[];
}

type List = 'triggers' | 'rules' | 'channels';

// What stands beside the definitions of a family: its list, and what only its rules need.
const besides = /\/(index|kind|port)\.ts$/;

/** Files of definitions that nothing leads to, each with the line that was forgotten. */
export function unlisted(listed: Listed): readonly string[] {
  return (['triggers', 'rules', 'channels'] as const).flatMap((list) => {
    const known = listed[list].map(({ key }) => `${list}/${key}.ts`);
    return listed.files
      .filter((file) => !known.includes(file) && !besides.test(file))
      .flatMap((file) => missingLine(list, file) ?? []);
  });
}

function missingLine(list: List, file: string): string | undefined {
  const [room, family, name, ...deeper] = file.split('/');
  if (room !== list || name === undefined || deeper.length > 0 || name.split('.').length > 2) return undefined;
  return list === 'channels'
    ? `${file}: not among the providers of channels/${family}/kind.ts, or that has no line in channels/kinds.ts`
    : `${file}: not in ${list}/${family}/index.ts, or that has no line in ${list}/families.ts`;
}
