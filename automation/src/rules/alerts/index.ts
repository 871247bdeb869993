import type { RuleDefinition } from '../../kit/definitions/define-rule.ts';
import { comment } from './comment.ts';
import { emailEmployee } from './email-employee.ts';
import { notify } from './notify.ts';

export const alerts: readonly RuleDefinition[] = [notify, comment, emailEmployee];
