import { z } from 'zod';
import { type Problem, problemsOf } from '../kit/settings/problems.ts';
import { isPersonRef, type PersonRef, parsePersonRef } from '../kit/values/people.ts';
import { ruleTime } from './rule-time.ts';

const code = z.string().trim().min(1).max(64);
const name = z.string().trim().min(1).max(200);
/** Letters, digits, `_` and `-`, so that `rules.<id>.*` can name it. */
const id = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'An id begins with a letter; letters, digits, "_" and "-"');

const person = z.string().transform((text, context): PersonRef => {
  const ref = parsePersonRef(text);
  if (ref !== undefined && isPersonRef(ref)) return ref;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is no person: expected responsible, creator … or an e-mail address`,
  });
  return z.NEVER;
});

const stage = z.strictObject({
  code,
  name,
  kind: z.enum(['open', 'won', 'lost']).default('open'),
  color: z.string().max(32).optional(),
});

const common = {
  id: id.optional(),
  stage: code,
  name: name.nullish(),
  enabled: z.boolean().default(true),
  when: z.unknown().optional(),
  settings: z.record(z.string(), z.unknown()).nullish(),
};

const trigger = z.strictObject({
  ...common,
  on: z.string(),
  as: person.default('responsible'),
  allowBack: z.boolean().default(false),
});

const rule = z.strictObject({
  ...common,
  do: z.string(),
  order: z.enum(['in parallel', 'after previous']).default('in parallel'),
  time: ruleTime.optional(),
  onLeave: z.enum(['cancel', 'keep']).default('cancel'),
  hours: z.array(z.enum(['company', 'responsible'])).default([]),
});

// More than any board that people read; each is compared with every other.
const most = { stages: 200, triggers: 1_000, rules: 2_000 };

/** The shape of the automation file (interfaces.md); settings and conditions are checked when it is bound. */
export const automationFile = z.strictObject({
  type: code,
  pipeline: name,
  /** Given by the API beside the file; says nothing about the board itself. */
  version: z.number().int().optional(),
  stages: z.array(stage).min(1).max(most.stages).optional(),
  triggers: z.array(trigger).max(most.triggers).default([]),
  rules: z.array(rule).max(most.rules).default([]),
});

export type AutomationFile = z.output<typeof automationFile>;
export type StageEntry = z.output<typeof stage>;
export type TriggerEntry = z.output<typeof trigger>;
export type RuleEntry = z.output<typeof rule>;

export type ParsedFile =
  | { readonly file: AutomationFile; readonly problems: readonly [] }
  | { readonly file: null; readonly problems: readonly Problem[] };

/** Reads the file given as JSON or already read from YAML; problems carry the path of the key they are about. */
export function parseAutomationFile(raw: unknown): ParsedFile {
  const parsed = automationFile.safeParse(raw);
  if (!parsed.success) return { file: null, problems: problemsOf(parsed.error) };
  const problems = [
    ...repeated(parsed.data.triggers, 'triggers'),
    ...repeated(parsed.data.rules, 'rules'),
    ...repeatedStages(parsed.data),
  ];
  return problems.length === 0 ? { file: parsed.data, problems: [] } : { file: null, problems };
}

function repeated(entries: readonly { readonly id?: string | undefined }[], list: 'triggers' | 'rules'): Problem[] {
  return entries.flatMap((entry, index) => {
    const first = entries.findIndex((other) => other.id === entry.id);
    if (entry.id === undefined || first === index) return [];
    return [
      {
        path: [list, index, 'id'],
        code: 'repeated',
        message: `The id "${entry.id}" is used twice`,
        params: { name: entry.id },
      },
    ];
  });
}

function repeatedStages({ stages = [] }: AutomationFile): Problem[] {
  return stages.flatMap((entry, index) => {
    const first = stages.findIndex((other) => other.code === entry.code);
    return first === index
      ? []
      : [
          {
            path: ['stages', index, 'code'],
            code: 'repeated',
            message: `The stage "${entry.code}" stands there twice`,
            params: { name: entry.code },
          },
        ];
  });
}
