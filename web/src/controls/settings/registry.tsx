import { Skeleton } from '@mantine/core';
import type { Control } from '@signalbox/automation/kit/settings/setting.ts';
import { type ComponentType, lazy, Suspense } from 'react';
import type { ControlProps } from '../control.ts';
import { AnswerPartsControl } from './answer-parts-control.tsx';
import { AttachmentsControl } from './attachments-control.tsx';
import {
  ChannelControl,
  DateFieldControl,
  FieldCodesControl,
  ReferencesControl,
  StageControl,
  StagesControl,
} from './chooser-controls.tsx';
import { ConditionControl } from './condition-control.tsx';
import { ItemTypeControl, PipelineControl, StageThereControl } from './elsewhere-controls.tsx';
import { ClientChangesControl, FieldChangesControl } from './field-changes-control.tsx';
import { FieldMappingControl } from './field-mapping-control.tsx';
import { FieldValuesControl } from './field-values-control.tsx';
import { HeadersControl } from './headers-control.tsx';
import { KeptSecretControl } from './kept-secret-control.tsx';
import { LineEmployeesControl } from './line-employees-control.tsx';
import { PatternsControl, PhrasesControl } from './list-controls.tsx';
import { EmployeeControl, PeopleControl, PersonControl } from './people-controls.tsx';
import {
  ChoiceControl,
  DurationControl,
  EmailControl,
  MoneyControl,
  MultiChoiceControl,
  NumberControl,
  SecretControl,
  TextControl,
  ToggleControl,
} from './plain-controls.tsx';
import { LongTemplateControl, TemplateControl } from './template-control.tsx';
import { WebhookCodeControl } from './webhook-code-control.tsx';

const RichText = lazy(() =>
  import('./rich-template-control.tsx').then((file) => ({ default: file.RichTemplateControl })),
);

/** One component for each control that a definition may ask for: a new one does not compile until it is here. */
export const controls: Readonly<Record<Control, ComponentType<ControlProps>>> = {
  text: (props) => (props.setting.template ? <TemplateControl {...props} /> : <TextControl {...props} />),
  email: EmailControl,
  longText: LongTemplateControl,
  richText: (props) => (
    <Suspense fallback={<Skeleton h={150} />}>
      <RichText {...props} />
    </Suspense>
  ),
  number: NumberControl,
  duration: DurationControl,
  condition: ConditionControl,
  money: MoneyControl,
  toggle: ToggleControl,
  choice: ChoiceControl,
  multiChoice: MultiChoiceControl,
  person: PersonControl,
  employee: EmployeeControl,
  lineEmployees: LineEmployeesControl,
  people: PeopleControl,
  patterns: PatternsControl,
  phrases: PhrasesControl,
  channel: ChannelControl,
  channels: ReferencesControl,
  references: ReferencesControl,
  dateField: DateFieldControl,
  fieldCodes: FieldCodesControl,
  fieldValues: FieldValuesControl,
  fieldChanges: FieldChangesControl,
  stage: StageControl,
  stages: StagesControl,
  pipeline: PipelineControl,
  stageThere: StageThereControl,
  itemType: ItemTypeControl,
  fieldMapping: FieldMappingControl,
  clientChanges: ClientChangesControl,
  attachments: AttachmentsControl,
  secret: SecretControl,
  keptSecret: KeptSecretControl,
  headers: HeadersControl,
  answerParts: AnswerPartsControl,
  webhookCode: WebhookCodeControl,
};
