import type { Attachments } from './ports.ts';
import type { Problem } from './problems.ts';

/** Files come with the drive; until then a rule that promises them fails (semantics.md 8.1). */
export function attachmentDoubts({ fields, files }: Attachments): readonly Problem[] {
  const message = "files can't be attached in this version yet: the rule will fail";
  return fields.length + files.length === 0 ? [] : [{ path: ['attachments'], code: 'no-files-yet', message }];
}
