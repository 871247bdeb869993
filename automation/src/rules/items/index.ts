import type { RuleDefinition } from '../../kit/definitions/define-rule.ts';
import { changePipeline } from './change-pipeline.ts';
import { changeResponsible } from './change-responsible.ts';
import { changeStage } from './change-stage.ts';
import { convertLead } from './convert-lead.ts';
import { create } from './create.ts';
import { modify } from './modify.ts';
import { observers } from './observers.ts';

export const items: readonly RuleDefinition[] = [
  modify,
  changeStage,
  changePipeline,
  changeResponsible,
  observers,
  create,
  convertLead,
];
