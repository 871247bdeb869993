import { Alert, ColorSwatch, Group, MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TextLink } from '../../ui/button-link.tsx';
import { type ControlProps, frameOf, nameOf, referenceOf, shown, textOf, textsOf, withChosen } from '../control.ts';
import { type FormFacts, type Option, optionsOf, useFormFacts } from '../form-facts.tsx';

const isConnected = ({ channels }: FormFacts, wanted: string | null) =>
  channels.some(({ kind, enabled }) => enabled && kind === wanted);

/** One channel of a kind; none means the workspace's default one. */
export function ChannelControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const facts = useFormFacts();
  const options = optionsOf(facts, props.setting.of);
  if (!isConnected(facts, props.setting.of)) return <NotConnected {...props} />;
  const chosen = textOf(shown(props));
  return (
    <Select
      {...frameOf(props)}
      data={withChosen(options, [chosen])}
      value={chosen === '' ? null : chosen}
      onChange={(next) => props.onChange(next === null ? null : referenceOf(next))}
      placeholder={t('controls.defaultChannel')}
      clearable
      searchable={options.length > 6}
    />
  );
}

/** Any or some channels, forms, templates, resources …; none chosen means any. */
export function ReferencesControl(props: ControlProps) {
  const { control, of } = props.setting;
  const facts = useFormFacts();
  const options = optionsOf(facts, of);
  if (control === 'channels' && !isConnected(facts, of)) return <NotConnected {...props} />;
  return <AnyOrSome {...props} options={options} />;
}

export function FieldCodesControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const facts = useFormFacts();
  const options = facts.fields.map((field) => ({ value: field.code, label: nameOf(field, facts.language) }));
  const chosen = [...textsOf(shown(props))];
  return (
    <MultiSelect
      {...frameOf(props)}
      data={withChosen(options, chosen)}
      value={chosen}
      onChange={props.onChange}
      searchable
      hidePickedOptions
      placeholder={chosen.length === 0 ? t('controls.chooseFields') : ''}
    />
  );
}

export function DateFieldControl(props: ControlProps) {
  const data = useDateFields();
  const chosen = textOf(shown(props));
  return (
    <Select
      {...frameOf(props)}
      data={withChosen(data, [chosen])}
      value={chosen === '' ? null : chosen}
      onChange={(next) => props.onChange(next ?? undefined)}
      searchable
    />
  );
}

/** The item's date fields and the dates among earlier rules' results. */
export function useDateFields(): readonly Option[] {
  const facts = useFormFacts();
  const ofItem = facts.fields
    .filter(({ kind }) => kind === 'date' || kind === 'dateTime')
    .map((field) => ({ value: field.code, label: nameOf(field, facts.language) }));
  const results = facts.variables.filter(
    ({ path, field }) => path.startsWith('rules.') && (field.kind === 'date' || field.kind === 'dateTime'),
  );
  return [...ofItem, ...results.map(({ path, label }) => ({ value: path, label }))];
}

export function StageControl(props: ControlProps) {
  const { stages } = useFormFacts();
  return <StageSelect {...frameOf(props)} stages={stages} value={textOf(shown(props))} onChange={props.onChange} />;
}

/** Any or some stages of the pipeline. */
export function StagesControl(props: ControlProps) {
  const { stages } = useFormFacts();
  return <AnyOrSome {...props} options={stages.map(({ code, name }) => ({ value: code, label: name }))} />;
}

interface StageSelectProps {
  readonly label: string;
  readonly description?: string | undefined;
  readonly withAsterisk?: boolean;
  readonly error?: string | undefined;
  readonly stages: FormFacts['stages'];
  readonly value: string;
  readonly onChange: (code: string) => void;
  /** What none chosen means: then one may be taken back. */
  readonly placeholder?: string;
}

export function StageSelect({ stages, value, onChange, ...frame }: StageSelectProps) {
  const colors = new Map(stages.map(({ code, color }) => [code, color]));
  return (
    <Select
      {...frame}
      data={stages.map(({ code, name }) => ({ value: code, label: name }))}
      value={value === '' ? null : value}
      onChange={(code) => onChange(code ?? (frame.placeholder === undefined ? value : ''))}
      allowDeselect={false}
      clearable={frame.placeholder !== undefined}
      searchable={stages.length > 8}
      leftSection={value === '' ? undefined : <ColorSwatch size={12} color={colors.get(value) ?? 'gray'} />}
      renderOption={({ option }) => (
        <Group gap="xs" wrap="nowrap">
          <ColorSwatch size={12} color={colors.get(option.value) ?? 'gray'} />
          {option.label}
        </Group>
      )}
    />
  );
}

function AnyOrSome({ options, ...props }: ControlProps & { readonly options: readonly Option[] }) {
  const { t } = useTranslation('automation');
  const chosen = [...textsOf(shown(props))];
  return (
    <MultiSelect
      {...frameOf(props)}
      data={withChosen(options, chosen)}
      value={chosen}
      onChange={(next) => props.onChange(next.map(referenceOf))}
      placeholder={chosen.length === 0 ? t('controls.any') : ''}
      searchable
      hidePickedOptions
      clearable
    />
  );
}

/** Leads to where the channel is made, and from there back to this form. */
function NotConnected({ text, setting: { of } }: ControlProps) {
  const { t } = useTranslation('automation');
  const { address } = useFormFacts();
  return (
    <Alert color="yellow" title={text.label} p="sm">
      {t('controls.notConnected')}{' '}
      <TextLink
        size="sm"
        to="/settings/channels/$kind"
        params={{ kind: of ?? '' }}
        search={{ back: address }}
        ignoreBlocker
      >
        {t('controls.connect')}
      </TextLink>
    </Alert>
  );
}
