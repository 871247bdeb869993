import { z } from 'zod';
import type { Fields, Setting } from '../settings/setting.ts';
import type { Condition } from './condition.ts';
import { parseCondition } from './condition-parse.ts';

/** A condition over the item, built as that of a trigger or rule; null: none. What it names is checked when the board is bound. */
export function conditionSetting(): Setting<Condition | null, never> {
  return {
    control: 'condition',
    schema: z.unknown().transform((raw, context): Condition | null => {
      if (raw === null || raw === undefined) return null;
      const { condition, problems } = parseCondition(raw, { fields: [], lenient: true });
      if (condition !== null) return condition;
      for (const { path, message } of problems)
        context.addIssue({ code: 'custom', path: path.map((step) => step), message });
      return z.NEVER;
    }),
    default: null,
    ...{ required: false, of: null, choices: [], template: false, multiple: false },
    mapTexts: (value) => value,
  };
}

/** The conditions among parsed settings, and where they stand. */
export function conditionsIn(
  { fields }: { readonly fields: Fields },
  settings: Readonly<Record<string, unknown>>,
): readonly { readonly setting: string; readonly condition: Condition }[] {
  const names = Object.keys(fields).filter((name) => fields[name]?.control === 'condition');
  return names.flatMap((setting) => {
    const condition = conditionSetting().schema.safeParse(settings[setting]).data ?? null;
    return condition === null ? [] : [{ setting, condition }];
  });
}
