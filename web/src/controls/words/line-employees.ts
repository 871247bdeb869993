import type { LineEmployee } from '@signalbox/automation/kit/settings/fields.ts';
import { z } from 'zod';

const id = z.number();
const line = z.union([
  id.transform((employee) => ({ employee, extension: '' })),
  z.object({ employee: id, extension: z.string().catch('') }),
]);

/** Who answers a line, as the settings hold it; what is no such list is nobody. */
export function lineEmployeesOf(value: unknown): LineEmployee[] {
  return z.array(line).catch([]).parse(value);
}
